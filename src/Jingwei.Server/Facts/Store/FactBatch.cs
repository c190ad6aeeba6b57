using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;

namespace Jingwei.Server.Facts.Store;

/// <summary>What came of an event that was captured.</summary>
internal enum FactOutcome : byte
{
    Pending,
    Captured,

    /// <summary>It was there already, the same.</summary>
    Duplicate,

    /// <summary>Another event of the party has its id.</summary>
    IdTaken,
}

/// <summary>Events made ready for the store: all that can be done before it is their turn. Their bytes lie in one buffer.</summary>
internal sealed class FactBatch(uint party)
{
    private static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> bytes = new(64 << 10);
    private readonly List<Row> rows = [];
    private readonly List<Name> names = [];
    private readonly List<(FactWordKind Kind, string Word)> words = [];
    private readonly Dictionary<(FactNameKind, string), FactRoles> seen = [];

    public uint Party => party;

    public int Count => rows.Count;

    public ReadOnlySpan<Row> Rows => CollectionsMarshal.AsSpan(rows);

    /// <summary>Whether an event's id is another's.</summary>
    public bool HasTaken { get; private set; }

    /// <summary>The words and places of the events that are captured: what was refused, or erased before it came again, is in no list.</summary>
    public IReadOnlyCollection<(FactWordKind Kind, string Word)> Words =>
        rows.Where(row => row.Outcome == FactOutcome.Captured).SelectMany(row => words.GetRange(row.Words.Start.Value, row.Words.End.Value - row.Words.Start.Value)).ToHashSet();

    /// <summary>Adds an event; what is wrong with it, or null.</summary>
    /// <param name="ignored">Extensions that its hash leaves out.</param>
    public string? Add(EpcisEvent read, IReadOnlyList<string> ignored)
    {
        seen.Clear();
        FactNames.Collect(read, seen);
        if (seen.Count > FactLimits.NamesOfEvent)
        {
            return $"An event names at most {FactLimits.NamesOfEvent} identifiers.";
        }

        var (first, firstWord) = (names.Count, words.Count);
        foreach (var ((kind, name), roles) in seen)
        {
            if (Encoding.UTF8.GetByteCount(name) > FactLimits.NameBytes || name.Contains('\0', StringComparison.Ordinal))
            {
                Forget(first, firstWord);
                return $"An identifier has at most {FactLimits.NameBytes} bytes and no character zero.";
            }

            names.Add(new(KeepName(kind, name), roles));
            if (kind == FactNameKind.Object)
            {
                words.Add((FactWordKind.Object, name));
            }
        }

        string hash;
        try
        {
            hash = EventHash.Compute(read, ignored);
        }
        catch (EventHashException fault)
        {
            Forget(first, firstWord);
            return fault.Message;
        }

        var id = read.EventId ?? hash;
        var declared = read.ErrorDeclaration is { } declaration ? FactTime.Of(declaration.DeclarationTime) : 0;
        var start = bytes.WrittenCount;
        using (var json = new Utf8JsonWriter(bytes, AsIs))
        {
            EpcisWriter.WriteEvent(json, read, new EventStamp(null, id));
        }

        words.AddRange(FactNames.WordsOf(read));
        rows.Add(new(
            read.Index, start..bytes.WrittenCount, first..names.Count, firstWord..words.Count, id, hash, declared, FactTime.Of(read.EventTime), FactHead.Of(read, party)));
        return null;
    }

    public ReadOnlySpan<byte> Bytes(Range range) => bytes.WrittenSpan[range];

    public ReadOnlySpan<Name> Names(in Row row) => CollectionsMarshal.AsSpan(names)[row.Names];

    /// <summary>Says what came of a row.</summary>
    public void Set(int row, FactOutcome outcome)
    {
        CollectionsMarshal.AsSpan(rows)[row].Outcome = outcome;
        HasTaken |= outcome == FactOutcome.IdTaken;
    }

    private void Forget(int name, int word)
    {
        names.RemoveRange(name, names.Count - name);
        words.RemoveRange(word, words.Count - word);
    }

    private Range KeepName(FactNameKind kind, string name)
    {
        var start = bytes.WrittenCount;
        bytes.GetSpan(1)[0] = (byte)kind;
        bytes.Advance(1);
        bytes.Advance(Encoding.UTF8.GetBytes(name, bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(name.Length))));
        bytes.GetSpan(1)[0] = 0;
        bytes.Advance(1);
        return start..bytes.WrittenCount;
    }

    /// <summary>One event.</summary>
    /// <param name="Index">Its place in the document, from 0.</param>
    /// <param name="Json">Where in the buffer it is.</param>
    /// <param name="Hash">The id that its content has.</param>
    /// <param name="Declared">When it was declared wrong, in microseconds; 0 where it is no such declaration.</param>
    /// <param name="EventTime">Microseconds since 1970.</param>
    internal record struct Row(int Index, Range Json, Range Names, Range Words, string Id, string Hash, long Declared, long EventTime, FactHead Head)
    {
        public FactOutcome Outcome { get; set; }
    }

    /// <summary>A name that an event is found by.</summary>
    /// <param name="Front">Where in the buffer is what its entries in the index begin with.</param>
    internal readonly record struct Name(Range Front, FactRoles Roles);
}

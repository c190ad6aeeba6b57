using System.Buffers;
using System.Runtime.InteropServices;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>What a write does where the identifier is there already, or is not.</summary>
internal enum WriteMode : byte
{
    /// <summary>Makes it; refused where it is there.</summary>
    Create,

    /// <summary>Makes it or replaces all its values; nothing where they are the same.</summary>
    Put,

    /// <summary>Replaces all its values; refused where it is not there.</summary>
    Replace,

    /// <summary>Takes it away; refused where it is not there.</summary>
    Delete,
}

/// <summary>What came of a write.</summary>
internal enum WriteOutcome : byte
{
    Pending,
    Created,
    Changed,
    Unchanged,
    Deleted,
    Exists,
    Missing,

    /// <summary>Its newest version is not the one that the caller has seen.</summary>
    Stale,
    OverQuota,
}

/// <summary>Rows that are written together, without an object each: their bytes lie in one buffer.</summary>
internal sealed class RegistrationBatch : IDisposable
{
    private readonly List<Row> rows = [];
    private readonly List<uint> audiences = [];
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int used;

    public int Count => rows.Count;

    public ReadOnlySpan<Row> Rows => CollectionsMarshal.AsSpan(rows);

    /// <summary>Adds a row.</summary>
    /// <param name="key">Prefix in lower case, slash, suffix.</param>
    /// <param name="prefixLength">Bytes of the key before the slash.</param>
    /// <param name="seen">The version that the caller has seen; 0 when he takes any.</param>
    /// <param name="values">As the Handle protocol sends them.</param>
    /// <param name="audience">For each value.</param>
    public void Add(
        WriteMode mode, ReadOnlySpan<byte> key, int prefixLength, uint seen, uint template, ReadOnlySpan<byte> values, ReadOnlySpan<uint> audience)
    {
        rows.Add(new(mode, Keep(key), key.Length, prefixLength, seen, template, Keep(values), values.Length, audiences.Count, audience.Length));
        audiences.AddRange(audience);
    }

    public ReadOnlySpan<byte> Key(in Row row) => bytes.AsSpan(row.Key, row.KeyLength);

    public Span<byte> Values(in Row row) => bytes.AsSpan(row.Values, row.ValuesLength);

    public ReadOnlySpan<uint> Audiences(in Row row) => CollectionsMarshal.AsSpan(audiences).Slice(row.Audiences, row.AudienceCount);

    /// <summary>Says what came of a row.</summary>
    public void Set(int row, WriteOutcome outcome) => CollectionsMarshal.AsSpan(rows)[row].Outcome = outcome;

    public void Clear()
    {
        rows.Clear();
        audiences.Clear();
        used = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    private int Keep(ReadOnlySpan<byte> part)
    {
        if (bytes.Length - used < part.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, used + part.Length));
            bytes.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        part.CopyTo(bytes.AsSpan(used));
        used += part.Length;
        return used - part.Length;
    }

    /// <summary>One row: where its parts lie in the batch.</summary>
    internal record struct Row(
        WriteMode Mode, int Key, int KeyLength, int PrefixLength, uint Seen, uint Template, int Values, int ValuesLength, int Audiences, int AudienceCount)
    {
        public WriteOutcome Outcome { get; set; }
    }
}

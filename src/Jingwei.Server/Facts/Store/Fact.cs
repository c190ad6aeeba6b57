using System.Runtime.InteropServices;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Store;

/// <summary>A fact that was read; dispose it when its event is not needed any more.</summary>
/// <param name="Sequence">Its number among all facts, from 1.</param>
/// <param name="Party">The number of the party that captured it.</param>
internal sealed record Fact(ulong Sequence, uint Party, uint Author, EpcisDocument Document) : IDisposable
{
    public EpcisEvent Event => Document.Events[0];

    /// <summary>How long it is in JSON.</summary>
    public int Bytes => JsonMarshal.GetRawUtf8Value(Event.Json).Length;

    /// <summary>The agreements by which it is shown; none where its party itself sees it.</summary>
    public IReadOnlyList<string> ShownBy { get; init; } = [];

    /// <summary>Whether something of it is left out.</summary>
    public bool IsPart { get; init; }

    /// <exception cref="InvalidDataException">What is stored is no event: the store is damaged.</exception>
    public static Fact Read(ulong sequence, FactRecord record)
    {
        var document = EpcisReader.ReadJson(record.ToJson());
        if (document.Events.Count == 1)
        {
            return new(sequence, record.Party, record.Author, document);
        }

        document.Dispose();
        throw new InvalidDataException($"Fact {sequence} cannot be read: {(document.Problems is [var problem, ..] ? problem.Message : "it is not one event")}");
    }

    public void Dispose() => Document.Dispose();
}

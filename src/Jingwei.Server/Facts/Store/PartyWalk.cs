using System.Buffers.Binary;
using RocksDbSharp;

namespace Jingwei.Server.Facts.Store;

/// <summary>Walks a table whose keys begin with a party, for some parties together: in the order of what stands behind the party.</summary>
internal sealed class PartyWalk : IDisposable
{
    private readonly bool ascending;
    private readonly List<Iterator> walks = [];
    private readonly PriorityQueue<(uint Party, Iterator At), byte[]> next;

    /// <param name="start">What stands behind the party where it begins.</param>
    public PartyWalk(OrderedStore store, ColumnFamilyHandle table, IReadOnlyList<uint> parties, ReadOnlySpan<byte> start, bool ascending)
    {
        this.ascending = ascending;
        next = new(Comparer<byte[]>.Create((left, right) => ascending ? left.AsSpan().SequenceCompareTo(right) : right.AsSpan().SequenceCompareTo(left)));
        Span<byte> key = stackalloc byte[FactKeys.PartyBytes + start.Length];
        start.CopyTo(key[FactKeys.PartyBytes..]);
        foreach (var party in parties)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key, party);
            var at = store.Walk(table);
            walks.Add(ascending ? at.Seek(key) : at.SeekForPrev(key));
            Queue((party, at));
        }
    }

    /// <summary>Where it is; null behind the last.</summary>
    public Iterator? Current => next.TryPeek(out var first, out _) ? first.At : null;

    public void Next()
    {
        var first = next.Dequeue();
        _ = ascending ? first.At.Next() : first.At.Prev();
        Queue(first);
    }

    public void Dispose() => walks.ForEach(walk => walk.Dispose());

    private void Queue((uint Party, Iterator At) walk)
    {
        if (walk.At.Valid() && walk.At.GetKeySpan() is var key && BinaryPrimitives.ReadUInt32BigEndian(key) == walk.Party)
        {
            next.Enqueue(walk, key[FactKeys.PartyBytes..].ToArray());
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts.Store;

/// <content>What is found in it, and in which order.</content>
internal sealed partial class FactStore
{
    /// <summary>Walks all facts in the order of recording.</summary>
    /// <param name="from">The number to begin at.</param>
    /// <param name="each">Gets number and record; false ends it.</param>
    public void Walk(ulong from, FactVisit each)
    {
        Span<byte> key = stackalloc byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(key, from);
        using var walk = store.Walk(events).Seek(key);
        while (walk.Valid() && each(FactKeys.ReadSequence(walk.GetKeySpan()), FactRecord.Read(walk.GetValueSpan())))
        {
            walk.Next();
        }
    }

    /// <summary>Walks the heads of facts of some parties in the order of event time. What others have costs nothing and tells nothing.</summary>
    /// <param name="from">Event time and number to begin at.</param>
    /// <param name="each">Gets time, number and head; false ends it.</param>
    public void WalkTimes(IReadOnlyList<uint> parties, (long Time, ulong Sequence) from, bool ascending, HeadVisit each)
    {
        Span<byte> start = stackalloc byte[FactKeys.TimeBytes];
        FactKeys.WriteTime(start, from.Time, from.Sequence);
        using var walk = new PartyWalk(store, byTime, parties, start, ascending);
        for (; walk.Current is { } at; walk.Next())
        {
            var (time, number) = FactKeys.ReadTime(at.GetKeySpan()[FactKeys.PartyBytes..]);
            if (!each(time, number, FactHead.Read(at.GetValueSpan())))
            {
                return;
            }
        }
    }

    /// <summary>Walks the numbers of facts of some parties in the order of recording.</summary>
    /// <param name="from">The number to begin at.</param>
    /// <param name="each">Gets the number; false ends it.</param>
    public void WalkRecorded(IReadOnlyList<uint> parties, ulong from, bool ascending, Func<ulong, bool> each)
    {
        Span<byte> start = stackalloc byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(start, from);
        using var walk = new PartyWalk(store, byRecord, parties, start, ascending);
        for (; walk.Current is { } at && each(FactKeys.ReadSequence(at.GetKeySpan()[FactKeys.PartyBytes..])); walk.Next())
        {
        }
    }

    /// <summary>The parties that have facts which name something.</summary>
    /// <param name="front">See <see cref="FactKeys.NameFront"/>.</param>
    public List<uint> PartiesOf(ReadOnlySpan<byte> front)
    {
        var parties = new List<uint>();
        Span<byte> key = stackalloc byte[front.Length + FactKeys.PartyBytes];
        front.CopyTo(key);
        using var walk = store.Walk(names).Seek(front);
        while (walk.Valid() && walk.GetKeySpan().StartsWith(front))
        {
            var party = BinaryPrimitives.ReadUInt32BigEndian(walk.GetKeySpan()[front.Length..]);
            parties.Add(party);
            BinaryPrimitives.WriteUInt32BigEndian(key[front.Length..], party + 1);
            walk.Seek(key);
        }

        return parties;
    }

    /// <summary>Walks the facts of a party that name something, in the order of event time.</summary>
    /// <param name="front">See <see cref="FactKeys.NameFront"/>.</param>
    /// <param name="each">Gets time, number and roles; false ends it.</param>
    public void WalkName(ReadOnlySpan<byte> front, uint party, long from, NameVisit each)
    {
        Span<byte> key = stackalloc byte[front.Length + FactKeys.PartyBytes + FactKeys.TimeBytes];
        front.CopyTo(key);
        BinaryPrimitives.WriteUInt32BigEndian(key[front.Length..], party);
        var start = key[..(front.Length + FactKeys.PartyBytes)];
        FactKeys.WriteTime(key[start.Length..], from, 0);
        using var walk = store.Walk(names).Seek(key);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(start); walk.Next())
        {
            var (time, number) = FactKeys.ReadTime(walk.GetKeySpan()[start.Length..]);
            if (!each(time, number, (FactRoles)walk.GetValueSpan()[0]))
            {
                return;
            }
        }
    }

    /// <summary>Walks the words of a kind that the facts of a party have, in their order.</summary>
    /// <param name="after">The word behind which to begin; null for the first.</param>
    /// <param name="each">Gets the word; false ends it.</param>
    public void WalkWords(FactWordKind kind, uint party, string? after, Func<string, bool> each)
    {
        byte[] front = [(byte)kind, .. PartyBytes(party)];
        using var walk = store.Walk(words).Seek(after is null ? front : [.. front, .. Encoding.UTF8.GetBytes(after), 0]);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
        {
            if (!each(Encoding.UTF8.GetString(walk.GetKeySpan()[front.Length..])))
            {
                return;
            }
        }
    }

    /// <summary>Whether facts of a party have a word.</summary>
    public bool HasWord(FactWordKind kind, uint party, string word)
    {
        using var found = store.Get(words, [(byte)kind, .. PartyBytes(party), .. Encoding.UTF8.GetBytes(word)]);
        return found.Exists;
    }

    /// <summary>The numbers of the events with an id, of all parties, and of those that declare them wrong.</summary>
    public IReadOnlyList<(ulong Sequence, uint Party)> WithId(string eventId)
    {
        Span<byte> hash = stackalloc byte[FactKeys.IdHashBytes];
        FactKeys.WriteIdHash(hash, eventId);
        return WithId(hash);
    }

    /// <summary>The same by the hash of the id.</summary>
    public IReadOnlyList<(ulong Sequence, uint Party)> WithId(ReadOnlySpan<byte> front)
    {
        var found = new List<(ulong, uint)>();
        using var walk = store.Walk(ids).Seek(front);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
        {
            found.Add((FactKeys.ReadSequence(walk.GetValueSpan()), PartyOf(walk.GetKeySpan()[FactKeys.IdHashBytes..])));
        }

        return found;
    }

    /// <summary>A capture job and whose it is; null where there is none.</summary>
    public (uint Party, byte[] Content)? FindJob(string id)
    {
        using var found = store.Get(jobs, Encoding.UTF8.GetBytes(id));
        return found.Exists ? (PartyOf(found.Value), found.Value[FactKeys.PartyBytes..].ToArray()) : null;
    }

    /// <summary>Walks capture jobs, newest first.</summary>
    /// <param name="before">The job before which to begin; null for the newest.</param>
    /// <param name="each">Gets id, party and content; false ends it.</param>
    public void WalkJobs(string? before, Func<string, uint, byte[], bool> each)
    {
        using var walk = store.Walk(jobs).SeekForPrev(Encoding.UTF8.GetBytes(before ?? "~"));
        for (; walk.Valid(); walk.Prev())
        {
            var id = Encoding.UTF8.GetString(walk.GetKeySpan());
            var content = walk.GetValueSpan();
            if (id != before && !each(id, PartyOf(content), content[FactKeys.PartyBytes..].ToArray()))
            {
                return;
            }
        }
    }

    /// <summary>Walks what the ledger follows: the commitments to facts, in their order.</summary>
    /// <param name="after">The number behind which to begin.</param>
    public void WalkCommitments(ulong after, IdentifierStore.LogVisit each)
    {
        var text = new ArrayBufferWriter<byte>();
        var commitment = new byte[FactCommitment.Bytes];
        Walk(after + 1, (number, record) =>
        {
            FactCommitment.Of(text, record, commitment);
            return each(number, commitment);
        });
    }

    /// <summary>Sees a fact where it lies; false ends the walk.</summary>
    internal delegate bool FactVisit(ulong sequence, FactRecord record);

    /// <summary>Sees the head of a fact; false ends the walk.</summary>
    internal delegate bool HeadVisit(long time, ulong sequence, FactHead head);

    /// <summary>Sees that a fact has a name; false ends the walk.</summary>
    internal delegate bool NameVisit(long time, ulong sequence, FactRoles roles);
}

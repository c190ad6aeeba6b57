using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Jingwei.Server.Identifiers.Registry;
using RocksDbSharp;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// What happened, in the order in which it was recorded, with what it is found by. Only appended to: each fact has a number in one sequence, by
/// which the ledger follows. One writer at a time; readers beside it.
/// </summary>
internal sealed class FactStore : IDisposable
{
    /// <summary>The table of the facts themselves.</summary>
    public const string Events = "events";

    /// <summary>All its tables.</summary>
    public static readonly string[] Families = [Events, "times", "names", "ids", "words", "jobs"];

    private readonly OrderedStore store;
    private readonly TimeProvider clock;
    private readonly ColumnFamilyHandle events;
    private readonly ColumnFamilyHandle times;
    private readonly ColumnFamilyHandle names;
    private readonly ColumnFamilyHandle ids;
    private readonly ColumnFamilyHandle words;
    private readonly ColumnFamilyHandle jobs;

    // Sequence, record time and the order of writes.
    private readonly Lock gate = new();
    private long sequence;
    private long lastRecordTime;

    public FactStore(ServerOptions options, TimeProvider clock)
    {
        this.clock = clock;
        store = new(options.FactsFolder, new(options.Facts.CacheBytes, Families));
        (events, times, names) = (store.Family(Events), store.Family("times"), store.Family("names"));
        (ids, words, jobs) = (store.Family("ids"), store.Family("words"), store.Family("jobs"));
        using (var newest = store.Walk(events).SeekToLast())
        {
            if (newest.Valid())
            {
                sequence = (long)FactKeys.ReadSequence(newest.GetKeySpan());
                lastRecordTime = FactRecord.Read(newest.GetValueSpan()).RecordTime;
            }
        }

        ForgetOldJobs();
    }

    /// <summary>The number of the newest fact; 0 for none.</summary>
    public ulong Newest => (ulong)Interlocked.Read(ref sequence);

    /// <summary>Writes the events of a capture and its job, all or nothing; when this returns they are on disk and each has its outcome.</summary>
    /// <param name="together">Whether nothing is written where one cannot be.</param>
    /// <param name="job">Makes the job's id and content when outcomes are known; the time is that of recording.</param>
    /// <exception cref="IOException">The disk did not take it: nothing is known of the events.</exception>
    public void Write(FactBatch batch, uint author, bool together, Func<DateTimeOffset, (string Id, byte[] Content)>? job)
    {
        long commit;
        lock (gate)
        {
            using var writes = new WriteBatch();
            Judge(batch);
            var recorded = Math.Max(FactTime.Of(clock.GetUtcNow()), lastRecordTime);
            var next = sequence;
            if (!together || !batch.HasTaken)
            {
                next = Put(writes, batch, author, recorded);
            }

            if (job is not null)
            {
                var (id, content) = job(FactTime.ToTime(recorded));
                writes.Put(Encoding.UTF8.GetBytes(id), (byte[])[.. PartyBytes(batch.Party), .. content], jobs);
            }

            commit = store.Commit(writes);
            lastRecordTime = recorded;
            Interlocked.Exchange(ref sequence, next);
        }

        store.Await(commit);
    }

    /// <summary>The fact of a number; null where there is none.</summary>
    public Fact? Find(ulong number) => Open(number, record => Fact.Read(number, record));

    /// <summary>The number of the first fact that was recorded at a time or later; one behind the newest where none was.</summary>
    /// <param name="recordTime">Microseconds since 1970.</param>
    public ulong FirstSince(long recordTime)
    {
        var (from, until) = (1UL, Newest + 1);
        Span<byte> key = stackalloc byte[FactKeys.SequenceBytes];
        while (from < until)
        {
            var middle = from + ((until - from) / 2);
            FactKeys.WriteSequence(key, middle);
            using var found = store.Get(events, key);
            (from, until) = FactRecord.Read(found.Value).RecordTime < recordTime ? (middle + 1, until) : (from, middle);
        }

        return from;
    }

    /// <summary>Gives the record of a fact where it lies; the default where there is none.</summary>
    public T? Open<T>(ulong number, Func<FactRecord, T> read)
    {
        Span<byte> key = stackalloc byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(key, number);
        using var found = store.Get(events, key);
        return found.Exists ? read(FactRecord.Read(found.Value)) : default;
    }

    /// <summary>Walks facts in the order of recording.</summary>
    /// <param name="from">The number to begin at.</param>
    /// <param name="each">Gets number and record; false ends it.</param>
    public void Walk(ulong from, bool ascending, FactVisit each)
    {
        Span<byte> key = stackalloc byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(key, from);
        using var walk = ascending ? store.Walk(events).Seek(key) : store.Walk(events).SeekForPrev(key);
        while (walk.Valid() && each(FactKeys.ReadSequence(walk.GetKeySpan()), FactRecord.Read(walk.GetValueSpan())))
        {
            _ = ascending ? walk.Next() : walk.Prev();
        }
    }

    /// <summary>Walks the heads of facts in the order of event time.</summary>
    /// <param name="from">Event time and number to begin at.</param>
    /// <param name="each">Gets time, number and head; false ends it.</param>
    public void WalkTimes((long Time, ulong Sequence) from, bool ascending, HeadVisit each)
    {
        Span<byte> key = stackalloc byte[FactKeys.TimeBytes];
        FactKeys.WriteTime(key, from.Time, from.Sequence);
        using var walk = ascending ? store.Walk(times).Seek(key) : store.Walk(times).SeekForPrev(key);
        while (walk.Valid())
        {
            var (time, number) = FactKeys.ReadTime(walk.GetKeySpan());
            if (!each(time, number, FactHead.Read(walk.GetValueSpan())))
            {
                return;
            }

            _ = ascending ? walk.Next() : walk.Prev();
        }
    }

    /// <summary>Walks the facts that name something, in the order of event time.</summary>
    /// <param name="front">See <see cref="FactKeys.NameFront"/>.</param>
    /// <param name="each">Gets time, number, roles and party; false ends it.</param>
    public void WalkName(ReadOnlySpan<byte> front, long from, NameVisit each)
    {
        Span<byte> key = stackalloc byte[front.Length + FactKeys.TimeBytes];
        front.CopyTo(key);
        FactKeys.WriteTime(key[front.Length..], from, 0);
        using var walk = store.Walk(names).Seek(key);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
        {
            var (time, number) = FactKeys.ReadTime(walk.GetKeySpan()[front.Length..]);
            var value = walk.GetValueSpan();
            if (!each(time, number, (FactRoles)value[0], PartyOf(value)))
            {
                return;
            }
        }
    }

    /// <summary>Walks the names of a kind in their order, those that a fact of a wanted party has.</summary>
    /// <param name="after">The name behind which to begin; null for the first.</param>
    /// <param name="each">Gets the name; false ends it.</param>
    public void WalkNames(FactNameKind kind, string? after, Func<uint, bool> wanted, Func<string, bool> each)
    {
        using var walk = store.Walk(names);
        walk.Seek(after is null ? [(byte)kind] : Behind(FactKeys.NameFront(kind, after)));
        while (walk.Valid() && walk.GetKeySpan()[0] == (byte)kind)
        {
            if (!wanted(PartyOf(walk.GetValueSpan())))
            {
                walk.Next();
                continue;
            }

            var front = walk.GetKeySpan()[..^FactKeys.TimeBytes].ToArray();
            if (!each(Encoding.UTF8.GetString(front[1..^1])))
            {
                return;
            }

            walk.Seek(Behind(front));
        }
    }

    /// <summary>Walks the words of a kind that the facts of a party have, in their order.</summary>
    public void WalkWords(FactWordKind kind, uint party, Action<string> each)
    {
        byte[] front = [(byte)kind, .. PartyBytes(party)];
        using var walk = store.Walk(words).Seek(front);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
        {
            each(Encoding.UTF8.GetString(walk.GetKeySpan()[front.Length..]));
        }
    }

    /// <summary>The numbers of the events with an id, of all parties, and of those that declare them wrong.</summary>
    public IReadOnlyList<(ulong Sequence, uint Party)> WithId(string eventId)
    {
        var found = new List<(ulong, uint)>();
        Span<byte> front = stackalloc byte[FactKeys.IdHashBytes];
        FactKeys.WriteIdHash(front, eventId);
        using var walk = store.Walk(ids).Seek(front);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(front); walk.Next())
        {
            found.Add((FactKeys.ReadSequence(walk.GetValueSpan()), PartyOf(walk.GetKeySpan().Slice(FactKeys.IdHashBytes, sizeof(uint)))));
        }

        return found;
    }

    /// <summary>A capture job and whose it is; null where there is none.</summary>
    public (uint Party, byte[] Content)? FindJob(string id)
    {
        using var found = store.Get(jobs, Encoding.UTF8.GetBytes(id));
        return found.Exists ? (PartyOf(found.Value[..4]), found.Value[4..].ToArray()) : null;
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
            if (id != before && !each(id, PartyOf(content[..4]), content[4..].ToArray()))
            {
                return;
            }
        }
    }

    /// <summary>Walks what the ledger follows: the commitments to facts, in their order.</summary>
    /// <param name="after">The number behind which to begin.</param>
    public void WalkCommitments(ulong after, IdentifierStore.LogVisit each)
    {
        var commitment = new byte[FactRecord.CommitmentBytes];
        Walk(after + 1, true, (number, record) =>
        {
            record.Commit(commitment);
            return each(number, commitment);
        });
    }

    /// <summary>Waits until everything that was walked by now is on disk.</summary>
    public void Settle() => store.Settle();

    public void Dispose() => store.Dispose();

    /// <summary>Sees a fact where it lies; false ends the walk.</summary>
    internal delegate bool FactVisit(ulong sequence, FactRecord record);

    /// <summary>Sees the head of a fact; false ends the walk.</summary>
    internal delegate bool HeadVisit(long time, ulong sequence, FactHead head);

    /// <summary>Sees that a fact has a name; false ends the walk.</summary>
    internal delegate bool NameVisit(long time, ulong sequence, FactRoles roles, uint party);

    private static byte[] PartyBytes(uint party) => [(byte)(party >> 24), (byte)(party >> 16), (byte)(party >> 8), (byte)party];

    private static uint PartyOf(ReadOnlySpan<byte> value) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value[^4..]);

    // The first key behind all entries of a name: its zero is a one.
    private static byte[] Behind(byte[] front) => [.. front[..^1], 1];

    // What is there already, in the store or before it in the batch.
    private void Judge(FactBatch batch)
    {
        var before = new Dictionary<(string, long), string>();
        Span<byte> key = stackalloc byte[FactKeys.IdBytes];
        for (var at = 0; at < batch.Count; at++)
        {
            ref readonly var row = ref batch.Rows[at];
            FactKeys.WriteId(key, row.Id, batch.Party, row.Declared);
            using var found = store.Get(ids, key);
            var same = found.Exists ? Encoding.ASCII.GetString(found.Value[FactKeys.SequenceBytes..]) : before.GetValueOrDefault((row.Id, row.Declared));
            before.TryAdd((row.Id, row.Declared), DigestOf(row.Hash));
            batch.Set(at, same is null ? FactOutcome.Captured : same == DigestOf(row.Hash) ? FactOutcome.Duplicate : FactOutcome.IdTaken);
        }
    }

    private long Put(WriteBatch writes, FactBatch batch, uint author, long recorded)
    {
        var salts = RandomNumberGenerator.GetBytes(batch.Count * FactRecord.SaltBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        var number = sequence;
        Span<byte> party = PartyBytes(batch.Party);
        for (var at = 0; at < batch.Count; at++)
        {
            ref readonly var row = ref batch.Rows[at];
            if (row.Outcome != FactOutcome.Captured)
            {
                continue;
            }

            number++;
            var json = batch.Bytes(row.Json);
            var length = FactRecord.HeadBytes + json.Length;
            if (buffer.Length < length)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(length);
            }

            FactRecord.Write(buffer, batch.Party, author, recorded, salts.AsSpan(at * FactRecord.SaltBytes, FactRecord.SaltBytes), json);
            PutEvent(writes, row, (ulong)number, buffer.AsSpan(0, length), batch.Party);
            PutNames(writes, batch, row, (ulong)number, party);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        foreach (var (kind, word) in batch.Words)
        {
            writes.Put((byte[])[(byte)kind, .. party, .. Encoding.UTF8.GetBytes(word)], Array.Empty<byte>(), words);
        }

        return number;
    }

    private void PutEvent(WriteBatch writes, in FactBatch.Row row, ulong number, ReadOnlySpan<byte> record, uint party)
    {
        Span<byte> sequenceKey = stackalloc byte[FactKeys.SequenceBytes];
        FactKeys.WriteSequence(sequenceKey, number);
        writes.Put(sequenceKey, record, events);

        Span<byte> timeKey = stackalloc byte[FactKeys.TimeBytes];
        FactKeys.WriteTime(timeKey, row.EventTime, number);
        Span<byte> head = stackalloc byte[FactHead.Bytes];
        row.Head.Write(head);
        writes.Put(timeKey, head, times);

        Span<byte> idKey = stackalloc byte[FactKeys.IdBytes];
        FactKeys.WriteId(idKey, row.Id, party, row.Declared);
        Span<byte> id = stackalloc byte[FactKeys.SequenceBytes + DigestLetters];
        FactKeys.WriteSequence(id, number);
        Encoding.ASCII.GetBytes(DigestOf(row.Hash), id[FactKeys.SequenceBytes..]);
        writes.Put(idKey, id, ids);
    }

    private void PutNames(WriteBatch writes, FactBatch batch, in FactBatch.Row row, ulong number, ReadOnlySpan<byte> party)
    {
        Span<byte> key = stackalloc byte[1 + FactLimits.NameBytes + FactKeys.AfterName];
        Span<byte> value = stackalloc byte[1 + 4];
        party.CopyTo(value[1..]);
        foreach (ref readonly var name in batch.Names(row))
        {
            var front = batch.Bytes(name.Front);
            front.CopyTo(key);
            FactKeys.WriteTime(key[front.Length..], row.EventTime, number);
            value[0] = (byte)name.Roles;
            writes.Put(key[..(front.Length + FactKeys.TimeBytes)], value, names);
        }
    }

    // Half of the digest tells two events of a party apart; nobody gains by making two with the same.
    private const int DigestLetters = 32;

    private static string DigestOf(string hash) => hash["ni:///sha-256;".Length..][..DigestLetters];

    private void ForgetOldJobs()
    {
        var oldest = Directory.Ulid.New(clock.GetUtcNow() - FactLimits.JobAge);
        using var writes = new WriteBatch();
        using var walk = store.Walk(jobs).SeekToFirst();
        for (; walk.Valid(); walk.Next())
        {
            if (string.CompareOrdinal(Encoding.UTF8.GetString(walk.GetKeySpan()), oldest) >= 0)
            {
                break;
            }

            writes.Delete(walk.GetKeySpan(), jobs);
        }

        store.Commit(writes);
    }
}

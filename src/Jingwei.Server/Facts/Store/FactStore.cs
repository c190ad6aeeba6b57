using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RocksDbSharp;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// What happened, in the order in which it was recorded, with what it is found by. Only appended to, but for what is erased: each fact has a number
/// in one sequence, by which the ledger follows. One writer at a time; readers beside it.
/// </summary>
internal sealed partial class FactStore : IDisposable
{
    /// <summary>The table of the facts themselves.</summary>
    public const string Events = "events";

    /// <summary>All its tables.</summary>
    public static readonly string[] Families = [Events, "by-time", "by-record", "names", "ids", "words", "jobs", "erasing"];

    private readonly OrderedStore store;
    private readonly TimeProvider clock;
    private readonly ColumnFamilyHandle events;
    private readonly ColumnFamilyHandle byTime;
    private readonly ColumnFamilyHandle byRecord;
    private readonly ColumnFamilyHandle names;
    private readonly ColumnFamilyHandle ids;
    private readonly ColumnFamilyHandle words;
    private readonly ColumnFamilyHandle jobs;

    // Keys, each behind the number of its table, whose former values are still in files.
    private readonly ColumnFamilyHandle erasing;

    private static readonly TimeSpan ForgetJobsEach = TimeSpan.FromDays(1);

    // Sequence, record time and the order of writes.
    private readonly Lock gate = new();
    private long sequence;
    private long lastRecordTime;
    private DateTimeOffset jobsForgotten;

    public FactStore(StoreOpening<FactStore> opening, TimeProvider clock)
    {
        this.clock = clock;
        store = opening.Opened;
        (events, byTime, byRecord, names) = (store.Family(Events), store.Family("by-time"), store.Family("by-record"), store.Family("names"));
        (ids, words, jobs, erasing) = (store.Family("ids"), store.Family("words"), store.Family("jobs"), store.Family("erasing"));
        using (var newest = store.Walk(events).SeekToLast())
        {
            if (newest.Valid())
            {
                sequence = (long)FactKeys.ReadSequence(newest.GetKeySpan());
                lastRecordTime = FactRecord.Read(newest.GetValueSpan()).RecordTime;
            }
        }

        ForgetOldJobs();
        FinishErasures();
    }

    /// <summary>Begins to open the store of a server's facts.</summary>
    public static StoreOpening<FactStore> Open(ServerOptions options) => new(options.FactsFolder, new(options.Facts.CacheBytes, Families));

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
            if (clock.GetUtcNow() - jobsForgotten > ForgetJobsEach)
            {
                ForgetOldJobs();
            }

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

    /// <summary>The fact of a number; null where there is none, or it was erased.</summary>
    public Fact? Find(ulong number) => Open(number, record => record.IsErased ? null : Fact.Read(number, record));

    /// <summary>The number of the first fact that was recorded at a time or later; one behind the newest where none was.</summary>
    /// <param name="recordTime">Microseconds since 1970.</param>
    public ulong FirstSince(long recordTime)
    {
        var (from, until) = (1UL, Newest + 1);
        while (from < until)
        {
            var middle = from + ((until - from) / 2);
            (from, until) = Open(middle, record => record.RecordTime) < recordTime ? (middle + 1, until) : (from, middle);
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

    /// <summary>Waits until everything that was walked by now is on disk.</summary>
    public void Settle() => store.Settle();

    public void Dispose() => store.Dispose();

    private static byte[] PartyBytes(uint party) => [(byte)(party >> 24), (byte)(party >> 16), (byte)(party >> 8), (byte)party];

    private static uint PartyOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

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

        Span<byte> timeKey = stackalloc byte[FactKeys.PartyBytes + FactKeys.TimeBytes];
        BinaryPrimitives.WriteUInt32BigEndian(timeKey, party);
        FactKeys.WriteTime(timeKey[FactKeys.PartyBytes..], row.EventTime, number);
        Span<byte> head = stackalloc byte[FactHead.Bytes];
        row.Head.Write(head);
        writes.Put(timeKey, head, byTime);
        Span<byte> recordKey = stackalloc byte[FactKeys.PartyBytes + FactKeys.SequenceBytes];
        BinaryPrimitives.WriteUInt32BigEndian(recordKey, party);
        sequenceKey.CopyTo(recordKey[FactKeys.PartyBytes..]);
        writes.Put(recordKey, default, byRecord);

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
        Span<byte> value = stackalloc byte[1];
        foreach (ref readonly var name in batch.Names(row))
        {
            var front = batch.Bytes(name.Front);
            front.CopyTo(key);
            party.CopyTo(key[front.Length..]);
            var start = front.Length + FactKeys.PartyBytes;
            FactKeys.WriteTime(key[start..], row.EventTime, number);
            value[0] = (byte)name.Roles;
            writes.Put(key[..(start + FactKeys.TimeBytes)], value, names);
        }
    }

    // Half of the digest tells two events of a party apart; nobody gains by making two with the same.
    private const int DigestLetters = 32;

    private static string DigestOf(string hash) => hash["ni:///sha-256;".Length..][..DigestLetters];

    private void ForgetOldJobs()
    {
        jobsForgotten = clock.GetUtcNow();
        var oldest = Ulid.New(jobsForgotten - FactLimits.JobAge);
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

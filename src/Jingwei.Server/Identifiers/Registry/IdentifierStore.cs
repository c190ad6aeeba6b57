using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using RocksDbSharp;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// The identifiers of this node with all their versions. Each write has a number in one sequence, by which the ledger follows. One writer at a
/// time; readers beside it, most of them out of <see cref="HotRecords"/>.
/// </summary>
internal sealed partial class IdentifierStore : IDisposable
{
    internal const string Current = "current";
    internal const string History = "history";
    internal const string Log = "log";

    private const string Counts = "counts";

    // Between a key and the version in the history; no key holds it.
    internal const byte VersionMark = 0;

    private readonly OrderedStore store;
    private readonly HotRecords hot;
    private readonly PrefixCounts counts;
    private readonly NameBook names;
    private readonly TimeProvider clock;
    private readonly ColumnFamilyHandle current;
    private readonly ColumnFamilyHandle history;
    private readonly ColumnFamilyHandle log;
    private readonly ColumnFamilyHandle counting;

    // Sequence, counts and the order of writes.
    private readonly Lock gate = new();
    private ulong sequence;

    // Below it the log is empty; the ledger's alone.
    private ulong trimmed;

    public IdentifierStore(StoreOpening<IdentifierStore> opening, IdentifierOptions options, PrefixCounts counts, NameBook names, TimeProvider clock)
    {
        (this.counts, this.names, this.clock) = (counts, names, clock);
        store = opening.Opened;
        (current, history, log, counting) = (store.Family(Current), store.Family(History), store.Family(Log), store.Family(Counts));
        hot = new(options.HotBytes);
        using (var walk = store.Walk(counting).SeekToFirst())
        {
            counts.Load(walk);
        }

        using var newest = store.Walk(log).SeekToLast();
        sequence = newest.Valid() ? BinaryPrimitives.ReadUInt64BigEndian(newest.GetKeySpan()) : 0;
    }

    /// <summary>Begins to open the store of a server's identifiers.</summary>
    public static StoreOpening<IdentifierStore> Open(ServerOptions options) =>
        new(options.IdentifiersFolder, new(options.Identifiers.CacheBytes, Current, History, Log, Counts));

    /// <summary>Finds the newest version at a key; dispose what it gives.</summary>
    /// <param name="scratch">Where the record may be copied to: at least <see cref="HotRecords.RecordBytes"/>.</param>
    public Lookup Find(ReadOnlySpan<byte> key, Span<byte> scratch)
    {
        var length = hot.TryRead(key, scratch, out var seen);
        if (length >= 0)
        {
            return new(scratch[..length], default);
        }

        var pinned = store.Get(current, key);
        if (!pinned.Exists)
        {
            return default;
        }

        hot.Fill(key, pinned.Value, seen);
        return new(pinned.Value, pinned);
    }

    /// <summary>Writes the rows in order, each for itself; when this returns they are on disk and each has its outcome.</summary>
    /// <exception cref="IOException">The disk did not take it: nothing is known of the rows.</exception>
    public void Write(RegistrationBatch batch, string actor)
    {
        var author = names.NumberOf(actor);
        var at = (uint)clock.GetUtcNow().ToUnixTimeSeconds();
        long commit;
        lock (gate)
        {
            using var run = new WriteRun(this, batch, author, at);
            commit = run.Write();
        }

        store.Await(commit);
    }

    /// <summary>
    /// Erases values. The leaves of their versions stay and prove what is left. A value that the newest version has is taken out of it by a new
    /// version; what was is then an earlier one. When this returns no file of the store holds what was erased.
    /// </summary>
    /// <exception cref="IOException">The disk did not take it: nothing is known of it.</exception>
    public ErasureOutcome Erase(ReadOnlySpan<byte> key, Erasure what, string actor)
    {
        using var run = new ErasureRun(this, names.NumberOf(actor), (uint)clock.GetUtcNow().ToUnixTimeSeconds(), what);
        var outcome = run.Run(key);
        // Also where nothing was left: an end may have come between the erasure and this.
        if (outcome is ErasureOutcome.Done or ErasureOutcome.Nothing)
        {
            store.Flush();
            store.Compact(current, key, [.. key, VersionMark]);
            store.Compact(history, [.. key, VersionMark], [.. key, VersionMark + 1]);
        }

        return outcome;
    }

    /// <summary>Walks the newest versions below a prefix in the order of their names.</summary>
    /// <param name="from">The key to begin at, or the one before.</param>
    /// <param name="each">Gets key and record; false ends it.</param>
    public void Walk(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> from, RecordVisit each)
    {
        using var walk = store.Walk(current).Seek(from);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(prefix); walk.Next())
        {
            if (!each(walk.GetKeySpan(), IdentifierRecord.Read(walk.GetValueSpan())))
            {
                return;
            }
        }
    }

    /// <summary>Walks the earlier versions of an identifier, oldest first; the newest is what <see cref="Find"/> gives.</summary>
    public void WalkVersions(ReadOnlySpan<byte> key, RecordVisit each)
    {
        byte[] start = [.. key, VersionMark];
        using var walk = store.Walk(history).Seek(start);
        for (; walk.Valid() && walk.GetKeySpan().StartsWith(start) && each(key, IdentifierRecord.Read(walk.GetValueSpan())); walk.Next())
        {
        }
    }

    /// <summary>Walks what the ledger has not taken yet, in the order of the writes.</summary>
    /// <param name="after">The number behind which to begin.</param>
    public void WalkLog(ulong after, LogVisit each)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(start, after + 1);
        using var walk = store.Walk(log).Seek(start);
        for (; walk.Valid() && each(BinaryPrimitives.ReadUInt64BigEndian(walk.GetKeySpan()), walk.GetValueSpan()); walk.Next())
        {
        }
    }

    /// <summary>Waits until everything that was walked by now is on disk.</summary>
    public void Settle() => store.Settle();

    /// <summary>Forgets what the ledger has taken, but for the newest, by which the next start goes on counting.</summary>
    public void TrimLog(ulong taken)
    {
        using var batch = new WriteBatch();
        Span<byte> bounds = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bounds, trimmed);
        BinaryPrimitives.WriteUInt64BigEndian(bounds[sizeof(ulong)..], taken);
        OrderedStore.DeleteRange(batch, log, bounds[..sizeof(ulong)], bounds[sizeof(ulong)..]);
        // Not synced: what comes again after an end is trimmed again.
        store.Commit(batch);
        trimmed = taken;
    }

    public void Dispose()
    {
        store.Dispose();
        hot.Dispose();
    }

    private void PutNewest(WriteBatch writes, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored)
    {
        writes.Put(key, stored, current);
        var record = IdentifierRecord.Read(stored);
        Span<byte> logged = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(logged, record.Head.Sequence);
        Span<byte> commitment = stackalloc byte[RecordCommitment.Bytes];
        RecordCommitment.Of(key, record, commitment);
        writes.Put(logged, commitment, log);
    }

    private void PutEarlier(WriteBatch writes, ReadOnlySpan<byte> key, uint version, ReadOnlySpan<byte> stored)
    {
        Span<byte> versioned = stackalloc byte[IdentifierLimits.NameBytes + 1 + sizeof(uint)];
        key.CopyTo(versioned);
        versioned[key.Length] = VersionMark;
        BinaryPrimitives.WriteUInt32BigEndian(versioned[(key.Length + 1)..], version);
        writes.Put(versioned[..(key.Length + 1 + sizeof(uint))], stored, history);
    }

    /// <summary>Sees a write and its commitment; false ends the walk.</summary>
    internal delegate bool LogVisit(ulong sequence, ReadOnlySpan<byte> commitment);

    /// <summary>Sees a record; false ends the walk.</summary>
    internal delegate bool RecordVisit(ReadOnlySpan<byte> key, IdentifierRecord record);

    /// <summary>A record where it lies, until it is disposed.</summary>
    internal readonly ref struct Lookup
    {
        private readonly OrderedStore.Pinned pinned;

        internal Lookup(ReadOnlySpan<byte> bytes, OrderedStore.Pinned pinned)
        {
            Bytes = bytes;
            this.pinned = pinned;
        }

        public bool Exists => !Bytes.IsEmpty;

        public ReadOnlySpan<byte> Bytes { get; }

        public void Dispose() => pinned.Dispose();
    }

    /// <summary>The writing of one batch, within the gate.</summary>
    private sealed class WriteRun(IdentifierStore owner, RegistrationBatch batch, uint author, uint at) : IDisposable
    {
        // What was written since the last commit: a row must see the rows before it. Two keys of one hash only mean a commit more.
        private readonly HashSet<int> unseen = [];
        private readonly WriteBatch writes = new();
        private readonly byte[] salts = RandomNumberGenerator.GetBytes(batch.Count * IdentifierRecord.SaltBytes);
        private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        private PrefixCounts.Count? count;
        private int firstUnseen;
        private long commit;

        public long Write()
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var hash = HashOf(batch.Key(batch.Rows[row]));
                if (!unseen.Add(hash))
                {
                    Commit(row);
                    unseen.Add(hash);
                }

                batch.Set(row, Write(row));
            }

            Commit(batch.Count);
            return commit;
        }

        public void Dispose()
        {
            writes.Dispose();
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        private WriteOutcome Write(int number)
        {
            ref readonly var row = ref batch.Rows[number];
            var key = batch.Key(row);
            count = owner.counts.Of(key[..row.PrefixLength], count);
            using var found = owner.store.Get(owner.current, key);
            if (!found.Exists)
            {
                return row.Mode is WriteMode.Replace or WriteMode.Delete ? WriteOutcome.Missing : Make(number, row, 1);
            }

            var before = IdentifierRecord.Read(found.Value);
            if (RefusalOf(row, before) is { } refusal)
            {
                return refusal;
            }

            ValueStamps.Carry(batch.Values(row), before.Values);
            if (IsSame(row, before))
            {
                return WriteOutcome.Unchanged;
            }

            var outcome = before.Head.Flags.HasFlag(RecordFlags.Deleted) ? Make(number, row, before.Head.Version + 1) : Change(number, row, before.Head.Version + 1);
            if (outcome != WriteOutcome.OverQuota)
            {
                owner.PutEarlier(writes, key, before.Head.Version, found.Value);
            }

            return outcome;
        }

        private WriteOutcome Make(int number, in RegistrationBatch.Row row, uint version)
        {
            if (count!.IsFull)
            {
                return WriteOutcome.OverQuota;
            }

            count.Identifiers++;
            Put(number, row, version);
            return WriteOutcome.Created;
        }

        private WriteOutcome Change(int number, in RegistrationBatch.Row row, uint version)
        {
            Put(number, row, version);
            if (row.Mode != WriteMode.Delete)
            {
                return WriteOutcome.Changed;
            }

            count!.Identifiers--;
            return WriteOutcome.Deleted;
        }

        private static WriteOutcome? RefusalOf(in RegistrationBatch.Row row, in IdentifierRecord before)
        {
            var gone = before.Head.Flags.HasFlag(RecordFlags.Deleted);
            return row.Mode switch
            {
                WriteMode.Create when !gone => WriteOutcome.Exists,
                WriteMode.Replace or WriteMode.Delete when gone => WriteOutcome.Missing,
                _ => row.Seen != 0 && row.Seen != before.Head.Version ? WriteOutcome.Stale : null,
            };
        }

        private bool IsSame(in RegistrationBatch.Row row, in IdentifierRecord before)
        {
            var audiences = before.Audiences;
            var same = row.Mode != WriteMode.Delete && before.Head.Flags == RecordFlags.None && before.Head.Template == row.Template && before.Count == row.AudienceCount &&
                before.Values.SequenceEqual(batch.Values(row));
            for (var each = 0; same && each < before.Count; each++)
            {
                same = audiences.Next() == batch.Audiences(row)[each];
            }

            return same;
        }

        private void Put(int number, in RegistrationBatch.Row row, uint version)
        {
            var key = batch.Key(row);
            var flags = row.Mode == WriteMode.Delete ? RecordFlags.Deleted : RecordFlags.None;
            var head = new RecordHead(version, ++owner.sequence, at, author, row.Template, flags);
            var most = IdentifierRecord.MostBytes(row.AudienceCount, row.ValuesLength);
            if (buffer.Length < most)
            {
                ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                buffer = ArrayPool<byte>.Shared.Rent(most);
            }

            ValueStamps.Fill(batch.Values(row), at);
            var salt = salts.AsSpan(number * IdentifierRecord.SaltBytes, IdentifierRecord.SaltBytes);
            var record = buffer.AsSpan(0, IdentifierRecord.Write(buffer, head, salt, batch.Audiences(row), batch.Values(row)));
            owner.PutNewest(writes, key, record);
        }

        private void Commit(int end)
        {
            owner.counts.Save(writes, owner.counting);
            for (var row = firstUnseen; row < end; row++)
            {
                owner.hot.BeginChange(batch.Key(batch.Rows[row]));
            }

            try
            {
                commit = owner.store.Commit(writes);
            }
            finally
            {
                for (var row = firstUnseen; row < end; row++)
                {
                    owner.hot.EndChange(batch.Key(batch.Rows[row]));
                }
            }

            (firstUnseen, count) = (end, null);
            writes.Clear();
            unseen.Clear();
        }

        private static int HashOf(ReadOnlySpan<byte> key)
        {
            var hash = default(HashCode);
            hash.AddBytes(key);
            return hash.ToHashCode();
        }
    }
}

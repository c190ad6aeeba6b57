using System.Runtime.InteropServices;
using RocksDbSharp;

namespace Jingwei.Server;

/// <summary>How an <see cref="OrderedStore"/> is laid out.</summary>
/// <param name="CacheBytes">Most bytes of read blocks that are kept in memory.</param>
/// <param name="Families">Its tables, each with keys in byte order.</param>
internal sealed record OrderedStoreOptions(ulong CacheBytes, params string[] Families);

/// <summary>
/// A store of byte keys in order (RocksDB), for what is millions of rows looked up by their names: identifiers, events. Many read while one
/// writes; what was written is read at once, and is on disk once its commit was awaited.
/// </summary>
internal sealed unsafe class OrderedStore : IDisposable
{
    // What RocksDB recommends (its wiki, Setup Options and Basic Tuning) where nothing else is said beside.
    private const ulong WriteBuffer = 64 << 20;
    private const int WriteBuffers = 4;

    // What a start reads again after an end: a fraction of a second.
    private const ulong WriteAheadLog = 64 << 20;
    private const ulong FirstLevel = 256 << 20;
    private const ulong BytesPerSync = 1 << 20;
    private const int BitsPerKey = 10;
    private const ulong BlockBytes = 4 << 10;

    // Blocks are searched by hash instead of by halves: rocksdb.org, blog of 2018-08-23, "Data Block Hash Index".
    private const int BinaryAndHash = 1;
    private const double HashFill = 0.75;
    private const int FormatWithHash = 5;

    // Else a file that nothing lies below is only called by another level, with all that it says of what is gone: rocksdb/options.h,
    // BottommostLevelCompaction, kForce.
    private const byte AlwaysWrite = 2;

    // Kept of its own log of what it does; it writes one file at each start.
    private const ulong LogFiles = 3;

    private readonly RocksDb store;
    private readonly Cache cache;
    private readonly ReadOptions reading = new ReadOptions().SetVerifyChecksums(false);
    private readonly ReadOptions scanning = new ReadOptions().SetFillCache(false);
    private readonly WriteOptions writing = new WriteOptions().SetSync(false);
    private readonly FlushOptions flushing = new FlushOptions().SetWaitForFlush(true);
    private readonly Dictionary<string, ColumnFamilyHandle> families;
    private readonly CommitSync sync;

    /// <exception cref="CannotStartException">The folder cannot be opened: another process has it, or it is damaged.</exception>
    public OrderedStore(string folder, OrderedStoreOptions layout)
    {
        cache = Cache.CreateLru(layout.CacheBytes);
        var table = new BlockBasedTableOptions()
            .SetBlockSize(BlockBytes).SetBlockCache(cache).SetFormatVersion(FormatWithHash).SetFilterPolicy(BloomFilterPolicy.Create(BitsPerKey, false));
        Native.Instance.rocksdb_block_based_options_set_data_block_index_type(table.Handle, BinaryAndHash);
        Native.Instance.rocksdb_block_based_options_set_data_block_hash_ratio(table.Handle, HashFill);

        var options = new DbOptions().SetCreateIfMissing().SetCreateMissingColumnFamilies().SetKeepLogFileNum(LogFiles).SetBytesPerSync(BytesPerSync).SetMaxTotalWalSize(WriteAheadLog);
        options.IncreaseParallelism(Environment.ProcessorCount);
        // A start writes no tables of what it reads again, and does not ask every file how much of it was deleted.
        Native.Instance.rocksdb_options_set_avoid_flush_during_recovery(options.Handle, 1);
        options.SkipStatsUpdateOnOpen(true);
        var tables = new ColumnFamilies(Tuned(table));
        foreach (var family in layout.Families)
        {
            tables.Add(family, Tuned(table));
        }

        try
        {
            store = RocksDb.Open(options, folder, tables);
        }
        catch (RocksDbException fault)
        {
            throw new CannotStartException($"The store in {folder} cannot be opened: {fault.Message}");
        }

        families = layout.Families.ToDictionary(family => family, store.GetColumnFamily, StringComparer.Ordinal);
        sync = new(FlushLog);
    }

    /// <summary>The table of that name.</summary>
    public ColumnFamilyHandle Family(string name) => families[name];

    /// <summary>The value at a key where it lies; its <see cref="Pinned.Exists"/> is false where there is none. Dispose it.</summary>
    public Pinned Get(ColumnFamilyHandle family, ReadOnlySpan<byte> key)
    {
        fixed (byte* bytes = key)
        {
            var slice = Native.Instance.rocksdb_get_pinned_cf(
                store.Handle, reading.Handle, family.Handle, (IntPtr)bytes, (UIntPtr)key.Length, out var fault);
            ThrowAt(fault);
            return new(slice);
        }
    }

    /// <summary>Walks a table in order, as it stands now.</summary>
    public Iterator Walk(ColumnFamilyHandle family) => store.NewIterator(family, scanning);

    /// <summary>Puts into a batch that everything from one key on and before another goes.</summary>
    public static void DeleteRange(WriteBatch batch, ColumnFamilyHandle family, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        fixed (byte* start = from, end = to)
        {
            batch.DeleteRange(start, (ulong)from.Length, end, (ulong)to.Length, family);
        }
    }

    /// <summary>Writes all of a batch or nothing; others may write meanwhile, in their order.</summary>
    /// <returns>What <see cref="Await"/> takes.</returns>
    /// <exception cref="IOException">The disk did not take it, or an earlier one: nobody knows what of it is there until the next start.</exception>
    public long Commit(WriteBatch batch)
    {
        sync.ThrowIfBroken();
        try
        {
            store.Write(batch, writing);
        }
        catch (RocksDbException fault)
        {
            throw new IOException(fault.Message, fault);
        }

        return sync.Committed();
    }

    /// <summary>Waits until a commit, and all before it, are on disk.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Await(long commit) => sync.Await(commit);

    /// <summary>Waits until everything that a reader can see by now is on disk.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Settle() => sync.Settle();

    /// <summary>Writes what is in memory into files of the tables, after which the log of what was written is needed no more and goes.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Flush()
    {
        foreach (var family in families.Values)
        {
            Native.Instance.rocksdb_flush_cf(store.Handle, flushing.Handle, family.Handle, out var fault);
            ThrowAtDisk(fault);
        }
    }

    /// <summary>Writes the files that hold keys of a range anew, without what was overwritten or deleted, and without the keys of that.</summary>
    public void Compact(ColumnFamilyHandle family, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var options = Native.Instance.rocksdb_compactoptions_create();
        Native.Instance.rocksdb_compactoptions_set_bottommost_level_compaction(options, AlwaysWrite);
        fixed (byte* start = from, end = to)
        {
            Native.Instance.rocksdb_compact_range_cf_opt(store.Handle, family.Handle, options, start, (UIntPtr)from.Length, end, (UIntPtr)to.Length);
        }

        Native.Instance.rocksdb_compactoptions_destroy(options);
    }

    public void Dispose()
    {
        store.Dispose();
        GC.KeepAlive(cache);
    }

    private static ColumnFamilyOptions Tuned(BlockBasedTableOptions table) => new ColumnFamilyOptions()
        .SetBlockBasedTableFactory(table)
        .SetCompression(Compression.Lz4)
        .SetWriteBufferSize(WriteBuffer)
        .SetMaxWriteBufferNumber(WriteBuffers)
        .SetLevelCompactionDynamicLevelBytes(true)
        .SetTargetFileSizeBase(WriteBuffer)
        .SetMaxBytesForLevelBase(FirstLevel);

    private void FlushLog()
    {
        Native.Instance.rocksdb_flush_wal(store.Handle, 1, out var fault);
        ThrowAtDisk(fault);
    }

    private static void ThrowAtDisk(IntPtr fault)
    {
        try
        {
            ThrowAt(fault);
        }
        catch (RocksDbException broken)
        {
            throw new IOException(broken.Message, broken);
        }
    }

    private static void ThrowAt(IntPtr fault)
    {
        if (fault != IntPtr.Zero)
        {
            throw new RocksDbException(fault);
        }
    }

    /// <summary>A value that lies in the store's memory until this is disposed.</summary>
    public readonly ref struct Pinned(IntPtr slice)
    {
        public bool Exists => slice != IntPtr.Zero;

        public ReadOnlySpan<byte> Value
        {
            get
            {
                var start = Native.Instance.rocksdb_pinnableslice_value(slice, out var length);
                return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)start, (int)length);
            }
        }

        public void Dispose()
        {
            if (Exists)
            {
                Native.Instance.rocksdb_pinnableslice_destroy(slice);
            }
        }
    }
}

using RocksDbSharp;

namespace Jingwei.Server;

/// <summary>
/// Tables of an <see cref="OrderedStore"/> as they stood when this was opened; whoever writes it may go on (RocksDB: a secondary instance).
/// </summary>
internal sealed class OrderedSnapshot : IDisposable
{
    // While it opens, the writer may remove a file that was to be opened; the next try finds those that took its place.
    private const int Tries = 5;

    // All files stay open, so that the writer may remove them (RocksDB's wiki, Read-only and Secondary instances).
    private const int AllFiles = -1;

    // The secondary writes a log of its own, and nothing else.
    private readonly string scratch = System.IO.Directory.CreateTempSubdirectory("jingwei-snapshot-").FullName;
    private readonly RocksDb store;
    private readonly ReadOptions scanning = new ReadOptions().SetFillCache(false);

    /// <exception cref="RocksDbException">It cannot be opened.</exception>
    public OrderedSnapshot(string folder, params string[] families)
    {
        try
        {
            store = Open(folder, families);
        }
        catch
        {
            System.IO.Directory.Delete(scratch, recursive: true);
            throw;
        }
    }

    /// <summary>Walks a table in order.</summary>
    /// <exception cref="RocksDbException">A file of it is damaged.</exception>
    public void Walk(string family, Visit each)
    {
        using var walk = store.NewIterator(store.GetColumnFamily(family), scanning);
        for (walk.SeekToFirst(); walk.Valid(); walk.Next())
        {
            each(walk.GetKeySpan(), walk.GetValueSpan());
        }

        // A walk ends at damage as it does at the end.
        Native.Instance.rocksdb_iter_get_error(walk.Handle, out var fault);
        if (fault != IntPtr.Zero)
        {
            throw new RocksDbException(fault);
        }
    }

    /// <summary>The value at a key; null where there is none.</summary>
    public byte[]? Get(string family, ReadOnlySpan<byte> key) => store.Get(key.ToArray(), store.GetColumnFamily(family));

    public void Dispose()
    {
        store.Dispose();
        System.IO.Directory.Delete(scratch, recursive: true);
    }

    /// <summary>Sees a row where it lies.</summary>
    internal delegate void Visit(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    private RocksDb Open(string folder, string[] families)
    {
        var tables = new ColumnFamilies();
        foreach (var family in families)
        {
            tables.Add(family, new ColumnFamilyOptions());
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return RocksDb.OpenAsSecondary(new DbOptions().SetMaxOpenFiles(AllFiles), folder, scratch, tables);
            }
            catch (RocksDbException) when (attempt < Tries)
            {
                // Opened anew.
            }
        }
    }
}

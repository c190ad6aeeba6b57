using System.Buffers.Binary;
using RocksDbSharp;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>All identifiers with their versions as they stood when this was opened, beside a server that runs or of one that does not.</summary>
internal sealed class IdentifierSnapshot(string folder) : IDisposable
{
    private readonly OrderedSnapshot store = new(folder, IdentifierStore.Current, IdentifierStore.History, IdentifierStore.Log);

    /// <summary>Walks every version of every identifier: the newest in the order of names, and then the earlier ones.</summary>
    /// <param name="each">Gets the key, and the record as it lies, which may be damaged.</param>
    /// <exception cref="RocksDbException">A file is damaged.</exception>
    public void Walk(OrderedSnapshot.Visit each)
    {
        store.Walk(IdentifierStore.Current, each);
        store.Walk(IdentifierStore.History, (key, record) => each(key[..key.IndexOf(IdentifierStore.VersionMark)], record));
    }

    /// <summary>What the ledger had not taken yet of a write; null where it had, or there is none.</summary>
    public byte[]? Waiting(ulong sequence)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, sequence);
        return store.Get(IdentifierStore.Log, key);
    }

    public void Dispose() => store.Dispose();
}

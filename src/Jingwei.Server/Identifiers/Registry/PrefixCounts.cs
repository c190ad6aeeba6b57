using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Jingwei.Server.Identifiers.Prefixes;
using RocksDbSharp;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>How many identifiers there are below each prefix, kept with them, and how many there may be.</summary>
public sealed class PrefixCounts
{
    private readonly ConcurrentDictionary<string, Count> all = new(StringComparer.Ordinal);

    // Those whose number is newer than the store's; within the writer's gate.
    private readonly HashSet<Count> changed = [];

    /// <summary>How many there are below a prefix, by its name in lower case.</summary>
    public long Of(string prefix) => all.TryGetValue(prefix, out var count) ? Volatile.Read(ref count.Identifiers) : 0;

    /// <summary>How many there are in this node.</summary>
    public long Total => all.Values.Sum(count => Volatile.Read(ref count.Identifiers));

    /// <summary>Takes the limits over that prefixes have and get.</summary>
    public PrefixCounts Limiting(Prefixes.Prefixes prefixes)
    {
        prefixes.Changed += Limit;
        foreach (var prefix in prefixes.All)
        {
            Limit(prefix);
        }

        return this;
    }

    private void Limit(Prefix prefix) => all.GetOrAdd(prefix.Name, Make).Quota = prefix.Quota ?? long.MaxValue;

    /// <summary>The count of a prefix that is written to; the one before where it is the same prefix.</summary>
    internal Count Of(ReadOnlySpan<byte> prefix, Count? before)
    {
        var count = before is not null && prefix.SequenceEqual(before.Key) ? before : all.GetOrAdd(Encoding.UTF8.GetString(prefix), Make);
        changed.Add(count);
        return count;
    }

    internal void Load(Iterator walk)
    {
        for (; walk.Valid(); walk.Next())
        {
            all.GetOrAdd(Encoding.UTF8.GetString(walk.GetKeySpan()), Make).Identifiers = BinaryPrimitives.ReadInt64LittleEndian(walk.GetValueSpan());
        }
    }

    /// <summary>Puts what changed into a batch.</summary>
    internal void Save(WriteBatch batch, ColumnFamilyHandle family)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        foreach (var count in changed)
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, count.Identifiers);
            batch.Put(count.Key, value, family);
        }

        changed.Clear();
    }

    private static Count Make(string prefix) => new(Encoding.UTF8.GetBytes(prefix));

    /// <summary>The count of one prefix.</summary>
    internal sealed class Count(byte[] key)
    {
        /// <summary>How many there are; written within the writer's gate.</summary>
        public long Identifiers;

        public byte[] Key => key;

        /// <summary>Most that there may be.</summary>
        public long Quota { get; set; } = long.MaxValue;

        public bool IsFull => Identifiers >= Quota;
    }
}

using System.Runtime.InteropServices;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// The records that were asked for of late, copied beside the store: buckets of one size in memory that the collector does not see, one for each
/// hash, in which a record lies behind the one before it and drives out the oldest. Readers take no lock; what they read while it changes they
/// throw away.
/// </summary>
/// <remarks>
/// A bucket's first eight bytes are its version: odd while somebody writes it. Who fills in what he read from the store must have seen the version
/// before he read; it grows before the store is changed and afterwards, and in between the bucket gives and takes nothing: so nothing old is kept,
/// and who has seen the new does not see the old again. Behind the version stand how many keys of it are being changed (4), where the next record
/// goes (2), which entry it gets (2), and of each entry a tag (2) out of the hash of its key, 0 for none: one line of the processor's cache tells
/// what may be there. Then of each entry the start (2), the length of the key (2) and that of the record (2).
/// </remarks>
internal sealed unsafe class HotRecords : IDisposable
{
    /// <summary>Bytes of the longest record that is kept, some five short values; longer ones are read from the store each time.</summary>
    public const int RecordBytes = 512;

    /// <summary>Bytes of a bucket: a page.</summary>
    public const int BucketBytes = 4096;

    // A version that no bucket has while it may be filled.
    private const ulong Never = ulong.MaxValue;

    private const int CacheLine = 64;
    private const int Changing = 8;
    private const int NextStart = 12;
    private const int NextEntry = 14;
    private const int Tags = 16;
    private const int Entries = (CacheLine - Tags) / sizeof(ushort);
    private const int EntryBytes = 3 * sizeof(ushort);
    private const int Records = CacheLine + (Entries * EntryBytes);

    private readonly byte* memory;
    private readonly byte* buckets;
    private readonly uint count;

    /// <param name="bytes">Most bytes that it takes, in whole buckets; one at least.</param>
    public HotRecords(long bytes)
    {
        count = (uint)Math.Clamp(bytes / BucketBytes, 1, uint.MaxValue);
        memory = (byte*)NativeMemory.AllocZeroed(((nuint)count * BucketBytes) + CacheLine);
        buckets = (byte*)(((nuint)memory + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    /// <summary>Copies the record at a key; returns its length, or -1 where it is not here.</summary>
    /// <param name="seen">What <see cref="Fill"/> takes.</param>
    public int TryRead(ReadOnlySpan<byte> key, Span<byte> destination, out ulong seen)
    {
        var bucket = BucketOf(key, out var tag);
        seen = Volatile.Read(ref *(ulong*)bucket);
        if ((seen & 1) != 0 || *(int*)(bucket + Changing) != 0)
        {
            seen = Never;
            return -1;
        }

        var record = Find(bucket, tag, key);
        if (record.IsEmpty || record.Length > destination.Length)
        {
            return -1;
        }

        record.CopyTo(destination);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref *(ulong*)bucket) == seen ? record.Length : -1;
    }

    /// <summary>Keeps what was read from the store after <paramref name="seen"/> was; nothing where somebody wrote meanwhile, or it is too long.</summary>
    public void Fill(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ulong seen)
    {
        var bucket = BucketOf(key, out var tag);
        if (seen == Never || record.Length > RecordBytes || key.Length > RecordBytes ||
            Interlocked.CompareExchange(ref *(ulong*)bucket, seen + 1, seen) != seen)
        {
            return;
        }

        Put(bucket, tag, key, record);
        Volatile.Write(ref *(ulong*)bucket, seen + 2);
    }

    /// <summary>Called before a key is changed in the store; then comes <see cref="EndChange"/>, whatever came of it.</summary>
    public void BeginChange(ReadOnlySpan<byte> key)
    {
        var bucket = BucketOf(key, out var tag);
        var version = Lock(bucket);
        // With it go others of the same tag, which does no harm.
        TagsOf(bucket).Replace(tag, (ushort)0);
        ++*(int*)(bucket + Changing);
        Volatile.Write(ref *(ulong*)bucket, version + 2);
    }

    public void EndChange(ReadOnlySpan<byte> key)
    {
        var bucket = BucketOf(key, out _);
        var version = Lock(bucket);
        --*(int*)(bucket + Changing);
        Volatile.Write(ref *(ulong*)bucket, version + 2);
    }

    public void Dispose() => NativeMemory.Free(memory);

    // Gives the version that was; who unlocks writes the next.
    private static ulong Lock(byte* bucket)
    {
        for (var wait = default(SpinWait); ; wait.SpinOnce())
        {
            var version = Volatile.Read(ref *(ulong*)bucket);
            if ((version & 1) == 0 && Interlocked.CompareExchange(ref *(ulong*)bucket, version + 1, version) == version)
            {
                return version;
            }
        }
    }

    // Nothing where it is not there. While somebody writes, lengths and starts may be of different records: none leads out of the bucket.
    private static ReadOnlySpan<byte> Find(byte* bucket, ushort tag, ReadOnlySpan<byte> key)
    {
        var tags = TagsOf(bucket);
        for (var (from, at) = (0, tags.IndexOf(tag)); at >= 0; at = tags[from..].IndexOf(tag))
        {
            var (start, keyLength, length) = EntryAt(bucket, from + at);
            if (keyLength == key.Length && start + keyLength + length <= BucketBytes && new ReadOnlySpan<byte>(bucket + start, keyLength).SequenceEqual(key))
            {
                return new(bucket + start + keyLength, length);
            }

            from += at + 1;
        }

        return default;
    }

    private static void Put(byte* bucket, ushort tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        ref var nextStart = ref *(ushort*)(bucket + NextStart);
        ref var nextEntry = ref *(ushort*)(bucket + NextEntry);
        var length = key.Length + record.Length;
        var start = nextStart < Records || nextStart + length > BucketBytes ? Records : nextStart;
        var tags = TagsOf(bucket);
        for (var at = 0; at < Entries; at++)
        {
            var (other, otherKey, otherLength) = EntryAt(bucket, at);
            if (other < start + length && start < other + otherKey + otherLength)
            {
                tags[at] = 0;
            }
        }

        key.CopyTo(new(bucket + start, key.Length));
        record.CopyTo(new(bucket + start + key.Length, record.Length));
        var entry = (ushort*)(bucket + CacheLine + (nextEntry * EntryBytes));
        (entry[0], entry[1], entry[2]) = ((ushort)start, (ushort)key.Length, (ushort)record.Length);
        tags[nextEntry] = tag;
        nextStart = (ushort)(start + length);
        nextEntry = (ushort)((nextEntry + 1) % Entries);
    }

    private static Span<ushort> TagsOf(byte* bucket) => new(bucket + Tags, Entries);

    private static (int Start, int Key, int Record) EntryAt(byte* bucket, int at)
    {
        var entry = (ushort*)(bucket + CacheLine + (at * EntryBytes));
        return (entry[0], entry[1], entry[2]);
    }

    private byte* BucketOf(ReadOnlySpan<byte> key, out ushort tag)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        var bits = (uint)hash.ToHashCode();
        tag = (ushort)(bits | 1);
        return buckets + ((nint)(((ulong)bits * count) >> 32) * BucketBytes);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// The records that were asked for of late, copied beside the store: a fixed number of slots of one size in memory that the collector does
/// not see, one slot for each hash. Readers take no lock; what they read while it changes they throw away.
/// </summary>
/// <remarks>
/// A slot's first eight bytes are its version: odd while somebody writes it. Who fills a slot with what he read from the store must have seen
/// its version before he read, and whoever changes the store makes the version grow afterwards: so nothing old is kept.
/// </remarks>
internal sealed unsafe class HotRecords : IDisposable
{
    /// <summary>Bytes of a slot: an identifier of two short values with room to spare; longer ones are read from the store each time.</summary>
    public const int SlotBytes = 384;

    private const int HeadBytes = 8 + 2 + 2;
    private readonly byte* slots;
    private readonly uint mask;

    /// <param name="bytes">Most bytes that it takes; rounded down to a power of two of slots, one at least.</param>
    public HotRecords(long bytes)
    {
        var count = (uint)Math.Max(1, BitOperations.RoundUpToPowerOf2((ulong)(bytes / SlotBytes) + 1) >> 1);
        mask = count - 1;
        slots = (byte*)NativeMemory.AllocZeroed(count, SlotBytes);
    }

    /// <summary>Copies the record at a key; returns its length, or -1 where it is not here.</summary>
    /// <param name="seen">What <see cref="Fill"/> takes.</param>
    public int TryRead(ReadOnlySpan<byte> key, Span<byte> destination, out ulong seen)
    {
        var slot = SlotOf(key);
        seen = Volatile.Read(ref *(ulong*)slot);
        if ((seen & 1) != 0)
        {
            return -1;
        }

        var (keyLength, length) = (*(ushort*)(slot + 8), *(ushort*)(slot + 10));
        if (keyLength != key.Length || HeadBytes + keyLength + length > SlotBytes || length > destination.Length ||
            !new ReadOnlySpan<byte>(slot + HeadBytes, keyLength).SequenceEqual(key))
        {
            return -1;
        }

        new ReadOnlySpan<byte>(slot + HeadBytes + keyLength, length).CopyTo(destination);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref *(ulong*)slot) == seen ? length : -1;
    }

    /// <summary>Keeps what was read from the store after <paramref name="seen"/> was; nothing where somebody wrote meanwhile, or it is too long.</summary>
    public void Fill(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ulong seen)
    {
        var slot = SlotOf(key);
        if ((seen & 1) != 0 || HeadBytes + key.Length + record.Length > SlotBytes || Interlocked.CompareExchange(ref *(ulong*)slot, seen + 1, seen) != seen)
        {
            return;
        }

        *(ushort*)(slot + 8) = (ushort)key.Length;
        *(ushort*)(slot + 10) = (ushort)record.Length;
        key.CopyTo(new(slot + HeadBytes, key.Length));
        record.CopyTo(new(slot + HeadBytes + key.Length, record.Length));
        Volatile.Write(ref *(ulong*)slot, seen + 2);
    }

    /// <summary>Called after a key was changed in the store.</summary>
    public void Forget(ReadOnlySpan<byte> key)
    {
        var slot = SlotOf(key);
        for (var wait = default(SpinWait); ; wait.SpinOnce())
        {
            var version = Volatile.Read(ref *(ulong*)slot);
            if ((version & 1) == 0 && Interlocked.CompareExchange(ref *(ulong*)slot, version + 1, version) == version)
            {
                *(ushort*)(slot + 8) = 0;
                Volatile.Write(ref *(ulong*)slot, version + 2);
                return;
            }
        }
    }

    public void Dispose() => NativeMemory.Free(slots);

    private byte* SlotOf(ReadOnlySpan<byte> key)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        return slots + ((nint)((uint)hash.ToHashCode() & mask) * SlotBytes);
    }
}

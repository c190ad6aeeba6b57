using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>
/// Datagrams many at a time: recvmmsg(2) and sendmmsg(2) of 64-bit Linux, one system call for up to <see cref="Batch"/> of them.
/// The structures are those of &lt;sys/socket.h&gt;; glibc and musl have them alike on little-endian 64-bit machines.
/// </summary>
internal sealed unsafe partial class BatchedDatagrams : DatagramPort
{
    /// <summary>Datagrams of a call. 64: at 150,000 a second some half a millisecond of them.</summary>
    private const int Batch = 64;

    private const int WaitForOne = 0x10000;
    private const int NoSignal = 0x4000;

    private readonly SafeSocketHandle handle;
    private readonly int descriptor;
    private readonly byte* memory;
    private readonly MessageHeader* incoming;
    private readonly MessageHeader* outgoing;
    private readonly byte* received;
    private readonly byte* slots;
    private int waiting;

    public BatchedDatagrams(Socket socket)
    {
        handle = socket.SafeHandle;
        var added = false;
        handle.DangerousAddRef(ref added);
        descriptor = (int)handle.DangerousGetHandle();

        const int HeaderBytes = Batch * MessageHeader.Bytes;
        const int VectorBytes = Batch * 16;
        var at = memory = (byte*)NativeMemory.AllocZeroed((2 * (HeaderBytes + VectorBytes)) + (Batch * (32 + 576 + 512)));
        incoming = (MessageHeader*)Advance(ref at, HeaderBytes);
        outgoing = (MessageHeader*)Advance(ref at, HeaderBytes);
        var inVectors = (Vector*)Advance(ref at, VectorBytes);
        var outVectors = (Vector*)Advance(ref at, VectorBytes);
        var names = Advance(ref at, Batch * 32);
        received = Advance(ref at, Batch * 576);
        slots = at;
        for (var each = 0; each < Batch; each++)
        {
            inVectors[each] = new() { Base = received + (each * 576), Length = ReceivedBytes };
            outVectors[each] = new() { Base = slots + (each * WireLimits.Datagram) };
            incoming[each] = new() { Name = names + (each * 32), Vectors = inVectors + each, VectorCount = 1 };
            outgoing[each] = new() { Vectors = outVectors + each, VectorCount = 1 };
        }
    }

    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    public override Span<byte> Slot => new(slots + (waiting * WireLimits.Datagram), WireLimits.Datagram);

    public override int Receive()
    {
        for (var at = 0; at < Batch; at++)
        {
            incoming[at].NameLength = AddressBytes;
        }

        // -1 for a timeout, for a signal, and for a client that is gone: nothing came, and the caller comes again.
        return Math.Max(0, ReceiveMany(descriptor, incoming, Batch, WaitForOne, null));
    }

    public override ReadOnlySpan<byte> Received(int at) => new(incoming[at].Vectors->Base, (int)incoming[at].Length);

    public override SocketAddress Sender(int at) => Copy(new(incoming[at].Name, (int)incoming[at].NameLength));

    public override void Send(int at, int length)
    {
        outgoing[waiting].Name = incoming[at].Name;
        outgoing[waiting].NameLength = incoming[at].NameLength;
        outgoing[waiting].Vectors->Length = (nuint)length;
        if (++waiting == Batch)
        {
            Flush();
        }
    }

    public override void Flush()
    {
        for (var sent = 0; sent < waiting;)
        {
            // Where one cannot be sent it is lost, as any datagram may be; those behind it are tried.
            sent += Math.Max(1, SendMany(descriptor, outgoing + sent, (uint)(waiting - sent), NoSignal));
        }

        waiting = 0;
    }

    public override void Dispose()
    {
        NativeMemory.Free(memory);
        handle.DangerousRelease();
        base.Dispose();
    }

    private static byte* Advance(ref byte* at, int bytes)
    {
        var start = at;
        at += bytes;
        return start;
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    private static partial int ReceiveMany(int descriptor, MessageHeader* headers, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg")]
    private static partial int SendMany(int descriptor, MessageHeader* headers, uint count, int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: a msghdr of 56 bytes, the length, and four bytes that keep the next one aligned.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Bytes)]
    private struct MessageHeader
    {
        public const int Bytes = 64;

        public byte* Name;
        public nuint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public nuint Flags;
        public uint Length;
    }
}

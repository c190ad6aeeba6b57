using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Load.Handles;

/// <summary>Asks for random handles by UDP: so many questions are on their way at a time, and each answer brings the next.</summary>
/// <param name="server">Whom to ask.</param>
/// <param name="handles">How many handles there are.</param>
/// <param name="window">Questions on their way.</param>
/// <param name="isEcho">Whether the question itself comes back.</param>
/// <param name="names">What the handles are called.</param>
internal sealed class Questions(IPEndPoint server, int handles, int window, bool isEcho, QuestionNames names)
{
    // Of every so many answers one is read to its end.
    private const int ReadEvery = 256;

    private readonly byte[] question = Question(names);
    private Random random = new(1);

    /// <summary>Answers that were right.</summary>
    public long Answered { get; private set; }

    /// <summary>Answers that were not.</summary>
    public long Wrong { get; private set; }

    /// <summary>Times that nothing came for a fifth of a second and the window was filled again.</summary>
    public int Stalls { get; private set; }

    public void Run(TimeSpan length, int seed)
    {
        random = new(seed);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200, ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var port = BatchedDatagrams.IsSupported ? new BatchedDatagrams(socket) : (DatagramPort)new SocketDatagrams(socket);
        var start = Stopwatch.GetTimestamp();
        Fill(socket);
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            var count = port.Receive();
            if (count == 0)
            {
                Stalls++;
                Fill(socket);
            }

            for (var at = 0; at < count; at++)
            {
                Check(port.Received(at));
                Next().CopyTo(port.Slot);
                port.Send(at, question.Length);
            }

            port.Flush();
        }
    }

    // Envelope and message of a resolution of all that is public.
    private static byte[] Question(QuestionNames names)
    {
        var writer = new WireWriter(new byte[256]);
        writer.Reserve(WireLimits.Envelope);
        HandleRequestWire.Write(ref writer, new ResolutionRequest(HandleName.Parse(names.First), [], []) { Flags = MessageOptions.PublicOnly });
        new HandleEnvelope { Version = HandleVersion.Compatible, Suggested = HandleVersion.Newest, MessageLength = writer.Length - WireLimits.Envelope }.Write(writer.Written);
        return writer.ToArray();
    }

    private void Fill(Socket socket)
    {
        for (var each = 0; each < window; each++)
        {
            socket.SendTo(Next(), server);
        }
    }

    // The number of the handle is the number of the request, so that an answer says what it must be.
    private byte[] Next()
    {
        var number = random.Next(handles);
        BinaryPrimitives.WriteInt32BigEndian(question.AsSpan(8), number);
        names.Write(question.AsSpan(WireLimits.Envelope + WireLimits.Header + 4, names.First.Length), number);
        return question;
    }

    private void Check(ReadOnlySpan<byte> answer)
    {
        var code = answer.Length < WireLimits.Envelope + WireLimits.Header ? -1 : BinaryPrimitives.ReadInt32BigEndian(answer[(WireLimits.Envelope + 4)..]);
        var isRight = isEcho ? code == 0 : code == 1 && (Answered % ReadEvery != 0 || IsWhole(answer));
        Answered += isRight ? 1 : 0;
        Wrong += isRight ? 0 : 1;
    }

    private bool IsWhole(ReadOnlySpan<byte> answer) =>
        HandleEnvelope.TryRead(answer, out var envelope, out _)
        && HandleResponseWire.TryRead(answer[WireLimits.Envelope..], envelope.Version, out var response, out _)
        && names.IsRight(response!, envelope.RequestId);
}

/// <summary>What handles are called, by their numbers; all names are of one length.</summary>
/// <param name="First">That of number 0.</param>
/// <param name="Write">Writes the name of a number over another.</param>
/// <param name="IsRight">Whether an answer is that of a number.</param>
internal sealed record QuestionNames(string First, NameWriting Write, Func<HandleResponse, int, bool> IsRight);

internal delegate void NameWriting(Span<byte> name, int number);

using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Jingwei.Load.Lines;

/// <summary>
/// One keep-alive HTTP/1.1 connection that posts prebuilt bodies, each after the answer to the one before: blocking system calls on a
/// thread of its own and nothing else, because the generator takes its processor time from the server beside it.
/// </summary>
public sealed class LineConnection : IDisposable
{
    // An answer to a write is a few headers; what a refusal says beyond that is cut.
    private const int AnswerBytes = 8192;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[AnswerBytes];
    private readonly byte[] head;
    private readonly int headLength;

    public LineConnection(ILineStore store) : this(store.Address, store.WriteHead)
    {
    }

    /// <param name="writeHead">As <see cref="ILineStore.WriteHead"/>.</param>
    public LineConnection(Uri address, string writeHead)
    {
        var fixedHead = Encoding.ASCII.GetBytes(writeHead + "Content-Length: ");
        headLength = fixedHead.Length;
        // Digits of a length and two line ends follow.
        head = new byte[headLength + 24];
        fixedHead.CopyTo(head, 0);
        socket.ReceiveTimeout = (int)AnswerWithin.TotalMilliseconds;
        socket.Connect(address.Host, address.Port);
    }

    /// <summary>Sends the bodies one after the other on a thread of its own.</summary>
    public Task PostAsync(IEnumerable<ReadOnlyMemory<byte>> bodies) => Task.Factory.StartNew(
        () =>
        {
            foreach (var body in bodies)
            {
                Post(body.Span);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Sends one body, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The store refused it.</exception>
    /// <exception cref="SocketException">The store ended.</exception>
    public void Post(ReadOnlySpan<byte> body)
    {
        Utf8Formatter.TryFormat(body.Length, head.AsSpan(headLength), out var digits);
        "\r\n\r\n"u8.CopyTo(head.AsSpan(headLength + digits));
        SendAll(head.AsSpan(0, headLength + digits + 4));
        SendAll(body);

        var length = 0;
        int end;
        while ((end = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = socket.Receive(answer.AsSpan(length));
            if (read == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            length += read;
        }

        // 204 has no body (RFC 9110, 15.3.5), so the next answer begins behind the empty line.
        if (!answer.AsSpan(0, length).StartsWith("HTTP/1.1 204 "u8) || length != end + 4)
        {
            throw new InvalidOperationException("The store refused a request: " + Encoding.UTF8.GetString(answer, 0, length));
        }
    }

    public void Dispose() => socket.Dispose();

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }
}

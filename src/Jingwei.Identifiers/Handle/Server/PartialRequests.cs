using System.Net;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Puts requests together that came in several datagrams (RFC 3652, 2.3).</summary>
internal sealed class PartialRequests(HandleServerLimits limits, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(SocketAddress Sender, int RequestId), Partial> open = [];
    private readonly Queue<Partial> byAge = new();
    private int bytes;

    /// <summary>Adds a part.</summary>
    /// <returns>The whole message when this was its last missing part; else null, also for a part that is wrong or over a limit.</returns>
    public byte[]? Add(SocketAddress sender, HandleEnvelope envelope, ReadOnlySpan<byte> part)
    {
        var start = envelope.Sequence * WireLimits.DatagramPart;
        if (start >= envelope.MessageLength || part.Length != Math.Min(WireLimits.DatagramPart, envelope.MessageLength - start))
        {
            return null;
        }

        lock (gate)
        {
            ForgetOld();
            var key = (sender, envelope.RequestId);
            if (!open.TryGetValue(key, out var partial))
            {
                if (open.Count >= limits.PartialRequests || bytes + envelope.MessageLength > limits.PartialBytes)
                {
                    return null;
                }

                partial = new(key, envelope.MessageLength, clock.GetUtcNow() + limits.PartialTimeout);
                open.Add(key, partial);
                byAge.Enqueue(partial);
                bytes += envelope.MessageLength;
            }

            if (partial.Message.Length != envelope.MessageLength || partial.Seen[envelope.Sequence])
            {
                return null;
            }

            part.CopyTo(partial.Message.AsSpan(start));
            partial.Seen[envelope.Sequence] = true;
            if (--partial.Missing > 0)
            {
                return null;
            }

            Forget(partial);
            return partial.Message;
        }
    }

    private void ForgetOld()
    {
        var now = clock.GetUtcNow();
        while (byAge.TryPeek(out var oldest) && (oldest.Missing == 0 || oldest.Expires <= now))
        {
            byAge.Dequeue();
            Forget(oldest);
        }
    }

    private void Forget(Partial partial)
    {
        if (open.TryGetValue(partial.Key, out var held) && held == partial)
        {
            open.Remove(partial.Key);
            bytes -= partial.Message.Length;
        }
    }

    private sealed class Partial((SocketAddress, int) key, int length, DateTimeOffset expires)
    {
        public (SocketAddress, int) Key { get; } = key;

        public DateTimeOffset Expires { get; } = expires;

        public byte[] Message { get; } = new byte[length];

        public bool[] Seen { get; } = new bool[Datagrams.Count(length)];

        public int Missing { get; set; } = Datagrams.Count(length);
    }
}

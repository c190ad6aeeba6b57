using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>A challenge that waits for its answer (RFC 3652, 3.5.1).</summary>
internal sealed class Challenge(Exchange exchange, int sessionId, DateTimeOffset expires)
{
    /// <summary>16 as the Handle.Net server: nobody meets one twice.</summary>
    private const int NonceBytes = 16;

    private readonly TaskCompletionSource<HandleResponse> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long answeredBy = -1;
    private int started;

    public Exchange Exchange { get; } = exchange;

    public int SessionId { get; } = sessionId;

    public DateTimeOffset Expires { get; } = expires;

    public byte[] Nonce { get; } = RandomNumberGenerator.GetBytes(NonceBytes);

    /// <summary>Of the challenged request, behind the name of its algorithm.</summary>
    public byte[] Digest { get; } = DigestOf(exchange);

    /// <summary>How the challenged request ended, for whoever sends his answer again because ours was lost.</summary>
    public Task<HandleResponse> Outcome => outcome.Task;

    /// <summary>Whether an answer is the first: a nonce is good for one.</summary>
    public bool TryClaim(int requestId) => Interlocked.CompareExchange(ref answeredBy, (uint)requestId, -1) == -1;

    /// <summary>Whether an answer is the one that claimed.</summary>
    public bool IsClaimedBy(int requestId) => Interlocked.Read(ref answeredBy) == (uint)requestId;

    /// <summary>True once: for the message that is to be looked at. The same one sent again waits for <see cref="Outcome"/>.</summary>
    public bool TryStart() => Interlocked.Exchange(ref started, 1) == 0;

    public void End(HandleResponse response) => outcome.TrySetResult(response);

    private static byte[] DigestOf(Exchange exchange)
    {
        var digest = new byte[RequestDigest.MaxBytes];
        return digest[..RequestDigest.Write(exchange.HeaderAndBody, AnswerFrame.VersionFor(exchange.Envelope), digest)];
    }
}

/// <summary>The challenges that may still be answered; no more of them, and of their bytes, than the limits say.</summary>
internal sealed class ChallengeBook(HandleServerLimits limits, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Challenge> open = [];
    private readonly Queue<Challenge> byAge = new();
    private long bytes;

    /// <summary>Null when there is no room: 3.</summary>
    public Challenge? Open(Exchange exchange)
    {
        lock (gate)
        {
            ForgetOld();
            if (open.Count >= limits.Challenges || bytes + exchange.Message.Length > limits.ChallengeBytes)
            {
                return null;
            }

            int sessionId;
            do
            {
                // Not to be guessed, so that nobody can use up another one's challenge.
                sessionId = RandomNumberGenerator.GetInt32(1, int.MaxValue);
            }
            while (open.ContainsKey(sessionId));

            var challenge = new Challenge(exchange, sessionId, clock.GetUtcNow() + limits.ChallengeTimeout);
            open.Add(sessionId, challenge);
            byAge.Enqueue(challenge);
            bytes += exchange.Message.Length;
            return challenge;
        }
    }

    /// <summary>Null when there was none, or it was too long ago: 405.</summary>
    public Challenge? Find(int sessionId)
    {
        lock (gate)
        {
            ForgetOld();
            return open.GetValueOrDefault(sessionId);
        }
    }

    private void ForgetOld()
    {
        while (byAge.TryPeek(out var oldest) && oldest.Expires <= clock.GetUtcNow())
        {
            byAge.Dequeue();
            open.Remove(oldest.SessionId);
            bytes -= oldest.Exchange.Message.Length;
        }
    }
}

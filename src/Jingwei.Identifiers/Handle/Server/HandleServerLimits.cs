using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Every bound of the server, with its default and where that comes from. Immutable.</summary>
public sealed record HandleServerLimits
{
    /// <summary>Bytes of one message, envelope left out; a longer one is refused with 4. 262,144 as the Handle.Net library.</summary>
    public int MessageBytes { get; init; } = WireLimits.Message;

    /// <summary>TCP connections at a time; one more is closed at once. 1,024: clients keep one for a request only.</summary>
    public int Connections { get; init; } = 1024;

    /// <summary>How long a TCP connection may wait for a whole request, or take for our answer. 60 s as the Handle.Net library.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests by UDP that wait for what is not done at once; one more is answered with 3. 4,096: a second of administration.</summary>
    public int Waiting { get; init; } = 4096;

    /// <summary>Requests by UDP that are at work at a time beside the receive loops. 16: most of their time they wait for a disk or another server.</summary>
    public int Working { get; init; } = 16;

    /// <summary>Requests of which only a part of the datagrams is here; one more is dropped. 1,024.</summary>
    public int PartialRequests { get; init; } = 1024;

    /// <summary>Bytes that these take together; a request that would take more is dropped. 16 MiB.</summary>
    public int PartialBytes { get; init; } = 16 << 20;

    /// <summary>How long the rest of a request may take. 5 s as the Handle.Net server.</summary>
    public TimeSpan PartialTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Challenges that nobody has answered; one more request that takes one is answered with 3. 10,000.</summary>
    public int Challenges { get; init; } = 10_000;

    /// <summary>Bytes of the requests that were challenged; as above. 64 MiB.</summary>
    public long ChallengeBytes { get; init; } = 64 << 20;

    /// <summary>How long a challenge may be answered; then 405. 60 s: a person may type a passphrase meanwhile.</summary>
    public TimeSpan ChallengeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Servers that may have asked each other before this one; above it 6. 10 as the Handle.Net server.</summary>
    public int Recursion { get; init; } = 10;

    /// <summary>Handles of a list in one message; the rest follows in more messages. 50 as the Handle.Net server.</summary>
    public int HandlesPerMessage { get; init; } = 50;

    /// <summary>Bytes that the kernel keeps for a UDP socket while its loop is at work; what comes above is lost, and asked again by its client. 4 MiB: some 8,000 requests.</summary>
    public int SocketBuffer { get; init; } = 4 << 20;
}

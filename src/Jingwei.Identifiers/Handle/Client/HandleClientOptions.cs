using System.Net;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Client;

/// <summary>How a client asks, and its bounds.</summary>
public sealed record HandleClientOptions
{
    /// <summary>How long each try by UDP waits. 0.5, 1, 1.5 s as the Handle.Net library; empty asks by TCP alone.</summary>
    public IReadOnlyList<TimeSpan> UdpTries { get; init; } = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5)];

    /// <summary>How long a request by TCP may take, connecting included. 60 s as the Handle.Net library.</summary>
    public TimeSpan TcpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages of one answer that are read, as of a list. 10,000: half a million handles.</summary>
    public int AnswerMessages { get; init; } = 10_000;

    /// <summary>Sites, services and referrals that are followed for one resolution. 40 as the Handle.Net library.</summary>
    public int Referrals { get; init; } = 40;

    /// <summary>What servers are told that the client can do.</summary>
    public HandleVersion Version { get; init; } = HandleVersion.Newest;

    /// <summary>Whether an address may be asked; a host closes with it what a referral of a stranger must not reach. Default: any.</summary>
    public Func<IPAddress, bool> MayAsk { get; init; } = _ => true;
}

using System.Net;
using System.Security.Cryptography;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Where a server listens and how it answers.</summary>
public sealed record HandleServerOptions
{
    /// <summary>The port of the Handle System, UDP and TCP (IANA).</summary>
    public const int DefaultPort = 2641;

    /// <summary>Null: not by UDP. Port 0 takes a free one.</summary>
    public IPEndPoint? Udp { get; init; } = new(IPAddress.IPv6Any, DefaultPort);

    /// <summary>Null: not by TCP. Port 0 takes a free one.</summary>
    public IPEndPoint? Tcp { get; init; } = new(IPAddress.IPv6Any, DefaultPort);

    /// <summary>Threads that receive datagrams. Default: one for each processor, at most 8.</summary>
    public int ReceiveLoops { get; init; } = Math.Min(8, Environment.ProcessorCount);

    /// <summary>How datagrams come from the kernel.</summary>
    public DatagramPath DatagramPath { get; init; } = DatagramPath.Fastest;

    /// <summary>Signs answers of which that was asked; null signs none. Its other half belongs into the server's HS_SITE. Never disposed here.</summary>
    public RSA? SigningKey { get; init; }

    /// <summary>Serial number of the site information; 65,535 when there is none.</summary>
    public ushort SiteSerial { get; init; } = ushort.MaxValue;

    /// <summary>How long an answer holds. 12 h as the Handle.Net library.</summary>
    public TimeSpan AnswerLifetime { get; init; } = TimeSpan.FromHours(12);

    public HandleServerLimits Limits { get; init; } = new();
}

/// <summary>How datagrams come from the kernel and go to it.</summary>
public enum DatagramPath
{
    /// <summary>Many in one call where the system has that (Linux), else one by one.</summary>
    Fastest,

    /// <summary>One by one, everywhere.</summary>
    OneByOne,
}

using Jingwei.Load.Servers;

namespace Jingwei.Load.Mqtt;

/// <summary>Who a client signs in as.</summary>
/// <param name="User">Null where nobody needs to sign in.</param>
/// <param name="Topic">Where it may publish readings.</param>
public sealed record Login(string ClientId, string? User, string? Password, string Topic);

/// <summary>An MQTT server: ours, or a peer. Started empty for one run and thrown away after it.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>Its processor time and memory.</summary>
    SubjectProcess Process { get; }

    /// <summary>The port of the loopback address that it listens to.</summary>
    int Port { get; }

    /// <summary>Starts it with an empty data folder.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Devices, each with a name, and a secret where the server knows secrets.</summary>
    Task<IReadOnlyList<Login>> DevicesAsync(int count, CancellationToken cancellation);

    /// <summary>An application that may publish and subscribe on any topic below "load/".</summary>
    Task<Login> ApplicationAsync(CancellationToken cancellation);

    /// <summary>Compares with what the server holds, where it holds something.</summary>
    /// <param name="acknowledged">Messages of devices that were acknowledged, one value each.</param>
    /// <param name="sum">The sum of these values.</param>
    /// <exception cref="InvalidOperationException">It holds less or more.</exception>
    Task CheckStoredAsync(long acknowledged, long sum, CancellationToken cancellation);
}

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>What a server has done since it was started.</summary>
public sealed class HandleServerCounters
{
    private long datagrams;
    private long connections;
    private long refused;

    /// <summary>Datagrams received.</summary>
    public long Datagrams => Interlocked.Read(ref datagrams);

    /// <summary>TCP connections taken.</summary>
    public long Connections => Interlocked.Read(ref connections);

    /// <summary>TCP connections closed at once, over <see cref="HandleServerLimits.Connections"/>.</summary>
    public long RefusedConnections => Interlocked.Read(ref refused);

    internal void AddDatagrams(int count) => Interlocked.Add(ref datagrams, count);

    internal void AddConnection() => Interlocked.Increment(ref connections);

    internal void AddRefused() => Interlocked.Increment(ref refused);
}

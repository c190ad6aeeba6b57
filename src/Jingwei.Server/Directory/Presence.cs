using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Jingwei.Server.Directory;

/// <summary>Which things are connected now and when each was last heard of; kept in memory, told by the slices that hear them.</summary>
public sealed class Presence(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, int> connections = new(StringComparer.Ordinal);

    // UTC ticks.
    private readonly ConcurrentDictionary<string, StrongBox<long>> heard = new(StringComparer.Ordinal);

    /// <summary>Told the id of a thing whose connection came or went, on the thread that saw it; must not block.</summary>
    public event Action<string>? Changed;

    public bool IsConnected(string thing) => connections.GetValueOrDefault(thing) > 0;

    public DateTimeOffset? LastSeen(string thing) => heard.TryGetValue(thing, out var ticks) ? new DateTimeOffset(Volatile.Read(ref ticks.Value), TimeSpan.Zero) : null;

    public void Connected(string thing)
    {
        connections.AddOrUpdate(thing, 1, (_, count) => count + 1);
        Seen(thing);
        Changed?.Invoke(thing);
    }

    public void Disconnected(string thing)
    {
        connections.AddOrUpdate(thing, 0, (_, count) => Math.Max(0, count - 1));
        Seen(thing);
        Changed?.Invoke(thing);
    }

    public void Seen(string thing) => Volatile.Write(ref heard.GetOrAdd(thing, static _ => new()).Value, clock.GetUtcNow().UtcTicks);
}

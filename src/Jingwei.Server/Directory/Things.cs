using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Jingwei.Server.Directory;

/// <summary>Every thing of the installation, held in memory, stored in the database before it is seen.</summary>
public sealed class Things
{
    private readonly ConcurrentDictionary<string, Thing> all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Thing>> children = new(StringComparer.Ordinal);

    public ICollection<Thing> All => all.Values;

    public bool TryGet(string id, [MaybeNullWhen(false)] out Thing thing) => all.TryGetValue(id, out thing);

    /// <summary>The things whose parent is <paramref name="id"/>.</summary>
    public IEnumerable<Thing> Children(string id) =>
        children.TryGetValue(id, out var found) ? found.Values : [];

    /// <summary>The thing itself and everything below it.</summary>
    public IEnumerable<Thing> Subtree(Thing thing) =>
        Children(thing.Id).SelectMany(Subtree).Prepend(thing);
}

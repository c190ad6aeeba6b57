using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>The packs in force. Readers take <see cref="Current"/> once and work on that snapshot.</summary>
public sealed class PackCatalog(PackSet initial)
{
    private volatile PackSet current = initial;
    private PackMemory? memory;

    public PackSet Current => current;

    /// <summary>Held by who works out a next set from the current one.</summary>
    internal Lock Changing { get; } = new();

    /// <summary>Puts a whole new, checked set in force at once.</summary>
    public void Swap(PackSet next)
    {
        memory?.Remember(next);
        current = next;
    }

    /// <summary>From now on every set knows what packs that are gone declared.</summary>
    internal void Follow(PackMemory of)
    {
        lock (Changing)
        {
            memory = of;
            of.Remember(current);
        }
    }
}

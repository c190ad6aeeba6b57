using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>The packs in force. Readers take <see cref="Current"/> once and work on that snapshot.</summary>
public sealed class PackCatalog(PackSet initial)
{
    private volatile PackSet current = initial;
    private PackSet installed = initial;
    private Func<PackSet, PackSet> revision = static packs => packs;
    private PackMemory? memory;

    /// <summary>What is installed, with what was revised of it since.</summary>
    public PackSet Current => current;

    /// <summary>What is installed, as its authors wrote it.</summary>
    public PackSet Installed => installed;

    /// <summary>Held by who works out a next set from the current one.</summary>
    internal Lock Changing { get; } = new();

    /// <summary>Puts a whole new, checked set in force at once.</summary>
    public void Swap(PackSet next)
    {
        lock (Changing)
        {
            memory?.Remember(next);
            installed = next;
            current = revision(next);
        }
    }

    /// <summary>Puts something over what is installed, now and after every <see cref="Swap"/>.</summary>
    public void Revise(Func<PackSet, PackSet> next)
    {
        lock (Changing)
        {
            revision = next;
            current = next(installed);
        }
    }

    /// <summary>From now on every set knows what packs that are gone declared.</summary>
    internal void Follow(PackMemory of)
    {
        lock (Changing)
        {
            memory = of;
            of.Remember(installed);
            current = revision(installed);
        }
    }
}

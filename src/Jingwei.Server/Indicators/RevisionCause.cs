namespace Jingwei.Server.Indicators;

/// <summary>What makes a figure that stood another one.</summary>
public enum RevisionKind
{
    /// <summary>Readings came in after the window was over: late ones, or corrections of what was there.</summary>
    Readings,

    /// <summary>Readings that had counted turned out not to be good.</summary>
    Withdrawn,

    /// <summary>The server was stopped with readings not computed yet; they were after the start.</summary>
    Restart,

    /// <summary>Several of these.</summary>
    Mixed,
}

/// <summary>Why a figure that stood became another.</summary>
/// <param name="Thing">Whose readings; null for those of several things.</param>
/// <param name="Property">Null for several.</param>
/// <param name="From">The earliest time of the readings, microseconds UTC.</param>
/// <param name="To">The latest.</param>
/// <param name="Readings">How many; 0 where nobody counted.</param>
/// <param name="Arrived">When the last of them was taken in, microseconds UTC.</param>
public sealed record RevisionCause(RevisionKind Kind, string? Thing, string? Property, long From, long To, long Readings, long Arrived)
{
    /// <summary>Both together; the same one twice is one.</summary>
    public static RevisionCause? Join(RevisionCause? one, RevisionCause? other)
    {
        if (one is null || other is null || one == other)
        {
            return one ?? other;
        }

        return new RevisionCause(
            one.Kind == other.Kind ? one.Kind : RevisionKind.Mixed,
            one.Thing == other.Thing ? one.Thing : null,
            one.Thing == other.Thing && one.Property == other.Property ? one.Property : null,
            Math.Min(one.From, other.From),
            Math.Max(one.To, other.To),
            one.Readings + other.Readings,
            Math.Max(one.Arrived, other.Arrived));
    }
}

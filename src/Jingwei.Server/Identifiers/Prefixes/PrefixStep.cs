using System.Collections.Frozen;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>A decision about a prefix.</summary>
/// <param name="Name">As the route has it.</param>
/// <param name="From">The states in which it can be made.</param>
/// <param name="NeedsWhy">Whether it takes something from somebody, and so says why.</param>
/// <param name="ByHolder">Whether the prefix's own party may make it too.</param>
internal sealed record PrefixStep(string Name, FrozenSet<PrefixState> From, PrefixState To, bool NeedsWhy, bool ByHolder)
{
    private static readonly PrefixStep[] All =
    [
        new("approve", [PrefixState.Applied], PrefixState.Active, NeedsWhy: false, ByHolder: false),
        new("refuse", [PrefixState.Applied], PrefixState.Refused, NeedsWhy: true, ByHolder: false),
        new("suspend", [PrefixState.Active], PrefixState.Suspended, NeedsWhy: true, ByHolder: false),
        new("resume", [PrefixState.Suspended], PrefixState.Active, NeedsWhy: false, ByHolder: false),
        new("withdraw", [PrefixState.Applied, PrefixState.Active, PrefixState.Suspended], PrefixState.Withdrawn, NeedsWhy: true, ByHolder: true),
    ];

    /// <summary>The decision of that name, or null.</summary>
    public static PrefixStep? Named(string name) => Array.Find(All, step => step.Name == name);
}

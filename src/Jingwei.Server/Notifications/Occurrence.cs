using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications;

/// <summary>Something that people may want to be notified of.</summary>
/// <param name="Key">The same for the same occurrence, however often it is read from the store.</param>
/// <param name="Directed">Those whom it concerns more than others: the assignee.</param>
/// <param name="By">Who made it happen, and needs no telling; null for the platform itself.</param>
/// <param name="Subject">The rule or type of case, by which a pack's words are chosen.</param>
internal sealed record Occurrence(
    string Key, NotificationKind Kind, Band Severity, DateTimeOffset At, string Party, string Region, string? Thing, string? ThingType,
    string? Alarm, string? Case, string Subject, ImmutableArray<string> Directed, string? By)
{
    /// <summary>The alarm or case as expressions see it, in a language.</summary>
    public required Func<Func<Label, string>, CelValue> Seen { get; init; }

    /// <summary>It happened in an exercise, and is said so.</summary>
    public bool Exercise { get; init; }

    public required string ThingName { get; init; }

    public required Label TypeName { get; init; }
}

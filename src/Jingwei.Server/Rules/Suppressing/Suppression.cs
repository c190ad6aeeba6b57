namespace Jingwei.Server.Rules.Suppressing;

/// <summary>Why alarms are held back, in ISA-18.2 words.</summary>
public enum SuppressionKind
{
    /// <summary>Shelved: a person has put an alarm aside for a while.</summary>
    Shelved,

    /// <summary>Out of service: what is being worked on may say what it likes.</summary>
    Maintenance,
}

/// <summary>Alarms that are held back for a time. At least one of rule, thing and region is named; all that are must fit.</summary>
/// <param name="Id">Grows with each.</param>
/// <param name="Thing">That thing and everything below it; null for any.</param>
/// <param name="Region">That region and those below it; null for any.</param>
/// <param name="By">Who made it.</param>
/// <param name="EndedBy">Who ended it before its time; null for nobody.</param>
public sealed record Suppression(
    long Id, SuppressionKind Kind, string? Rule, string? Thing, string? Region, DateTimeOffset From, DateTimeOffset To, string Why, string By,
    DateTimeOffset MadeAt, DateTimeOffset? EndedAt, string? EndedBy)
{
    /// <summary>True from its beginning until its end, or until somebody ended it.</summary>
    public bool HoldsAt(DateTimeOffset time) => time >= From && time < To && !(EndedAt <= time);
}

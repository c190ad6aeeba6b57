using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Deciding;

/// <summary>Which occurrences are wanted; what is empty does not narrow.</summary>
/// <param name="Types">Types of things, with those that extend them.</param>
public sealed record Interest(ImmutableArray<NotificationKind> Kinds, ImmutableArray<Band> Severities, ImmutableArray<string> Types)
{
    internal bool Fits(Occurrence what, PackSet packs) =>
        (Kinds.IsDefaultOrEmpty || Kinds.Contains(what.Kind)) &&
        (Severities.IsDefaultOrEmpty || Severities.Contains(what.Severity)) &&
        (Types.IsDefaultOrEmpty || (what.ThingType is { } type && Types.Any(wanted => type == wanted || (packs.Type(type)?.Is(wanted) ?? false))));
}

/// <summary>Whose occurrences a user wants to hear of, of those that he may see.</summary>
public enum Concern
{
    /// <summary>Those that are put to him: he is the assignee.</summary>
    Mine,

    /// <summary>Those of the parties and regions that he is on call for just then; and those that are put to him.</summary>
    Duty,

    All,
}

/// <summary>What a user wants to be told of. In the console he is told in any case.</summary>
/// <param name="Party">Only of this party and those below it; null for all.</param>
/// <param name="Region">Only of this region and those below it; null for all.</param>
/// <param name="Mail">By mail too.</param>
public sealed record Subscription(Interest Interest, string? Party, string? Region, Concern Concern, bool Mail);

/// <summary>A stretch of each day, by the user's clock, in which mail waits for its end; what is urgent does not wait.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>When something that happens now may be sent: now, or at the end of the quiet hours.</summary>
    public DateTimeOffset Until(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(From, To))
        {
            return now;
        }

        var end = DateOnly.FromDateTime(local).ToDateTime(To);
        end = end <= local ? end.AddDays(1) : end;
        return new(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(end) ? end.AddHours(1) : end, zone), TimeSpan.Zero);
    }
}

/// <summary>How a user wants to be told.</summary>
/// <param name="Mail">His address; null: no mail.</param>
/// <param name="Language">zh or en.</param>
/// <param name="Zone">IANA name of his zone; null: that of his party.</param>
/// <param name="Quiet">Null: mail comes at any time.</param>
public sealed record NotificationSettings(string? Mail, string Language, string? Zone, QuietHours? Quiet, ImmutableArray<Subscription> Subscriptions)
{
    private static readonly ImmutableArray<NotificationKind> OfCases =
    [
        NotificationKind.CaseAssigned, NotificationKind.CaseDue, NotificationKind.CaseOverdue, NotificationKind.CaseEscalated, NotificationKind.CaseSupervised,
        NotificationKind.CaseAnswered, NotificationKind.CaseAnswerOverdue,
    ];

    /// <summary>For who has set nothing: his own cases, what is urgent on his duty, and every red alarm.</summary>
    public static NotificationSettings Default { get; } = new(
        null, "zh", null, null,
        [
            new(new(OfCases, [], []), null, null, Concern.Duty, true),
            new(new([NotificationKind.AlarmRaised], [Band.Red, Band.Orange], []), null, null, Concern.Duty, true),
            new(new([NotificationKind.AlarmRaised], [Band.Red], []), null, null, Concern.All, false),
        ]);
}

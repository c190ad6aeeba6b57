using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Inbox;

/// <summary>What people are notified of, once for all of them.</summary>
/// <param name="Alarm">The alarm that it is about; null for none.</param>
/// <param name="Case">The case that it is about; null for none.</param>
public record Notice(
    string Id, NotificationKind Kind, Band Severity, DateTimeOffset At, string? Alarm, string? Case, string? Thing, string? ThingName, string Party,
    string Region, Label Subject, Label Body);

/// <summary>A notice as one user has it.</summary>
/// <param name="ReachedAt">When it was shown to him, or his mail server took it; null: not yet.</param>
public sealed record Notification(
    string Id, NotificationKind Kind, Band Severity, DateTimeOffset At, string? Alarm, string? Case, string? Thing, string? ThingName, string Party,
    string Region, Label Subject, Label Body, string Notice, DateTimeOffset? ReachedAt, DateTimeOffset? ReadAt, DateTimeOffset? AcknowledgedAt)
    : Notice(Id, Kind, Severity, At, Alarm, Case, Thing, ThingName, Party, Region, Subject, Body);

/// <summary>A notification of a user, for his screens.</summary>
public sealed record UserNotification(string User, Notification Notification);

/// <summary>A notice with how many it went to, and how many of them it reached, read it and acknowledged it.</summary>
public sealed record CountedNotice(
    string Id, NotificationKind Kind, Band Severity, DateTimeOffset At, string? Alarm, string? Case, string? Thing, string? ThingName, string Party,
    string Region, Label Subject, Label Body, long Told, long Reached, long Read, long Acknowledged)
    : Notice(Id, Kind, Severity, At, Alarm, Case, Thing, ThingName, Party, Region, Subject, Body);

/// <summary>Whom a notice went to, and how far it came with him.</summary>
public sealed record NoticeRecipient(string User, string Name, DateTimeOffset? ReachedAt, DateTimeOffset? ReadAt, DateTimeOffset? AcknowledgedAt, bool Mailed);

using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>What people are notified of.</summary>
public enum NotificationKind
{
    AlarmRaised,
    AlarmCleared,
    CaseOpened,
    CaseAssigned,

    /// <summary>Its deadline is near.</summary>
    CaseDue,

    /// <summary>Its deadline has passed.</summary>
    CaseOverdue,

    /// <summary>It was put before somebody higher up.</summary>
    CaseEscalated,

    /// <summary>Somebody above asked, urged or instructed.</summary>
    CaseSupervised,

    /// <summary>Who supervised it was answered.</summary>
    CaseAnswered,

    /// <summary>Who supervised it was not answered in time.</summary>
    CaseAnswerOverdue,
    CaseClosed,
}

/// <summary>Words of a notification instead of the platform's own: text with CEL expressions in double braces.</summary>
/// <param name="Rule">Only for alarms of this rule; null for any.</param>
/// <param name="CaseType">Only for cases of this type; null for any.</param>
public sealed record NotificationText(
    string Id, string Pack, ImmutableArray<NotificationKind> Kinds, string? Rule, string? CaseType, Label Subject, Label Body);

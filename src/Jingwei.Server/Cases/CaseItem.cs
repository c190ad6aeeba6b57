using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>A case as lists and the live stream show it.</summary>
/// <param name="Title">In Chinese where the two languages differ; <paramref name="TitleLabel"/> has both.</param>
/// <param name="Exercise">It is a drill.</param>
/// <param name="Delegate">Who acts for the assignee.</param>
/// <param name="Level">How often it was escalated in its state.</param>
/// <param name="Supervisions">How often somebody above waits for an answer.</param>
/// <param name="TasksOver">How many of its tasks are done or skipped.</param>
public record CaseItem(
    string Id, string Number, string Type, Label TypeName, string Title, Label TitleLabel, string State, Label StateName, bool Final,
    Band Severity, string? Thing, string? ThingName, string Party, string Region, bool Exercise, string? Assignee, string? AssigneeName,
    string? Delegate, string? DelegateName, DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset EnteredAt, DateTimeOffset? Due, bool Late,
    long Level, DateTimeOffset? ClosedAt, string? Alarm, long Tasks, long TasksOver, long EvidenceCount, long Supervisions, string? MergedInto, long? Mark, long Version);

/// <summary>How a field is filled in.</summary>
public sealed record FieldInfo(
    string Id, Label Name, PropertyKind Type, string? Unit, double?[]? Range, IReadOnlyList<EnumerationValue>? Values, int? MaxLength)
{
    public static FieldInfo Of(Property field) => new(
        field.Id, field.Name, field.Kind, field.Unit,
        field.Min is null && field.Max is null ? null : [field.Min, field.Max],
        field.Kind == PropertyKind.Enumeration ? field.Values : null,
        field.Kind == PropertyKind.Text ? field.MaxLength : null);
}

/// <summary>A step that leads out of the state that a case is in.</summary>
/// <param name="Assigns">Takes an assignee as input.</param>
/// <param name="Why">What forbids it to this caller, or what it still waits for; null when it is allowed.</param>
public sealed record TransitionItem(
    string Id, Label Name, string To, ImmutableArray<string> Requires, bool Assigns, bool Comment, bool Allowed, Label? Why);

/// <summary>Who has to move a case on: its assignee, or else the duty of its party.</summary>
/// <param name="Kind">"user" or "duty".</param>
/// <param name="Id">The user's id, or that of the party whose duty it is.</param>
/// <param name="Delegate">Who acts for him.</param>
public sealed record Responsible(string Kind, string Id, string Name, Label Label, string? Delegate = null);

/// <summary>Who was responsible, in which state, from when until when.</summary>
/// <param name="To">Null: still.</param>
public sealed record ResponsibleSpan(DateTimeOffset From, DateTimeOffset? To, string State, Label StateName, Responsible Responsible);

/// <summary>A task of a case.</summary>
/// <param name="Allowed">The caller may end it now.</param>
/// <param name="Why">What forbids that, or what it waits for; null when he may.</param>
public sealed record TaskItem(
    string Id, Label Name, string Role, Label RoleName, ImmutableArray<string> After, TaskProgress Progress, string? Assignee, string? AssigneeName,
    DateTimeOffset? Due, bool Late, DateTimeOffset? EndedAt, string? EndedByName, ImmutableArray<string> Checks, ImmutableArray<string> Evidence, bool Allowed,
    Label? Why);

/// <summary>A line of the checklist.</summary>
public sealed record CheckLine(string Id, Label Name, bool Done);

/// <summary>A kind of evidence that a case can have.</summary>
public sealed record EvidenceInfo(string Id, Label Name, ImmutableArray<string> Types, long MaxBytes);

/// <summary>A file of evidence.</summary>
public sealed record EvidenceItem(
    string Kind, Label KindName, string Hash, string Name, string MediaType, long Bytes, string? Task, DateTimeOffset At, string ByName);

/// <summary>What happens by itself and when.</summary>
/// <param name="What">due, remind, escalate or answer.</param>
/// <param name="Seq">For answer: the event that asked for it.</param>
public sealed record TimerItem(string What, DateTimeOffset At, bool Fired, string? Task, Label? Sentence, long? Seq);

/// <summary>What somebody above asked for, and what he was answered.</summary>
/// <param name="Seq">The event that asked.</param>
/// <param name="Region">Of the grant by which he may.</param>
/// <param name="Above">That region is above that of the case.</param>
/// <param name="Late">The answer is overdue, or came late.</param>
/// <param name="Answer">Null while nobody has answered.</param>
public sealed record SupervisionItem(
    long Seq, SupervisionKind Kind, string Text, string By, string ByName, string Region, bool Above, DateTimeOffset At, DateTimeOffset? Due, bool Late,
    AnswerItem? Answer);

public sealed record AnswerItem(long Seq, string Text, string By, string ByName, DateTimeOffset At);

/// <summary>A line of a case's history.</summary>
/// <param name="Data">As written; null once it was erased.</param>
/// <param name="Hash">The link of the hash chain, in lower-case hexadecimal.</param>
public sealed record HistoryItem(
    long Seq, DateTimeOffset At, string Actor, string ActorName, string Kind, JsonElement? Data, bool Erased, string Hash);

/// <summary>A case with what it holds, what may be done with it and what was.</summary>
public sealed record CaseDetail : CaseItem
{
    public CaseDetail(CaseItem item) : base(item)
    {
    }

    public required ImmutableSortedDictionary<string, FieldValue> Fields { get; init; }

    public required IReadOnlyList<FieldInfo> FieldInfo { get; init; }

    public required IReadOnlyList<TransitionItem> Transitions { get; init; }

    /// <summary>Null once the case is closed.</summary>
    public required Responsible? Responsible { get; init; }

    public required IReadOnlyList<ResponsibleSpan> ResponsibleOverTime { get; init; }

    public required IReadOnlyList<string> Alarms { get; init; }

    public required IReadOnlyList<TaskItem> Plan { get; init; }

    public required IReadOnlyList<CheckLine> Checklist { get; init; }

    public required IReadOnlyList<EvidenceInfo> EvidenceInfo { get; init; }

    public required IReadOnlyList<EvidenceItem> Evidence { get; init; }

    public required IReadOnlyList<TimerItem> Timers { get; init; }

    public required IReadOnlyCollection<string> Links { get; init; }

    /// <summary>True when the caller may pass it on, send it back or let another act for the assignee.</summary>
    public required bool MayPass { get; init; }

    /// <summary>What those above asked for, oldest first, answered or not.</summary>
    public required IReadOnlyList<SupervisionItem> Supervision { get; init; }

    /// <summary>True when the caller may ask, urge or instruct.</summary>
    public required bool MaySupervise { get; init; }

    /// <summary>True when the caller may answer those above.</summary>
    public required bool MayAnswer { get; init; }

    /// <summary>True when the caller may change its title, severity and fields.</summary>
    public required bool MayRevise { get; init; }

    /// <summary>True when it takes a mark of satisfaction from this caller now.</summary>
    public required bool MayRate { get; init; }

    /// <summary>Digest of the version of its type that it goes by; null for one of before versions were kept.</summary>
    public required string? Definition { get; init; }

    /// <summary>True when the version that is installed is another one.</summary>
    public required bool Outdated { get; init; }

    public required IReadOnlyList<HistoryItem> History { get; init; }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Jingwei.Server.Access;

namespace Jingwei.Server.Packs.Model;

/// <summary>A state of a case.</summary>
/// <param name="Within">How long a case may stay in it before it is late; null for no limit.</param>
public sealed record CaseState(string Id, bool Final, TimeSpan? Within, Label Name)
{
    /// <summary>What its times are counted in; null: every hour of every day.</summary>
    public WorkCalendar? Calendar { get; init; }

    /// <summary>How long before the deadline whoever is responsible is reminded.</summary>
    public ImmutableArray<TimeSpan> Remind { get; init; } = [];

    public ImmutableArray<Escalation> Escalations { get; init; } = [];

    /// <summary>The role that is responsible while nobody is assigned; null: whoever can move it on.</summary>
    public string? Role { get; init; }

    /// <summary>In place of <see cref="Within"/>, by severity; one that is not named has no limit. Null: the same for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<Band, TimeSpan>? WithinBy { get; init; }

    /// <summary>In place of <see cref="Remind"/>, by severity. Null: the same for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<Band, ImmutableArray<TimeSpan>>? RemindBy { get; init; }

    public TimeSpan? WithinFor(Band severity) => Levels.Of(WithinBy, Within, severity);

    public ImmutableArray<TimeSpan> RemindFor(Band severity) => Levels.Of(RemindBy, Remind, severity);

    /// <summary>True when its times or whom it tells differ by severity.</summary>
    public bool DiffersBySeverity()
    {
        foreach (var step in Escalations)
        {
            if (step.Severities is not null)
            {
                return true;
            }
        }

        return WithinBy is not null || RemindBy is not null;
    }
}

/// <summary>Whom an escalation tells.</summary>
public enum Recipient
{
    Assignee,
    Opener,

    /// <summary>Who holds a right over the place.</summary>
    Duty,
}

/// <summary>Who is told when a case stays in a state for too long.</summary>
/// <param name="After">Since the case came into the state, by the state's calendar.</param>
/// <param name="Right">For Duty: the right that they hold.</param>
/// <param name="Of">For Duty: a kind of region; theirs is the nearest of it that the case is in. Null: where the case is.</param>
/// <param name="Severity">What the case is raised to, where it is lower; null: it stays.</param>
public sealed record Escalation(TimeSpan After, Recipient Notify, Right Right, string? Of, Band? Severity)
{
    /// <summary>Only while the case has one of these severities; null: whatever it has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Band>? Severities { get; init; }
}

/// <summary>A step that people take from one state to another.</summary>
/// <param name="Right">The right over the case's party and region that it needs.</param>
/// <param name="ByAssignee">Only the assignee may take it.</param>
/// <param name="Assigns">Takes an assignee as input.</param>
/// <param name="AssignsSelf">Makes the caller the assignee.</param>
/// <param name="Requires">Fields that must be filled in once it is taken.</param>
public sealed record CaseTransition(
    string Id, ImmutableArray<string> From, string To, Right Right, bool ByAssignee, bool Assigns, bool AssignsSelf,
    ImmutableArray<string> Requires, bool CommentRequired, Label Name)
{
    /// <summary>Tasks that must be done or skipped.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>Items of the checklist that must be ticked.</summary>
    public ImmutableArray<string> Checks { get; init; } = [];

    /// <summary>Kinds of evidence of which one at least must be there.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];
}

/// <summary>Who does tasks of that role: those with the right.</summary>
public sealed record CaseRole(string Id, Right Right, Label Name);

/// <summary>A piece of work of the plan.</summary>
/// <param name="After">Tasks that must be done before it can begin.</param>
/// <param name="Within">How long it may take once it can begin; null for no limit.</param>
public sealed record PlanTask(string Id, string Role, ImmutableArray<string> After, TimeSpan? Within, Label Name)
{
    /// <summary>What its time is counted in; null: every hour of every day.</summary>
    public WorkCalendar? Calendar { get; init; }

    /// <summary>How long before its deadline whoever has it is reminded.</summary>
    public ImmutableArray<TimeSpan> Remind { get; init; } = [];

    public ImmutableArray<string> Checks { get; init; } = [];

    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>CEL over severity and fields of the case: the task is part of it while that holds. Null: always.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? When { get; init; }

    /// <inheritdoc cref="CaseState.WithinBy"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<Band, TimeSpan>? WithinBy { get; init; }

    /// <inheritdoc cref="CaseState.RemindBy"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<Band, ImmutableArray<TimeSpan>>? RemindBy { get; init; }

    public TimeSpan? WithinFor(Band severity) => Levels.Of(WithinBy, Within, severity);

    public ImmutableArray<TimeSpan> RemindFor(Band severity) => Levels.Of(RemindBy, Remind, severity);

    /// <summary>True when its times differ by severity.</summary>
    public bool DiffersBySeverity() => WithinBy is not null || RemindBy is not null;
}

/// <summary>A line of the checklist.</summary>
public sealed record CheckItem(string Id, Label Name);

/// <summary>Files that show something.</summary>
/// <param name="Types">Media types that are taken, found by looking at the bytes.</param>
/// <param name="MaxBytes">The largest file.</param>
public sealed record EvidenceKind(string Id, ImmutableArray<string> Types, long MaxBytes, Label Name);

/// <summary>The transitions that the platform takes when a request for a sharing agreement was answered.</summary>
/// <param name="Declined">Also where it was withdrawn.</param>
public sealed record AgreementTransitions(string Accepted, string Declined);

/// <summary>A type of closed loop: states, transitions, fields, deadlines.</summary>
public sealed record CaseType(
    string Id, string Pack, string Initial, ImmutableArray<CaseState> States,
    ImmutableArray<CaseTransition> Transitions, ImmutableArray<Property> Fields, Label Name)
{
    public ImmutableArray<CaseRole> Roles { get; init; } = [];

    public ImmutableArray<PlanTask> Plan { get; init; } = [];

    public ImmutableArray<CheckItem> Checklist { get; init; } = [];

    public ImmutableArray<EvidenceKind> Evidence { get; init; } = [];

    /// <summary>True when a closed case is given a mark of satisfaction, 1 to 5.</summary>
    public bool Rated { get; init; }

    /// <summary>Where it is the case of requests for sharing agreements: how it ends with them. Null: it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgreementTransitions? Agreement { get; init; }

    public CaseState State(string id) => States.First(each => each.Id == id);

    /// <summary>True when tasks of the plan depend on severity or fields.</summary>
    public bool HasConditions()
    {
        foreach (var task in Plan)
        {
            if (task.When is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when times differ by severity.</summary>
    public bool DiffersBySeverity()
    {
        foreach (var state in States)
        {
            if (state.DiffersBySeverity())
            {
                return true;
            }
        }

        foreach (var task in Plan)
        {
            if (task.DiffersBySeverity())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The right that a role of this type asks for; to operate where there is no such role.</summary>
    public Right RightOf(string? role) => Roles.FirstOrDefault(each => each.Id == role)?.Right ?? Right.Operate;
}

/// <summary>What is declared once for all severities, or for each.</summary>
internal static class Levels
{
    /// <summary>For a severity; without a map what is the same for all, with one nothing where it does not name the severity.</summary>
    public static TimeSpan? Of(ImmutableSortedDictionary<Band, TimeSpan>? by, TimeSpan? all, Band severity) =>
        by is null ? all : by.TryGetValue(severity, out var own) ? own : null;

    /// <inheritdoc cref="Of(ImmutableSortedDictionary{Band, TimeSpan}?, TimeSpan?, Band)"/>
    public static ImmutableArray<TimeSpan> Of(ImmutableSortedDictionary<Band, ImmutableArray<TimeSpan>>? by, ImmutableArray<TimeSpan> all, Band severity) =>
        by is null ? all : by.TryGetValue(severity, out var own) ? own : [];
}

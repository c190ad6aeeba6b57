using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What happened to a case. Says all that the fold needs, so that history reads the same after a pack changed.</summary>
public abstract record CaseEvent;

public sealed record CaseOpened(
    string Type, string State, DateTimeOffset? Due, Band Severity, string? Thing, string Party, string Region, string? Rule) : CaseEvent
{
    /// <summary>Digest of the version of the type that it goes by.</summary>
    public string? Definition { get; init; }

    /// <summary>It is a drill.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Exercise { get; init; }

    /// <summary>What is to happen by itself in the state, beside the deadline.</summary>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>Title or fields were set; a null value clears a field.</summary>
/// <param name="Title">Null leaves it as it is.</param>
/// <param name="Fields">Null once the content was erased.</param>
public sealed record CaseFieldsChanged(Label? Title, ImmutableSortedDictionary<string, FieldValue?>? Fields) : CaseEvent
{
    /// <summary>Why, for a change outside of a transition; null: with the opening or a transition.</summary>
    public string? Reason { get; init; }
}

public sealed record CaseSeverityChanged(Band From, Band To, string Reason) : CaseEvent;

/// <summary>The case belongs to another region of the same party from now on.</summary>
public sealed record CaseRegionChanged(string From, string To, string Reason) : CaseEvent;

public sealed record CaseTransitioned(string Transition, string From, string To, bool Final, DateTimeOffset? Due) : CaseEvent
{
    /// <inheritdoc cref="CaseOpened.Timers"/>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>The severity changed, and with it the deadline of the state: it is counted from when the case came into it.</summary>
/// <param name="Timers">All that happens by itself in the state from now on, with what has fired.</param>
public sealed record CaseDueChanged(string State, DateTimeOffset? From, DateTimeOffset? To, ImmutableArray<CaseTimer> Timers) : CaseEvent;

public sealed record CaseAssigned(string Assignee) : CaseEvent;

/// <summary>How a case came to another.</summary>
public enum Passing
{
    Reassigned,
    HandedOver,

    /// <summary>Sent back to whoever had it before.</summary>
    Returned,
}

/// <param name="To">Null: to whoever is on duty.</param>
public sealed record CasePassed(Passing How, string? From, string? To, string? Reason) : CaseEvent;

/// <summary>Somebody acts for the assignee, who stays responsible.</summary>
/// <param name="To">Null: nobody any more.</param>
public sealed record CaseDelegated(string? To, string? Reason) : CaseEvent;

/// <param name="Text">Null once the content was erased.</param>
public sealed record CaseCommented(string? Text) : CaseEvent;

public sealed record CaseAlarmLinked(string Alarm) : CaseEvent;

/// <summary>The deadline of a state passed; once for each stay in it.</summary>
public sealed record CaseOverdue(string State, DateTimeOffset Due) : CaseEvent;

/// <summary>A deadline comes near.</summary>
/// <param name="Key">The timer that fired.</param>
/// <param name="Task">The task whose deadline it is; null: that of the state.</param>
public sealed record CaseReminded(string Key, DateTimeOffset Due, string? Task) : CaseEvent;

/// <summary>The case stayed in a state for so long that others are told.</summary>
/// <param name="Right">For Duty: the right of those who are told.</param>
/// <param name="Of">For Duty: the kind of region whose duty it is.</param>
/// <param name="Severity">What the case was raised to; null: it stays.</param>
public sealed record CaseEscalated(
    string Key, string State, int Level, TimeSpan After, Recipient Notify, Right? Right, string? Of, Band? Severity) : CaseEvent;

/// <summary>What event <paramref name="Seq"/> said was erased; that it was there, by whom and when, stays.</summary>
public sealed record CaseErased(long Seq, string Reason) : CaseEvent;

/// <summary>The tasks that the case began with.</summary>
public sealed record CasePlanned(ImmutableArray<CaseTask> Tasks) : CaseEvent
{
    /// <summary>Deadlines of tasks that are ready, and reminders of these.</summary>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>A task is over, and those that waited for it alone begin.</summary>
/// <param name="Skipped">It was not done, for the reason in <paramref name="Text"/>.</param>
public sealed record CaseTaskEnded(string Task, bool Skipped, string? Text, ImmutableArray<ReadyTask> Ready) : CaseEvent
{
    /// <inheritdoc cref="CasePlanned.Timers"/>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>A task that can begin.</summary>
public sealed record ReadyTask(string Task, DateTimeOffset? Due);

/// <summary>A task was sent back: it is to be done again, and those after it wait for it again.</summary>
public sealed record CaseTaskReturned(string Task, string Reason, DateTimeOffset? Due, ImmutableArray<string> Waiting) : CaseEvent
{
    /// <inheritdoc cref="CasePlanned.Timers"/>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <param name="Assignee">Null: whoever has the role.</param>
public sealed record CaseTaskAssigned(string Task, string? Assignee) : CaseEvent;

public sealed record CaseTaskOverdue(string Task, DateTimeOffset Due) : CaseEvent;

/// <summary>The severity changed, and with it the deadline of a task: it is counted from when the task could begin.</summary>
/// <param name="Timers">All that happens to the task by itself from now on, with what has fired.</param>
public sealed record CaseTaskDueChanged(string Task, DateTimeOffset? From, DateTimeOffset? To, ImmutableArray<CaseTimer> Timers) : CaseEvent;

/// <summary>Tasks are part of the case from now on: by its severity and fields their conditions hold.</summary>
public sealed record CaseTasksAdded(ImmutableArray<CaseTask> Tasks) : CaseEvent
{
    /// <inheritdoc cref="CasePlanned.Timers"/>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>Tasks that nobody had begun are no part of the case any more: their conditions hold no longer.</summary>
/// <param name="Ready">Those that waited for these alone.</param>
public sealed record CaseTasksDropped(ImmutableArray<string> Tasks, ImmutableArray<ReadyTask> Ready) : CaseEvent
{
    /// <inheritdoc cref="CasePlanned.Timers"/>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

public sealed record CaseChecked(string Item, bool Done) : CaseEvent;

public sealed record CaseEvidenceAdded(Evidence Evidence) : CaseEvent;

/// <summary>The case became a part of another and is closed.</summary>
public sealed record CaseMerged(string Into, string Reason) : CaseEvent;

/// <summary>Another case became a part of this one, which is about its alarms as well now.</summary>
/// <param name="Reason">Why; null in histories of builds that did not keep it.</param>
public sealed record CaseAbsorbed(string From, ImmutableArray<string> Alarms, string? Reason = null) : CaseEvent;

/// <summary>The case is no part of another any more, and open again in the state that it had; its deadlines count from now.</summary>
/// <param name="From">The case that it was a part of.</param>
/// <param name="Ready">The tasks that can begin.</param>
public sealed record CaseRestored(string From, string Reason, DateTimeOffset? Due, ImmutableArray<ReadyTask> Ready) : CaseEvent
{
    /// <summary>What is to happen by itself to state and tasks, beside the state's deadline.</summary>
    public ImmutableArray<CaseTimer>? Timers { get; init; }
}

/// <summary>A case that was a part of this one is one of its own again, and is about these alarms alone.</summary>
public sealed record CaseReleased(string To, ImmutableArray<string> Alarms, string Reason) : CaseEvent;

public sealed record CaseLinked(string Other, bool Linked, string? Reason) : CaseEvent;

/// <summary>Somebody above asked, urged or instructed; the number of this event names it.</summary>
/// <param name="Region">Of the grant by which he may.</param>
/// <param name="Above">That region is above the case's own.</param>
/// <param name="Due">When an answer is due; null: there is no hurry.</param>
public sealed record CaseSupervised(SupervisionKind Kind, string Text, string Region, bool Above, DateTimeOffset? Due) : CaseEvent;

/// <param name="Seq">The event that asked for it.</param>
public sealed record CaseSupervisionAnswered(long Seq, string Text) : CaseEvent;

/// <param name="Seq">The event that asked for an answer.</param>
public sealed record CaseAnswerOverdue(long Seq, DateTimeOffset Due) : CaseEvent;

public sealed record CaseRated(int Mark, string? Text) : CaseEvent;

/// <summary>The case goes by another version of its type from now on.</summary>
/// <param name="State">The state that it is in by that version.</param>
/// <param name="Timers">All that is still to happen by itself, of state and tasks.</param>
public sealed record CaseMigrated(
    string From, string To, string Reason, string State, bool Final, DateTimeOffset? Due, ImmutableArray<CaseTask> Tasks,
    ImmutableArray<CaseTimer> Timers) : CaseEvent;

/// <summary>An event in its place.</summary>
/// <param name="Seq">1 for the case's first event, without gaps.</param>
public sealed record PlacedEvent(string Case, long Seq, DateTimeOffset At, string Actor, CaseEvent Event);

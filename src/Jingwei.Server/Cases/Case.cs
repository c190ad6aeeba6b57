using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>One closed loop as it stands: the fold of its events, and of nothing else.</summary>
/// <param name="Id">The number that people know it by, as 2026-000123: unique, never reused.</param>
/// <param name="Title">Null once it was erased.</param>
/// <param name="Thing">Null for a case that is about no one thing.</param>
/// <param name="Due">When it has to have left its state; null for no deadline.</param>
/// <param name="Late">The deadline of the state that it is in passed.</param>
/// <param name="Rule">The rule that opened it; null for one opened by hand.</param>
/// <param name="Alarms">The alarms that it is about, oldest first.</param>
/// <param name="Version">How many events it has.</param>
public sealed record Case(
    string Id, string Type, Label? Title, string State, bool Final, Band Severity, string? Thing, string Party, string Region,
    string? Assignee, DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset? Due, bool Late, DateTimeOffset? ClosedAt,
    string? Rule, ImmutableArray<string> Alarms, ImmutableSortedDictionary<string, FieldValue> Fields, long Version)
{
    /// <summary>Digest of the version of its type that it goes by; null: of a time when versions were not kept.</summary>
    public string? Definition { get; init; }

    /// <summary>It is a drill.</summary>
    public bool Exercise { get; init; }

    /// <summary>When it came into its state.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>Who acts for the assignee; null for nobody.</summary>
    public string? Delegate { get; init; }

    /// <summary>Who had it before the assignee, newest last; null where nobody had.</summary>
    public ImmutableArray<string?> Before { get; init; } = [];

    /// <summary>How often it was escalated in the state that it is in.</summary>
    public int Level { get; init; }

    /// <summary>What happens to it by itself, fired or still to come, of its state and its tasks.</summary>
    public ImmutableArray<CaseTimer> Timers { get; init; } = [];

    public ImmutableArray<CaseTask> Tasks { get; init; } = [];

    /// <summary>Ticked items of the checklist.</summary>
    public ImmutableSortedSet<string> Checks { get; init; } = ImmutableSortedSet<string>.Empty;

    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>Cases that it was linked with.</summary>
    public ImmutableSortedSet<string> Links { get; init; } = ImmutableSortedSet<string>.Empty;

    /// <summary>What those above asked for and nobody has answered.</summary>
    public ImmutableArray<Supervision> Supervisions { get; init; } = [];

    /// <summary>The case that it became a part of.</summary>
    public string? MergedInto { get; init; }

    /// <summary>How satisfied somebody was at its end, 1 to 5.</summary>
    public int? Mark { get; init; }

    public CaseTask? Task(string id) => Tasks.FirstOrDefault(each => each.Id == id);

    /// <summary>True for the assignee and for who acts for him.</summary>
    public bool IsHeldBy(string user) => Assignee == user || Delegate == user;
}

/// <summary>A moment at which something happens to a case by itself.</summary>
/// <param name="Key">What it is, as <see cref="CaseTiming"/> names it; unique in its case.</param>
public sealed record CaseTimer(string Key, DateTimeOffset At, bool Fired = false);

/// <summary>How far a task is.</summary>
public enum TaskProgress
{
    /// <summary>Waits for others.</summary>
    Waiting,
    Ready,
    Done,
    Skipped,
}

/// <summary>A task of a case's plan.</summary>
/// <param name="After">Tasks that it waits for.</param>
/// <param name="Assignee">Null: whoever has the role.</param>
public sealed record CaseTask(
    string Id, string Role, ImmutableArray<string> After, TaskProgress Progress, string? Assignee, DateTimeOffset? Due, bool Late,
    DateTimeOffset? EndedAt, string? EndedBy)
{
    /// <summary>Since when it can begin; null while it waits, and where its times are the same for all severities.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Done or skipped.</summary>
    public bool IsOver => Progress is TaskProgress.Done or TaskProgress.Skipped;
}

/// <summary>A file that shows something.</summary>
/// <param name="Kind">As the case type declares it.</param>
/// <param name="Hash">SHA-256 of its bytes in lower-case hexadecimal: its address.</param>
/// <param name="MediaType">Found by looking at the bytes.</param>
/// <param name="Task">The task that it belongs to; null for the case as a whole.</param>
public sealed record Evidence(string Kind, string Hash, string Name, string MediaType, long Bytes, string? Task);

/// <summary>A question, urging or instruction from above that waits for its answer.</summary>
/// <param name="Seq">The event that asked.</param>
/// <param name="Late">The answer is overdue.</param>
public sealed record Supervision(long Seq, SupervisionKind Kind, string By, DateTimeOffset? Due, bool Late);

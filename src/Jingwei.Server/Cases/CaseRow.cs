using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>A case as lists have it: what the table case_row holds, made from the fold and from nothing else.</summary>
public sealed record CaseRow
{
    public required string Id { get; init; }

    /// <summary>Position of its opening in the history of all cases: the order of lists.</summary>
    public required long Ordinal { get; init; }

    public required string Type { get; init; }

    public required string TitleZh { get; init; }

    public required string TitleEn { get; init; }

    public required string State { get; init; }

    public required bool Final { get; init; }

    public required Band Severity { get; init; }

    public string? Thing { get; init; }

    public required string Party { get; init; }

    public required string Region { get; init; }

    public string? Assignee { get; init; }

    /// <summary>Who acts for the assignee.</summary>
    public string? Delegate { get; init; }

    /// <summary>Microseconds since the epoch, UTC; so are the other times.</summary>
    public required long OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    /// <summary>It is a drill.</summary>
    public bool Exercise { get; init; }

    /// <summary>When it came into its state.</summary>
    public required long EnteredAt { get; init; }

    public long? Due { get; init; }

    public required bool Late { get; init; }

    /// <summary>How often it was escalated in its state.</summary>
    public required long Level { get; init; }

    public long? ClosedAt { get; init; }

    /// <summary>The newest alarm that it is about.</summary>
    public string? Alarm { get; init; }

    public string? Rule { get; init; }

    /// <summary>Tasks of its plan, and how many of them are over.</summary>
    public required long Tasks { get; init; }

    public required long TasksOver { get; init; }

    /// <summary>Files of evidence.</summary>
    public required long Evidence { get; init; }

    /// <summary>How often somebody above waits for an answer.</summary>
    public long Supervisions { get; init; }

    public string? MergedInto { get; init; }

    public long? Mark { get; init; }

    /// <summary>Digest of the version of its type that it goes by.</summary>
    public string? Definition { get; init; }

    public required long Version { get; init; }

    public static CaseRow Of(Case state, long ordinal) => new()
    {
        Id = state.Id,
        Ordinal = ordinal,
        Type = state.Type,
        TitleZh = state.Title?.Zh ?? state.Id,
        TitleEn = state.Title?.En ?? state.Id,
        State = state.State,
        Final = state.Final,
        Severity = state.Severity,
        Thing = state.Thing,
        Party = state.Party,
        Region = state.Region,
        Assignee = state.Assignee,
        Delegate = state.Delegate,
        OpenedAt = CaseTime.Of(state.OpenedAt),
        OpenedBy = state.OpenedBy,
        Exercise = state.Exercise,
        EnteredAt = CaseTime.Of(state.EnteredAt),
        Due = state.Due is { } due ? CaseTime.Of(due) : null,
        Late = state.Late,
        Level = state.Level,
        ClosedAt = state.ClosedAt is { } closed ? CaseTime.Of(closed) : null,
        Alarm = state.Alarms.IsEmpty ? null : state.Alarms[^1],
        Rule = state.Rule,
        Tasks = state.Tasks.Length,
        TasksOver = state.Tasks.IsEmpty ? 0 : state.Tasks.Count(task => task.IsOver),
        Evidence = state.Evidence.Length,
        Supervisions = state.Supervisions.Length,
        MergedInto = state.MergedInto,
        Mark = state.Mark,
        Definition = state.Definition,
        Version = state.Version,
    };
}

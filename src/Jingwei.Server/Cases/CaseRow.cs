using System.Collections.Immutable;
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

    /// <summary>Microseconds since the epoch, UTC; so are the other times.</summary>
    public required long OpenedAt { get; init; }

    public required string OpenedBy { get; init; }

    public long? Due { get; init; }

    public required bool Late { get; init; }

    public long? ClosedAt { get; init; }

    /// <summary>The newest alarm that it is about.</summary>
    public string? Alarm { get; init; }

    public string? Rule { get; init; }

    public required long Version { get; init; }

    /// <summary>Its words, normalised, for searching.</summary>
    public required string Search { get; init; }

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
        OpenedAt = CaseTime.Of(state.OpenedAt),
        OpenedBy = state.OpenedBy,
        Due = state.Due is { } due ? CaseTime.Of(due) : null,
        Late = state.Late,
        ClosedAt = state.ClosedAt is { } closed ? CaseTime.Of(closed) : null,
        Alarm = state.Alarms.LastOrDefault(),
        Rule = state.Rule,
        Version = state.Version,
        Search = CaseSearch.Normalise(string.Join('\n', Words(state))),
    };

    private static IEnumerable<string> Words(Case state) =>
        ImmutableArray.Create(state.Id, state.Title?.Zh ?? "", state.Title?.En ?? "", state.Thing ?? "")
            .Concat(state.Fields.Values.Select(value => value.Words))
            .Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal);
}

using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>A case as lists and the live stream show it.</summary>
/// <param name="Title">In Chinese where the two languages differ; <paramref name="TitleLabel"/> has both.</param>
public record CaseItem(
    string Id, string Number, string Type, Label TypeName, string Title, Label TitleLabel, string State, Label StateName, bool Final,
    Band Severity, string? Thing, string? ThingName, string Party, string Region, string? Assignee, string? AssigneeName,
    DateTimeOffset OpenedAt, string OpenedBy, DateTimeOffset? Due, bool Late, DateTimeOffset? ClosedAt, string? Alarm, long Version);

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
/// <param name="Why">What forbids it to this caller; null when it is allowed.</param>
public sealed record TransitionItem(
    string Id, Label Name, string To, ImmutableArray<string> Requires, bool Assigns, bool Comment, bool Allowed, Label? Why);

/// <summary>Who has to move a case on: its assignee, or else the duty of its party.</summary>
/// <param name="Kind">"user" or "duty".</param>
/// <param name="Id">The user's id, or that of the party whose duty it is.</param>
public sealed record Responsible(string Kind, string Id, string Name, Label Label);

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

    public required IReadOnlyList<string> Alarms { get; init; }

    public required IReadOnlyList<HistoryItem> History { get; init; }
}

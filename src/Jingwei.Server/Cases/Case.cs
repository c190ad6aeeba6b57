using System.Collections.Immutable;
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
    string? Rule, ImmutableArray<string> Alarms, ImmutableSortedDictionary<string, FieldValue> Fields, long Version);

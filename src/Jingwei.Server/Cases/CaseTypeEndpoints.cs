using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Cases;

public sealed record AssigneeItem(string Id, string Name);

/// <summary>A declared state; <paramref name="Within"/> in seconds, null for no limit.</summary>
/// <param name="Calendar">What its times are counted in; null: every hour of every day.</param>
/// <param name="Remind">Seconds before the deadline.</param>
/// <param name="Escalation">Who is told when a case stays too long, as sentences.</param>
/// <param name="WithinBy">In place of <paramref name="Within"/>, by severity.</param>
/// <param name="RemindBy">In place of <paramref name="Remind"/>, by severity.</param>
public sealed record CaseStateItem(
    string Id, Label Name, bool Final, double? Within, Label? Calendar, IReadOnlyList<double> Remind, IReadOnlyList<Label> Escalation,
    IReadOnlyDictionary<string, double>? WithinBy, IReadOnlyDictionary<string, double[]>? RemindBy)
{
    public static CaseStateItem Of(CaseState state) => new(
        state.Id, state.Name, state.Final, state.Within?.TotalSeconds, state.Calendar?.Name, [.. state.Remind.Select(each => each.TotalSeconds)],
        [.. state.Escalations.Select(step => CaseWording.Sentence(step, state.Calendar is not null))],
        PlanTaskItem.Seconds(state.WithinBy), state.RemindBy?.ToDictionary(each => CaseProjection.SeverityText(each.Key), each => each.Value.Select(time => time.TotalSeconds).ToArray()));
}

/// <summary>A declared task of the plan; <paramref name="Within"/> in seconds.</summary>
/// <param name="WithinBy">In place of <paramref name="Within"/>, by severity.</param>
/// <param name="When">CEL: the task is part of a case while it holds; null: always.</param>
public sealed record PlanTaskItem(
    string Id, Label Name, string Role, ImmutableArray<string> After, double? Within, Label? Calendar, IReadOnlyDictionary<string, double>? WithinBy, string? When)
{
    public static PlanTaskItem Of(PlanTask task) =>
        new(task.Id, task.Name, task.Role, task.After, task.Within?.TotalSeconds, task.Calendar?.Name, Seconds(task.WithinBy), task.When);

    internal static Dictionary<string, double>? Seconds(ImmutableSortedDictionary<Band, TimeSpan>? by) =>
        by?.ToDictionary(each => CaseProjection.SeverityText(each.Key), each => each.Value.TotalSeconds);
}

public sealed record CaseTypeItem(
    string Id, string Pack, Label Name, string Initial, IReadOnlyList<CaseStateItem> States, ImmutableArray<CaseTransition> Transitions,
    IReadOnlyList<FieldInfo> Fields, ImmutableArray<CaseRole> Roles, IReadOnlyList<PlanTaskItem> Plan, ImmutableArray<CheckItem> Checklist,
    ImmutableArray<EvidenceKind> Evidence, bool Rated, string Version)
{
    public static CaseTypeItem Of(CaseType type) => new(
        type.Id, type.Pack, type.Name, type.Initial,
        [.. type.States.Select(CaseStateItem.Of)],
        type.Transitions, [.. type.Fields.Select(FieldInfo.Of)], type.Roles,
        [.. type.Plan.Select(PlanTaskItem.Of)],
        type.Checklist, type.Evidence, type.Rated, CaseDefinitions.DigestOf(type));
}

/// <summary>A version of a case type that cases go by.</summary>
/// <param name="Installed">It is the one that new cases are opened by.</param>
/// <param name="FirstUsed">Null: by no case yet.</param>
public sealed record CaseVersionItem(string Version, bool Installed, DateTimeOffset? FirstUsed, CaseTypeItem Content);

/// <summary>What cases can be: their types, versions of these, and who can have one.</summary>
public static class CaseTypeEndpoints
{
    public static void MapCaseTypes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/case-types", Types).Requires(Right.View).WithSummary("The types of cases with their states, transitions, plan and escalation.");
        routes.MapGet("/api/case-types/{type}/versions", Versions).Requires(Right.View).WithSummary("The versions of a case type that cases were opened by, oldest first, and the one that is installed.");
        routes.MapGet("/api/assignees", Assignees).Requires(Right.View).WithSummary("Who can be made the assignee of a case.");
    }

    private static Ok<Page<CaseTypeItem>> Types(PackCatalog packs) =>
        TypedResults.Ok(new Page<CaseTypeItem>([.. packs.Current.Packs.SelectMany(pack => pack.Cases).Select(CaseTypeItem.Of)], null));

    private static Results<Ok<Page<CaseVersionItem>>, ProblemHttpResult> Versions(string type, CaseStore cases, PackCatalog packs)
    {
        var installed = packs.Current.CaseType(type) is { } now ? CaseDefinitions.DigestOf(now) : null;
        var all = cases.Definitions.All(type);
        return all.Count == 0
            ? CaseRequests.Refused(CaseRefusals.VersionUnknown)
            : TypedResults.Ok(new Page<CaseVersionItem>(
                [.. all.Select(each => new CaseVersionItem(each.Digest, each.Digest == installed, each.FirstUsed, CaseTypeItem.Of(each.Content)))], null));
    }

    private static Results<Ok<Page<AssigneeItem>>, ProblemHttpResult> Assignees(
        Caller caller, string? party, string? region, [FromQuery(Name = "case")] string? id, CaseStore cases, Users users)
    {
        var place = id is null ? null : cases.PlaceOf(caller, id);
        if (id is not null && place is null)
        {
            return CaseRequests.Refused(CaseRefusals.NotFound);
        }

        var scope = party is null && region is null && place is { } found ? found : cases.ScopeOf(party ?? Parties.Root, region ?? Regions.Root);
        if (!caller.May(Right.View, scope))
        {
            return CaseRequests.Refused(CaseRefusals.ScopeNotFound);
        }

        var items = users.WithRight(Right.Operate, scope).Select(user => new AssigneeItem(user.Id, user.Name));
        return TypedResults.Ok(new Page<AssigneeItem>([.. items.OrderBy(user => user.Id, StringComparer.Ordinal)], null));
    }
}

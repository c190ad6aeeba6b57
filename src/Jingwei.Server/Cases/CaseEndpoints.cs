using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Cases;

public sealed record NewCase(
    string? Type, string? Thing, string? Party, string? Region, string? Title, Band? Severity, Dictionary<string, JsonElement>? Fields);

public sealed record TransitionRequest(Dictionary<string, JsonElement>? Fields, string? Assignee, string? Comment);

public sealed record CommentRequest(string? Text);

/// <summary>Which cases a list is about.</summary>
/// <param name="Open">True: not closed; false: closed.</param>
/// <param name="Mine">True: assigned to the caller.</param>
/// <param name="Q">Words of which each has to stand in number, title, thing or fields.</param>
public sealed record CaseQuery(
    [property: FromQuery] string? Type, [property: FromQuery] string? State, [property: FromQuery] bool? Open, [property: FromQuery] bool? Mine,
    [property: FromQuery] string? Thing, [property: FromQuery] bool? Late, [property: FromQuery] string? Q,
    [property: FromQuery] string? Party, [property: FromQuery] string? Region);

public sealed record AssigneeItem(string Id, string Name);

/// <summary>A declared state; <paramref name="Within"/> in seconds, null for no limit.</summary>
public sealed record CaseStateItem(string Id, Label Name, bool Final, double? Within);

public sealed record CaseTypeItem(
    string Id, string Pack, Label Name, string Initial, IReadOnlyList<CaseStateItem> States, ImmutableArray<CaseTransition> Transitions,
    IReadOnlyList<FieldInfo> Fields);

/// <summary>Cases: list, open, see, move on, comment, erase.</summary>
public static class CaseEndpoints
{
    public const string IdempotencyKey = "Idempotency-Key";

    public static void MapCaseEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cases", List).Requires(Right.View).WithSummary("Cases, newest first.");
        routes.MapPost("/api/cases", Open).Requires(Right.Operate).WithSummary("Opens a case; takes an Idempotency-Key.");
        routes.MapGet("/api/cases/{id}", Get).Requires(Right.View).WithSummary("A case with its fields, next steps and history.");
        routes.MapPost("/api/cases/{id}/transitions/{transition}", Take).Requires(Right.View).WithSummary("Moves a case on; takes If-Match and an Idempotency-Key.");
        routes.MapPost("/api/cases/{id}/comments", Comment).Requires(Right.View).WithSummary("Adds a comment to a case.");
        routes.MapDelete("/api/cases/{id}/history/{seq:long}", Erase).Requires(Right.View).WithSummary("Erases what an event of a case said; that it happened stays.");
        routes.MapGet("/api/case-types", Types).Requires(Right.View).WithSummary("The types of cases with their states and transitions.");
        routes.MapGet("/api/assignees", Assignees).Requires(Right.View).WithSummary("Who can be made the assignee of a case.");
    }

    private static Ok<Page<CaseItem>> List(Caller caller, [AsParameters] CaseQuery query, CaseStore cases, CaseView view, PageRequest page)
    {
        var mine = query.Mine == true ? caller.Kind == CallerKind.User ? caller.Id : "" : null;
        var filter = new CaseFilter(query.Type, query.State, query.Open, mine, query.Thing, query.Late, query.Q, null);
        var rows = cases.List(caller, filter, page, query.Party, query.Region);
        return TypedResults.Ok(new Page<CaseItem>([.. rows.Items.Select(view.Item)], rows.Next));
    }

    private static Results<Ok<CaseDetail>, ProblemHttpResult> Get(Caller caller, string id, CaseStore cases, CaseView view, HttpContext context)
    {
        if (cases.Find(caller, id) is not { } file)
        {
            return Refused(CaseRefusals.NotFound);
        }

        context.Response.Headers.ETag = Tag(file.State.Version);
        return TypedResults.Ok(view.Detail(caller, file));
    }

    private static async Task<Results<Created<CaseItem>, ProblemHttpResult>> Open(
        Caller caller, NewCase request, CaseStore cases, Visible visible, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        var thing = request.Thing is { } named ? visible.Thing(caller, named) : null;
        if (request.Thing is not null && thing is null)
        {
            return Refused(CaseRefusals.ThingNotFound);
        }

        var (party, region) = (request.Party ?? thing?.Party ?? Parties.Root, request.Region ?? thing?.Region ?? Regions.Root);
        if (!caller.May(Right.View, cases.ScopeOf(party, region)))
        {
            return Refused(CaseRefusals.ScopeNotFound);
        }

        if (thing is not null && (party != thing.Party || region != thing.Region))
        {
            return Refused(CaseRefusals.PlaceOfThing);
        }

        if (request.Severity is not { } severity || severity == Band.Green)
        {
            return Refused(CaseRefusals.SeverityInvalid);
        }

        if (OnceOf(caller, context, request, out var once) is { } refusal)
        {
            return Refused(refusal);
        }

        var open = new OpenCase(
            request.Type ?? "", Label.Of(request.Title ?? ""), severity, thing?.Id, party, region,
            request.Fields ?? []);
        var outcome = await cases.OpenAsync(caller, open, once, cancellation);
        return outcome.Row is { } row
            ? TypedResults.Created($"/api/cases/{Uri.EscapeDataString(row.Id)}", Tagged(view.Item(row), context))
            : Refused(outcome.Refusal!);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Take(
        Caller caller, string id, string transition, TransitionRequest? body, CaseStore cases, Users users, CaseView view, HttpContext context,
        CancellationToken cancellation)
    {
        var request = body ?? new TransitionRequest(null, null, null);
        CaseAssignee? assignee = null;
        if (request.Assignee is { } named)
        {
            // A case that the caller may not see is refused before anything is told of the assignee.
            var scope = cases.Find(caller, id) is { } file ? cases.ScopeOf(file.State.Party, file.State.Region) : (Scope?)null;
            assignee = new CaseAssignee(named, scope is { } at && users.WithRight(Right.Operate, at).Any(user => user.Id == named));
        }

        var signal = new TakeTransition(transition, request.Fields ?? [], assignee, request.Comment);
        return SignalAsync(caller, id, signal, request, cases, view, context, cancellation);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Comment(
        Caller caller, string id, CommentRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new AddComment(request.Text ?? ""), request, cases, view, context, cancellation);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Erase(
        Caller caller, string id, long seq, string? reason, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        if (VersionOf(context, out var version) is { } refusal)
        {
            return Refused(refusal);
        }

        var outcome = await cases.EraseAsync(caller, id, seq, reason ?? "", version, cancellation);
        return outcome.Row is { } row ? TypedResults.Ok(Tagged(view.Item(row), context)) : Refused(outcome.Refusal!);
    }

    private static Ok<Page<CaseTypeItem>> Types(PackCatalog packs) => TypedResults.Ok(new Page<CaseTypeItem>(
        [.. packs.Current.Packs.SelectMany(pack => pack.Cases).Select(type => new CaseTypeItem(
            type.Id, type.Pack, type.Name, type.Initial,
            [.. type.States.Select(state => new CaseStateItem(state.Id, state.Name, state.Final, state.Within?.TotalSeconds))],
            type.Transitions, [.. type.Fields.Select(FieldInfo.Of)]))],
        null));

    private static Results<Ok<Page<AssigneeItem>>, ProblemHttpResult> Assignees(
        Caller caller, string? party, string? region, [FromQuery(Name = "case")] string? id, CaseStore cases, Users users)
    {
        var file = id is null ? null : cases.Find(caller, id);
        if (id is not null && file is null)
        {
            return Refused(CaseRefusals.NotFound);
        }

        var scope = cases.ScopeOf(party ?? file?.State.Party ?? Parties.Root, region ?? file?.State.Region ?? Regions.Root);
        if (!caller.May(Right.View, scope))
        {
            return Refused(CaseRefusals.ScopeNotFound);
        }

        var items = users.WithRight(Right.Operate, scope).Select(user => new AssigneeItem(user.Id, user.Name));
        return TypedResults.Ok(new Page<AssigneeItem>([.. items.OrderBy(user => user.Id, StringComparer.Ordinal)], null));
    }

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> SignalAsync<T>(
        Caller caller, string id, CaseSignal signal, T request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        var malformed = VersionOf(context, out var version);
        if ((OnceOf(caller, context, request, out var once) ?? malformed) is { } refusal)
        {
            return Refused(refusal);
        }

        var outcome = await cases.SignalAsync(caller, id, signal, version, once, cancellation);
        return outcome.Row is { } row ? TypedResults.Ok(Tagged(view.Item(row), context)) : Refused(outcome.Refusal!);
    }

    private static CaseItem Tagged(CaseItem item, HttpContext context)
    {
        context.Response.Headers.ETag = Tag(item.Version);
        return item;
    }

    private static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // RFC 9110 section 13.1.1: "*" fits any version; weak tags are taken as what they name.
    private static Refusal? VersionOf(HttpContext context, out long? version)
    {
        version = null;
        var asked = context.Request.Headers.IfMatch.ToString().Trim();
        if (asked is "" or "*")
        {
            return null;
        }

        var bare = (asked.StartsWith("W/", StringComparison.Ordinal) ? asked[2..] : asked).Trim('"');
        if (!long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return CaseRefusals.VersionMalformed;
        }

        version = number;
        return null;
    }

    private static Refusal? OnceOf<T>(Caller caller, HttpContext context, T request, out Once? once)
    {
        once = null;
        if (!context.Request.Headers.TryGetValue(IdempotencyKey, out var header))
        {
            return null;
        }

        var key = header.ToString();
        if (key.Length is 0 or > CaseLimits.Key)
        {
            return CaseRefusals.KeyInvalid;
        }

        var asked = JsonSerializer.SerializeToUtf8Bytes(new { path = context.Request.Path.Value, request });
        once = new Once($"{caller.Kind}:{caller.Id}", key, SHA256.HashData(asked));
        return null;
    }

    private static ProblemHttpResult Refused(Refusal refusal)
    {
        var problem = Problems.Of(
            refusal.Status, refusal.Code, refusal.Why.En, null, refusal.Errors.IsEmpty ? null : ("errors", refusal.Errors));
        problem.ProblemDetails.Extensions["label"] = refusal.Why;
        return problem;
    }
}

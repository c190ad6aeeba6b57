using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Jingwei.Server.Cases.CaseRequests;

namespace Jingwei.Server.Cases;

public sealed record NewCase(
    string? Type, string? Thing, string? Party, string? Region, string? Title, Band? Severity, Dictionary<string, JsonElement>? Fields,
    bool? Exercise);

public sealed record TransitionRequest(Dictionary<string, JsonElement>? Fields, string? Assignee, string? Comment);

/// <summary>What is to be changed; what is not named stays.</summary>
/// <param name="Fields">A null value clears a field.</param>
public sealed record ReviseRequest(string? Title, Band? Severity, string? Region, Dictionary<string, JsonElement?>? Fields, string? Reason);

public sealed record CommentRequest(string? Text);

/// <summary>Which cases a list is about.</summary>
/// <param name="Open">True: not closed; false: closed.</param>
/// <param name="Mine">True: those that wait for the caller, as assignee, as who acts for one, or for a task.</param>
/// <param name="Holder">The same for another user.</param>
/// <param name="Exercise">Without exercises where it is not said.</param>
/// <param name="Supervised">`open`: those in which somebody above waits for an answer.</param>
/// <param name="Q">Words of which each has to stand in number, title, thing, fields, comments, reasons or names of files.</param>
public sealed record CaseQuery(
    [property: FromQuery] string? Type, [property: FromQuery] string? State, [property: FromQuery] bool? Open, [property: FromQuery] bool? Mine,
    [property: FromQuery] string? Holder, [property: FromQuery] string? Thing, [property: FromQuery] bool? Late, [property: FromQuery] string? Q,
    [property: FromQuery] string? Party, [property: FromQuery] string? Region, [property: FromQuery] Exercises? Exercise,
    [property: FromQuery] Supervised? Supervised)
{
    public CaseFilter FilterFor(Caller caller)
    {
        var mine = Mine == true ? caller.Kind == CallerKind.User ? caller.Id : "" : null;
        return new(Type, State, Open, mine ?? Holder, Thing, Late, Q, null) { Exercise = Exercises.Of(Exercise), Supervised = Supervised is not null };
    }
}

/// <summary>Cases: list, open, see, move on, comment, erase.</summary>
public static class CaseEndpoints
{
    public static void MapCaseEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cases", List).Requires(Right.View).WithSummary("Cases, newest first.");
        routes.MapGet("/api/cases/counts", Count).Requires(Right.View).WithSummary("How many cases stand in each state, and how many of them are late; filters as the list's.");
        routes.MapParetos();
        routes.MapPost("/api/cases", Open).Requires(Right.Operate).WithSummary("Opens a case; takes an Idempotency-Key.");
        routes.MapGet("/api/cases/{id}", Get).Requires(Right.View).WithSummary("A case with its fields, tasks, next steps and history.");
        routes.MapPatch("/api/cases/{id}", Revise).Requires(Right.View).WithSummary("Changes title, severity, region and fields of an open case, with a reason; takes If-Match and an Idempotency-Key.");
        routes.MapGet("/api/cases/{id}/responsible", OverTime).Requires(Right.View).WithSummary("Who was responsible for a case, from when until when; with `at`, who was then.");
        routes.MapPost("/api/cases/{id}/transitions/{transition}", Take).Requires(Right.View).WithSummary("Moves a case on; takes If-Match and an Idempotency-Key.");
        routes.MapPost("/api/cases/{id}/comments", Comment).Requires(Right.View).WithSummary("Adds a comment to a case.");
        routes.MapDelete("/api/cases/{id}/history/{seq:long}", Erase).Requires(Right.View).WithSummary("Erases what an event of a case said; that it happened stays.");
    }

    private static Ok<Page<CaseItem>> List(Caller caller, [AsParameters] CaseQuery query, CaseStore cases, CaseView view, PageRequest page)
    {
        var rows = cases.List(caller, query.FilterFor(caller), page, query.Party, query.Region);
        return TypedResults.Ok(new Page<CaseItem>([.. rows.Items.Select(view.Item)], rows.Next));
    }

    private static Ok<Page<CaseCount>> Count(Caller caller, [AsParameters] CaseQuery query, CaseStore cases) =>
        TypedResults.Ok(new Page<CaseCount>(cases.Count(caller, query.FilterFor(caller), query.Party, query.Region), null));

    private static Results<Ok<CaseDetail>, ProblemHttpResult> Get(Caller caller, string id, CaseStore cases, CaseView view, HttpContext context)
    {
        if (cases.Find(caller, id) is not { } file)
        {
            return Refused(CaseRefusals.NotFound);
        }

        context.Response.Headers.ETag = Tag(file.State.Version);
        return TypedResults.Ok(view.Detail(caller, file));
    }

    private static Results<Ok<Page<ResponsibleSpan>>, ProblemHttpResult> OverTime(
        Caller caller, string id, DateTimeOffset? at, CaseStore cases, CaseView view)
    {
        if (cases.Find(caller, id) is not { } file)
        {
            return Refused(CaseRefusals.NotFound);
        }

        var spans = view.OverTime(file.History.Select(row => row.Placed)).Where(span => at is null || (span.From <= at && (span.To is null || span.To > at)));
        return TypedResults.Ok(new Page<ResponsibleSpan>([.. spans], null));
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
            request.Fields ?? [])
        {
            Exercise = request.Exercise ?? false,
        };
        var outcome = await cases.OpenAsync(caller, open, once, cancellation);
        return outcome.Row is { } row
            ? TypedResults.Created($"/api/cases/{Uri.EscapeDataString(row.Id)}", Tagged(view.Item(row), context))
            : Refused(outcome.Refusal!);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Revise(
        Caller caller, string id, ReviseRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation)
    {
        var signal = new ReviseCase(
            request.Title is { } title ? Label.Of(title) : null, request.Severity, request.Region, request.Fields ?? [], request.Reason ?? "");
        return SignalAsync(caller, id, signal, request, cases, view, context, cancellation);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Take(
        Caller caller, string id, string transition, TransitionRequest? body, CaseStore cases, Users users, CaseView view, HttpContext context,
        CancellationToken cancellation)
    {
        var request = body ?? new TransitionRequest(null, null, null);
        var assignee = AssigneeOf(caller, id, request.Assignee, cases, users);
        var signal = new TakeTransition(transition, request.Fields ?? [], assignee, request.Comment);
        return SignalAsync(caller, id, signal, request, cases, view, context, cancellation);
    }

    private static Task<Results<Ok<CaseItem>, ProblemHttpResult>> Comment(
        Caller caller, string id, CommentRequest request, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        SignalAsync(caller, id, new AddComment(request.Text ?? ""), request, cases, view, context, cancellation);

    private static async Task<Results<Ok<CaseItem>, ProblemHttpResult>> Erase(
        Caller caller, string id, long seq, string? reason, CaseStore cases, CaseView view, HttpContext context, CancellationToken cancellation) =>
        VersionOf(context, out var version) is { } refusal
            ? Refused(refusal)
            : Answered(await cases.EraseAsync(caller, id, seq, reason ?? "", version, cancellation), view, context);
}

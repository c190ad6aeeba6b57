using System.Text.Json;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts.Queries;

/// <summary>A named query as it is told.</summary>
internal sealed record NamedQueryItem(string Name, JsonElement Query);

/// <summary>Named queries and their events (EPCIS 2.0, 12.7.1).</summary>
internal static class QueryEndpoints
{
    private static readonly BodyLimit Body = new(FactLimits.QueryBytes);

    public static void MapQueries(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/queries", AddAsync).Requires(Right.Operate).WithMetadata(Body).Produces(StatusCodes.Status201Created).WithSummary("Gives a query a name: `{\"name\", \"query\": {...}}`.");
        routes.MapGet("/queries", List).Requires(Right.View).Produces<IReadOnlyList<NamedQueryItem>>().WithSummary("The named queries of your party.");
        routes.MapGet("/queries/{name}", (Caller caller, HttpContext context, NamedQueries queries, FactRights rights) =>
            Find(caller, context, queries, rights) is { } query ? (IResult)Told(query) : NoSuch()).Requires(Right.View).Produces<NamedQueryItem>().WithSummary("A named query.");
        routes.MapDelete("/queries/{name}", Remove).Requires(Right.Operate).Produces(StatusCodes.Status204NoContent).WithSummary("Takes a named query away, and its subscriptions.");
        routes.MapGet("/queries/{name}/events", AnswerAsync).Requires(Right.View)
            .WithSummary("The events that fit a named query; as a WebSocket, with `stream=true` or a schedule, those that come.");
    }

    private static async Task<IResult> AddAsync(Caller caller, HttpContext context, NamedQueries queries, FactRights rights)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return Add(caller, body.RootElement, queries, rights);
        }
        catch (JsonException)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryValidation, "The body is no JSON.");
        }
    }

    private static IResult Add(Caller caller, JsonElement body, NamedQueries queries, FactRights rights)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("query"u8, out var query))
        {
            return new EpcisProblemResult(EpcisProblemType.QueryValidation, "A named query is an object with `name` and `query`.");
        }

        var name = body.TryGetProperty("name"u8, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        if (Ids.Fault(name) is { } fault)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryValidation, fault);
        }

        if (EventQuery.Read(query) is { Query: null } reading)
        {
            return new EpcisProblemResult(reading.Problems[0].Type, reading.Problems[0].Message);
        }

        var party = rights.HomeOf(caller);
        if (queries.Count(party) >= FactLimits.NamedQueries)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryTooComplex, $"A party has at most {FactLimits.NamedQueries} named queries; take away what nobody asks.");
        }

        return queries.Add(party, name, query)
            ? TypedResults.Created($"/epcis/queries/{Uri.EscapeDataString(name)}")
            : new EpcisProblemResult(EpcisProblemType.ResourceAlreadyExists, "Your party has a query of that name.");
    }

    private static JsonHttpResult<List<NamedQueryItem>> List(Caller caller, int? perPage, string? nextPageToken, HttpContext context, NamedQueries queries, FactRights rights)
    {
        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var found = queries.After(rights.HomeOf(caller), nextPageToken, most + 1);
        if (found.Count > most)
        {
            PageLink.Write(context, found[most - 1].Name);
        }

        return TypedResults.Json(found.Take(most).Select(query => new NamedQueryItem(query.Name, query.Definition)).ToList(), Capture.Capturing.JobJson);
    }

    private static IResult Remove(Caller caller, HttpContext context, NamedQueries queries, FactRights rights) =>
        queries.Remove(rights.HomeOf(caller), RawPath.Segment(context, 2)) ? TypedResults.NoContent() : NoSuch();

    private static async Task<IResult> AnswerAsync(
        Caller caller, int? perPage, string? nextPageToken, HttpContext context, NamedQueries queries, FactRights rights, FactAnswers answers, EventSocket sockets, FactStore store)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        if (perPage is < 1)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryParameter, "perPage is a whole number from 1.");
        }

        return Find(caller, context, queries, rights) is not { } query ? NoSuch()
            : context.WebSockets.IsWebSocketRequest ? await SubscriptionEndpoints.TellAsync(caller, context, query, sockets, store)
            : answers.Answer(caller, EventQuery.Read(query.Definition), query.Name, (perPage, nextPageToken));
    }

    private static NamedQuery? Find(Caller caller, HttpContext context, NamedQueries queries, FactRights rights) => queries.Find(rights.HomeOf(caller), RawPath.Segment(context, 2));

    private static JsonHttpResult<NamedQueryItem> Told(NamedQuery query) => TypedResults.Json(new NamedQueryItem(query.Name, query.Definition), Capture.Capturing.JobJson);

    private static EpcisProblemResult NoSuch() => new(EpcisProblemType.NoSuchName, "There is no query of that name.");
}

using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>Events by query and by id (EPCIS 2.0, 12.5).</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", (Caller caller, HttpContext context, FactAnswers answers) => answers.Answer(caller, context, null)).Requires(Right.View)
            .WithSummary("The events that fit a query: every parameter of SimpleEventQuery, `perPage`, `nextPageToken`.");
        routes.MapGet("/events/{id}", (Caller caller, HttpContext context, FactAnswers answers) => answers.AnswerId(caller, context, RawPath.Segment(context, 2))).Requires(Right.View)
            .WithSummary("An event by its id, and what declares it wrong.");
    }
}

/// <summary>Answers with events that a caller sees.</summary>
internal sealed class FactAnswers(FactSearch search, FactRights rights, FactStore store, TimeProvider clock)
{
    /// <summary>Longest query in a URL: what goes over it goes into the body of a named query.</summary>
    private const int QueryLength = 16 << 10;

    /// <summary>Answers the query of a request's URL.</summary>
    /// <param name="ofPath">The parameter that the path says beside it; null for none.</param>
    public IResult Answer(Caller caller, HttpContext context, (string Name, string Value)? ofPath)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        var text = context.Request.QueryString.Value ?? "";
        if (text.Length > QueryLength)
        {
            return new EpcisProblemResult(EpcisProblemType.UriTooLong, $"A query in the address has at most {QueryLength} characters; send it to /epcis/queries.");
        }

        if (EpcisHeaders.Context(context.Request) is not { } prefixes)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryParameter, "GS1-Extensions is prefix=namespace, parted by commas.");
        }

        var query = ofPath is var (name, value) ? $"{text}&{name}={Uri.EscapeDataString(value)}" : text;
        return Answer(caller, EventQuery.Read(query, prefixes), null, null);
    }

    /// <summary>Answers a query that was read.</summary>
    /// <param name="page">Which page is wanted where the query itself does not say: how many events, and where it begins.</param>
    public IResult Answer(Caller caller, EventQueryReading reading, string? name, (int? PerPage, string? Token)? page)
    {
        if (reading.Query is not { } query)
        {
            var problem = reading.Problems[0];
            return new EpcisProblemResult(problem.Type, problem.Message);
        }

        var token = page?.Token ?? query.NextPageToken;
        var from = token is null ? null : FactCursor.Read(token);
        if (token is not null && from is null)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryParameter, "This nextPageToken was not told here.");
        }

        try
        {
            var most = Math.Min(page?.PerPage ?? query.PerPage ?? FactLimits.PerPage, FactLimits.MostPerPage);
            return new EventsResult(search.Find(query, rights.ViewOf(caller), from, most), name, clock.GetUtcNow());
        }
        catch (QueryLimitException limit)
        {
            return new EpcisProblemResult(limit.Type, limit.Message);
        }
    }

    /// <summary>Answers with the events of an id.</summary>
    public IResult AnswerId(Caller caller, HttpContext context, string id)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        var view = rights.ViewOf(caller);
        var facts = store.WithId(id).Where(each => view.Sees(each.Party)).Select(each => store.Find(each.Sequence)!).ToList();
        return facts.Count == 0
            ? new EpcisProblemResult(EpcisProblemType.NoSuchResource, "There is no such event.")
            : new EventsResult(new(facts, null), null, clock.GetUtcNow());
    }
}

using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Sharing;
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
internal sealed class FactAnswers(FactSearch search, FactRights rights, FactStore store, EventAliases aliases, CursorCipher cursors, EpcForms forms, TimeProvider clock)
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
        var from = token is null ? null : cursors.Read(token);
        if (token is not null && from is null)
        {
            return new EpcisProblemResult(EpcisProblemType.QueryParameter, "This nextPageToken was not told here.");
        }

        try
        {
            var most = Math.Min(page?.PerPage ?? query.PerPage ?? FactLimits.PerPage, FactLimits.MostPerPage);
            return Told(caller, view => search.Find(query, view, from, most), name);
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

        var answer = Told(caller, view => new(Shown(view, id), null), null);
        return answer.IsEmpty ? new EpcisProblemResult(EpcisProblemType.NoSuchResource, "There is no such event.") : answer;
    }

    // What is shown only in part goes by its alias: its own id is asked in vain.
    private List<Fact> Shown(FactView view, string id)
    {
        var shown = new List<Fact>();
        foreach (var fact in aliases.Find(store, id).Where(each => view.Of(each.Party).SeesSome).Select(each => view.Show(store.Find(each.Sequence))).OfType<Fact>())
        {
            if (fact.Event.EventId == id)
            {
                shown.Add(fact);
            }
            else
            {
                fact.Dispose();
            }
        }

        return shown;
    }

    private EventsResult Told(Caller caller, Func<FactView, FactPage> find, string? name)
    {
        var view = rights.ViewOf(caller);
        var page = find(view);
        foreach (var fact in page.Facts)
        {
            view.Used(fact);
        }

        rights.NoteUses(caller, view, AgreementUseKind.Query);
        return new(page, forms, name, clock.GetUtcNow(), page.Next is { } next ? cursors.Write(next) : null);
    }
}

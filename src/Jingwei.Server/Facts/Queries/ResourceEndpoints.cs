using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Vocabulary;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts.Queries;

/// <summary>A list of a resource's parts (EPCIS 2.0, 12.4; OpenAPI, UriCollection and ResourceCollection).</summary>
internal sealed record ResourceCollection(IReadOnlyList<string> Member)
{
    [System.Text.Json.Serialization.JsonPropertyName("@context")]
    public string Context { get; } = EpcisContext.StandardAddress;

    public string Type { get; } = "Collection";
}

/// <summary>The lists of what events are about, and the events of each: `/eventTypes`, `/epcs`, `/bizSteps`, `/bizLocations`, `/readPoints`, `/dispositions`.</summary>
internal static class ResourceEndpoints
{
    // EPCIS 2.0, 7.4: they are there before any event is.
    private static readonly string[] StandardTypes = ["AggregationEvent", "AssociationEvent", "ObjectEvent", "TransactionEvent", "TransformationEvent"];

    private static readonly ResourceCollection Events = new(["events"]);

    public static void MapResources(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("", () => Collection(["events", "eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions", "capture", "queries"])).Requires(Right.View)
            .WithSummary("What there is.");
        routes.MapWords("eventTypes", FactWordKind.EventType, "eventType");
        routes.MapWords("bizSteps", FactWordKind.BizStep, "EQ_bizStep");
        routes.MapWords("dispositions", FactWordKind.Disposition, "EQ_disposition");
        routes.MapWords("readPoints", FactWordKind.ReadPoint, "EQ_readPoint");
        routes.MapWords("bizLocations", FactWordKind.BizLocation, "EQ_bizLocation");
        routes.MapGet("/epcs", ListEpcs).Requires(Right.View).WithSummary("The EPCs and classes of all events, in the form that GS1-EPC-Format asks for.");
        routes.MapGet("/epcs/{epc}", FindEpc).Requires(Right.View).WithSummary("What there is of an EPC.");
        routes.MapGet("/epcs/{epc}/events", (Caller caller, HttpContext context, FactAnswers answers) => answers.Answer(
            caller, context, ("MATCH_anyEPC", RawPath.Segment(context, 2)))).Requires(Right.View).WithSummary("The events that an EPC is in.");
    }

    private static void MapWords(this IEndpointRouteBuilder routes, string resource, FactWordKind kind, string parameter)
    {
        routes.MapGet($"/{resource}", (Caller caller, int? perPage, string? nextPageToken, HttpContext context, FactRights rights, FactStore store, EpcForms forms) =>
            (IResult?)EpcisHeaders.Refuse(context.Request) ?? Page(context, WordsOf(kind, caller, rights, store), perPage, nextPageToken, forms)).Requires(Right.View).WithSummary($"The {resource} of all events.");
        routes.MapGet($"/{resource}/{{word}}", (Caller caller, HttpContext context, FactRights rights, FactStore store) =>
            Has(WordsOf(kind, caller, rights, store), UriOf(kind, RawPath.Segment(context, 2))) ? (IResult)Collection(Events.Member) : NoSuch()).Requires(Right.View)
            .WithSummary($"What there is of one of the {resource}.");
        routes.MapGet($"/{resource}/{{word}}/events", (Caller caller, HttpContext context, FactAnswers answers) => answers.Answer(
            caller, context, (parameter, RawPath.Segment(context, 2)))).Requires(Right.View).WithSummary($"The events of one of the {resource}.");
    }

    private static SortedSet<string> WordsOf(FactWordKind kind, Caller caller, FactRights rights, FactStore store)
    {
        var words = new SortedSet<string>(kind == FactWordKind.EventType ? StandardTypes : [], StringComparer.Ordinal);
        foreach (var party in rights.PartiesOf(caller))
        {
            store.WalkWords(kind, party, null, word => words.Add(word) || true);
        }

        return words;
    }

    // A place is named by its EPC URI or its Digital Link, however it was captured.
    private static bool Has(SortedSet<string> words, string wanted) =>
        words.Contains(wanted) || (CanonicalIdentifier.Of(wanted) is var canonical && words.Any(word => CanonicalIdentifier.Of(word) == canonical));

    private static string UriOf(FactWordKind kind, string word) => kind switch
    {
        FactWordKind.BizStep => Cbv.BizStep.ToUri(word),
        FactWordKind.Disposition => Cbv.Disposition.ToUri(word),
        _ => word,
    };

    private static IResult ListEpcs(Caller caller, int? perPage, string? nextPageToken, HttpContext context, FactRights rights, FactStore store, EpcForms forms)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var party in rights.PartiesOf(caller))
        {
            var found = 0;
            store.WalkWords(FactWordKind.Object, party, nextPageToken, name =>
            {
                names.Add(name);
                return ++found <= most;
            });
        }

        return Page(context, names, most, null, forms);
    }

    private static IResult FindEpc(Caller caller, HttpContext context, FactRights rights, FactStore store)
    {
        var front = FactKeys.NameFront(FactNameKind.Object, CanonicalIdentifier.Of(RawPath.Segment(context, 2)));
        var view = rights.ViewOf(caller);
        return store.PartiesOf(front).Exists(party => view.Of(party).SeesAll) ? Collection(Events.Member) : NoSuch();
    }

    private static JsonHttpResult<ResourceCollection> Page(HttpContext context, IEnumerable<string> words, int? perPage, string? after, EpcForms forms)
    {
        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var page = words.SkipWhile(word => after is not null && string.CompareOrdinal(word, after) <= 0).Take(most + 1).ToList();
        if (page.Count > most)
        {
            page.RemoveAt(most);
            PageLink.Write(context, page[^1]);
        }

        var format = EpcisHeaders.EpcFormat(context.Request);
        return Collection([.. page.Select(word => forms.Of(word, format, true)).Distinct(StringComparer.Ordinal)]);
    }

    private static JsonHttpResult<ResourceCollection> Collection(IReadOnlyList<string> members) => TypedResults.Json(new ResourceCollection(members), Capture.Capturing.JobJson, "application/ld+json");

    private static EpcisProblemResult NoSuch() => new(EpcisProblemType.NoSuchResource, "There are no such events.");
}

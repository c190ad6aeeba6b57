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

    private static readonly string[] Parts = ["events"];

    public static void MapResources(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("", (HttpContext context) => Collection(context, ["events", "eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions", "capture", "queries"])).Requires(Right.View)
            .WithSummary("What there is.");
        routes.MapWords("eventTypes", FactWordKind.EventType, "eventType");
        routes.MapWords("bizSteps", FactWordKind.BizStep, "EQ_bizStep");
        routes.MapWords("dispositions", FactWordKind.Disposition, "EQ_disposition");
        routes.MapWords("readPoints", FactWordKind.ReadPoint, "EQ_readPoint");
        routes.MapWords("bizLocations", FactWordKind.BizLocation, "EQ_bizLocation");
        routes.MapGet("/epcs", (Caller caller, int? perPage, string? nextPageToken, HttpContext context, FactRights rights, FactStore store, EpcForms forms) =>
            Page(context, FactWordKind.Object, perPage, nextPageToken, rights.PartiesOf(caller), store, forms)).Requires(Right.View)
            .WithSummary("The EPCs and classes of all events, in the form that GS1-EPC-Format asks for.");
        routes.MapGet("/epcs/{epc}", FindEpc).Requires(Right.View).WithSummary("What there is of an EPC.");
        routes.MapGet("/epcs/{epc}/events", (Caller caller, HttpContext context, FactAnswers answers) => answers.Answer(
            caller, context, ("MATCH_anyEPC", RawPath.Segment(context, 2)))).Requires(Right.View).WithSummary("The events that an EPC is in.");
    }

    private static void MapWords(this IEndpointRouteBuilder routes, string resource, FactWordKind kind, string parameter)
    {
        routes.MapGet($"/{resource}", (Caller caller, int? perPage, string? nextPageToken, HttpContext context, FactRights rights, FactStore store, EpcForms forms) =>
            Page(context, kind, perPage, nextPageToken, rights.PartiesOf(caller), store, forms)).Requires(Right.View).WithSummary($"The {resource} of all events.");
        routes.MapGet($"/{resource}/{{word}}", (Caller caller, HttpContext context, FactRights rights, FactStore store) =>
            Has(kind, UriOf(kind, RawPath.Segment(context, 2)), rights.PartiesOf(caller), store) ? (IResult)Collection(context, Parts) : NoSuch()).Requires(Right.View)
            .WithSummary($"What there is of one of the {resource}.");
        routes.MapGet($"/{resource}/{{word}}/events", (Caller caller, HttpContext context, FactAnswers answers) => answers.Answer(
            caller, context, (parameter, RawPath.Segment(context, 2)))).Requires(Right.View).WithSummary($"The events of one of the {resource}.");
    }

    private static bool Has(FactWordKind kind, string word, IEnumerable<uint> parties, FactStore store) =>
        (kind == FactWordKind.EventType && StandardTypes.Contains(word)) ||
        parties.Any(party => store.HasWord(kind, party, word) || (kind is FactWordKind.ReadPoint or FactWordKind.BizLocation && HasPlace(kind, word, party, store)));

    // A place is named by its EPC URI or its Digital Link, however it was captured.
    private static bool HasPlace(FactWordKind kind, string place, uint party, FactStore store)
    {
        var (wanted, isFound) = (CanonicalIdentifier.Of(place), false);
        store.WalkWords(kind, party, null, word => !(isFound = CanonicalIdentifier.Of(word) == wanted));
        return isFound;
    }

    private static string UriOf(FactWordKind kind, string word) => kind switch
    {
        FactWordKind.BizStep => Cbv.BizStep.ToUri(word),
        FactWordKind.Disposition => Cbv.Disposition.ToUri(word),
        _ => word,
    };

    private static IResult FindEpc(Caller caller, HttpContext context, FactRights rights, FactStore store)
    {
        var front = FactKeys.NameFront(FactNameKind.Object, CanonicalIdentifier.Of(RawPath.Segment(context, 2)));
        var view = rights.ViewOf(caller);
        return store.PartiesOf(front).Exists(party => view.Of(party).SeesAll) ? Collection(context, Parts) : NoSuch();
    }

    private static IResult Page(
        HttpContext context, FactWordKind kind, int? perPage, string? after, IEnumerable<uint> parties, FactStore store, EpcForms forms)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var words = FirstOf(kind, after, most + 1, parties, store);
        if (words.Count > most)
        {
            words.Remove(words.Max!);
            PageLink.Write(context, words.Max!);
        }

        var format = EpcisHeaders.EpcFormat(context.Request);
        return Collection(context, [.. words.Select(word => forms.Of(word, format, true)).Distinct(StringComparer.Ordinal)]);
    }

    // The store has the words of each party in their order: of none is more read than a page may need.
    private static SortedSet<string> FirstOf(FactWordKind kind, string? after, int most, IEnumerable<uint> parties, FactStore store)
    {
        var first = new SortedSet<string>(FactKeys.WordOrder);
        foreach (var type in kind == FactWordKind.EventType ? StandardTypes : [])
        {
            if (after is null || FactKeys.WordOrder.Compare(type, after) > 0)
            {
                Keep(type);
            }
        }

        foreach (var party in parties)
        {
            store.WalkWords(kind, party, after, Keep);
        }

        return first;

        // False where a word, and with it all behind it, has no place any more.
        bool Keep(string word)
        {
            if (!first.Add(word) || first.Count <= most)
            {
                return true;
            }

            var last = first.Max!;
            first.Remove(last);
            return last != word;
        }
    }

    // Lists are JSON whatever is asked for.
    private static JsonHttpResult<ResourceCollection> Collection(HttpContext context, IReadOnlyList<string> members) => TypedResults.Json(
        new ResourceCollection(members), Capture.Capturing.JobJson,
        EpcisMediaTypes.Wanted(context.Request) == EpcisMedia.Json ? EpcisMediaTypes.ContentType(context.Request) : "application/json");

    private static EpcisProblemResult NoSuch() => new(EpcisProblemType.NoSuchResource, "There are no such events.");
}

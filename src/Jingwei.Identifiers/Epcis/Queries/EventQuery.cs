using System.Text.Json;
using Jingwei.Identifiers.Epcis.Rest;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>What is wrong with a query.</summary>
/// <param name="Type">The exception of the standard that it is.</param>
/// <param name="Parameter">The parameter; empty where it is about the whole.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record QueryProblem(EpcisProblemType Type, string Parameter, string Message);

/// <summary>A query, or why it is none.</summary>
/// <param name="Query">The query; null where there is a problem.</param>
/// <param name="Problems">Everything that is wrong.</param>
public sealed record EventQueryReading(EventQuery? Query, IReadOnlyList<QueryProblem> Problems);

/// <summary>In which direction events are put in order.</summary>
public enum OrderDirection
{
    /// <summary>Greatest first: what holds where nothing is said.</summary>
    Descending,

    /// <summary>Least first.</summary>
    Ascending,
}

/// <summary>
/// A SimpleEventQuery (EPCIS 2.0, 8.2.7.1): which events are wanted, in which order, and how many. Every parameter is a condition of its own; an event has to meet all.
/// Standard words may be written in any way, identifiers as EPC URI or Digital Link.
/// </summary>
public sealed class EventQuery
{
    /// <summary>Most parameters of a query. Default 100: the standard names some 80 of fixed name.</summary>
    public const int MostParameters = 100;

    /// <summary>Most values of one parameter. Default 2,000, the EPCs of a truck.</summary>
    public const int MostValues = 2_000;

    private readonly Condition[] conditions;

    internal EventQuery(IReadOnlyDictionary<string, IReadOnlyList<string>> parameters, IEnumerable<Condition> conditions) =>
        (Parameters, this.conditions) = (parameters, [.. conditions]);

    internal delegate bool Condition(EpcisEvent read, MasterDataLookup? known);

    /// <summary>The parameters as they were given: names and values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; }

    /// <summary>What prefixes in them stand for.</summary>
    public EpcisContext Context { get; internal init; } = EpcisContext.Standard;

    /// <summary>`eventTime`, `recordTime` or the full name of an extension; null for no order.</summary>
    public string? OrderBy { get; internal init; }

    /// <summary>The direction of the order.</summary>
    public OrderDirection OrderDirection { get; internal init; }

    /// <summary>Only so many events, the first in the order; null for all.</summary>
    public int? EventCountLimit { get; internal init; }

    /// <summary>If there were more events than this the answer is a QueryTooLargeException; null for any number.</summary>
    public int? MaxEventCount { get; internal init; }

    /// <summary>Events of one page; null where it is not said (the standard's default is 30).</summary>
    public int? PerPage { get; internal init; }

    /// <summary>Where the next page begins, as the page before said; null for the first.</summary>
    public string? NextPageToken { get; internal init; }

    /// <summary>Reads the query of a URL: `eventType=ObjectEvent|AggregationEvent&amp;GE_eventTime=...`, values parted by `|`.</summary>
    /// <param name="query">What stands behind the `?`, with or without it.</param>
    /// <param name="context">What prefixes in names stand for: those of the header `GS1-Extensions`.</param>
    public static EventQueryReading Read(string query, EpcisContext? context = null) => QueryReading.OfUrl(query, context ?? EpcisContext.Standard);

    /// <summary>Reads the query of a body: the object `query` of POST /queries.</summary>
    /// <param name="query">The object; its `@context` says what prefixes stand for.</param>
    public static EventQueryReading Read(JsonElement query) => QueryReading.OfJson(query);

    /// <summary>Whether an event is wanted.</summary>
    /// <param name="read">The event; its document must not be disposed of.</param>
    /// <param name="known">What master data say; without it only the place itself fits WD_readPoint and WD_bizLocation, and nothing has attributes.</param>
    public bool Matches(EpcisEvent read, MasterDataLookup? known = null)
    {
        foreach (var condition in conditions)
        {
            if (!condition(read, known))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares events by the order of the query; all are equal where it has none, and so are events without the field.</summary>
    public int Compare(EpcisEvent left, EpcisEvent right)
    {
        var order = OrderBy switch
        {
            null => 0,
            "eventTime" => left.EventTime.CompareTo(right.EventTime),
            "recordTime" => Nullable.Compare(left.RecordTime, right.RecordTime),
            _ => FieldValue.Compare(FieldSearch.First(left, OrderBy), FieldSearch.First(right, OrderBy)),
        };
        return OrderDirection == OrderDirection.Ascending ? order : -order;
    }
}

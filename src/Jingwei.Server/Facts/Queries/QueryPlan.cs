using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>In which order facts are told.</summary>
internal enum FactOrder
{
    /// <summary>Of event time; newest first where the query says nothing.</summary>
    EventTime,

    /// <summary>Of recording.</summary>
    RecordTime,

    /// <summary>Of a field that has no index: all events that fit are read, then put in order.</summary>
    Extension,
}

/// <summary>How the events of a query are come by: which index is walked, from where to where.</summary>
internal sealed class QueryPlan
{
    private static readonly string[] Matches =
    [
        "MATCH_epc", "MATCH_anyEPC", "MATCH_parentID", "MATCH_inputEPC", "MATCH_outputEPC", "MATCH_epcClass", "MATCH_anyEPCClass", "MATCH_inputEPCClass", "MATCH_outputEPCClass",
    ];

    private QueryPlan(EventQuery query, SeenMasterData masterData)
    {
        Query = query;
        Heads = new(query, masterData);
        (From, Until) = (TimeOf("GE_eventTime", long.MinValue), TimeOf("LT_eventTime", long.MaxValue));
        (RecordedFrom, RecordedUntil) = (TimeOf("GE_recordTime", long.MinValue), TimeOf("LT_recordTime", long.MaxValue));
    }

    public EventQuery Query { get; }

    public HeadFilter Heads { get; }

    public FactOrder Order { get; private init; }

    public bool Ascending { get; private init; }

    /// <summary>Least event time, in microseconds.</summary>
    public long From { get; }

    /// <summary>Event time that is too late, in microseconds; what is less than one later is looked at.</summary>
    public long Until { get; }

    public long RecordedFrom { get; }

    public long RecordedUntil { get; }

    /// <summary>The names by which the events are found: all have one of them; null where the query has no such names.</summary>
    public IReadOnlyList<byte[]>? Names { get; private init; }

    /// <summary>The ids of which each event has one; null where the query names none.</summary>
    public IReadOnlyList<string>? Ids { get; private init; }

    public static QueryPlan Of(EventQuery query, SeenMasterData masterData) => new(query, masterData)
    {
        Order = OrderOf(query),
        // What was recorded since is wanted in the order in which it was.
        Ascending = query.OrderBy is null ? OrderOf(query) == FactOrder.RecordTime : query.OrderDirection == OrderDirection.Ascending,
        Ids = query.Parameters.GetValueOrDefault("EQ_eventID"),
        Names = NamesOf(query),
    };

    private static FactOrder OrderOf(EventQuery query) => query.OrderBy switch
    {
        "eventTime" => FactOrder.EventTime,
        "recordTime" => FactOrder.RecordTime,
        null => query.Parameters.ContainsKey("GE_recordTime") ? FactOrder.RecordTime : FactOrder.EventTime,
        _ => FactOrder.Extension,
    };

    private static List<byte[]>? NamesOf(EventQuery query)
    {
        foreach (var name in Matches)
        {
            if (query.Parameters.TryGetValue(name, out var values) && !values.Any(value => value.Contains('*', StringComparison.Ordinal)))
            {
                return Fronts(FactNameKind.Object, values);
            }
        }

        if (query.Parameters.TryGetValue("EQ_transformationID", out var transformations))
        {
            return Fronts(FactNameKind.Transformation, transformations);
        }

        var transactions = query.Parameters.FirstOrDefault(pair => pair.Key.StartsWith("EQ_bizTransaction_", StringComparison.Ordinal)).Value;
        return transactions is null ? null : Fronts(FactNameKind.BizTransaction, transactions);
    }

    private static List<byte[]> Fronts(FactNameKind kind, IReadOnlyList<string> names) =>
        [.. names.Select(CanonicalIdentifier.Of).Where(name => name.Length <= FactLimits.NameBytes).Distinct(StringComparer.Ordinal).Select(name => FactKeys.NameFront(kind, name))];

    private long TimeOf(string name, long none) =>
        Query.Parameters.TryGetValue(name, out var values) && Timestamps.TryParse(values[0], out var time) ? FactTime.Of(time) : none;
}

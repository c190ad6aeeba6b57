using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Queries;
using Jingwei.Identifiers.Epcis.Vocabulary;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Queries;

/// <summary>What of a query can be told by the head of a fact: what does not fit here does not fit at all.</summary>
internal sealed class HeadFilter
{
    private readonly HashSet<EpcisEventType>? types;
    private readonly HashSet<EpcisAction>? actions;
    private readonly HashSet<uint>? bizSteps;
    private readonly HashSet<uint>? dispositions;
    private readonly HashSet<uint>? readPoints;
    private readonly HashSet<uint>? bizLocations;
    private readonly HashSet<uint>? readPointsWithin;
    private readonly HashSet<uint>? bizLocationsWithin;

    public HeadFilter(EventQuery query, SeenMasterData masterData)
    {
        types = Of(query, "eventType", value => Enum.TryParse<EpcisEventType>(value, out var type) ? type : EpcisEventType.Extended);
        actions = Of(query, "EQ_action", value => Enum.Parse<EpcisAction>(value, ignoreCase: true));
        bizSteps = Of(query, "EQ_bizStep", value => FactHead.HashOf(query.Context.Expand(Cbv.BizStep.ToUri(value))));
        dispositions = Of(query, "EQ_disposition", value => FactHead.HashOf(query.Context.Expand(Cbv.Disposition.ToUri(value))));
        readPoints = Places(query, "EQ_readPoint");
        bizLocations = Places(query, "EQ_bizLocation");
        readPointsWithin = PlacesWithin(query, "WD_readPoint", masterData);
        bizLocationsWithin = PlacesWithin(query, "WD_bizLocation", masterData);
    }

    public bool Fits(in FactHead head) =>
        types?.Contains(head.Type) != false && (actions is null || (head.Action is { } action && actions.Contains(action))) && bizSteps?.Contains(head.BizStep) != false &&
        dispositions?.Contains(head.Disposition) != false && readPoints?.Contains(head.ReadPoint) != false && bizLocations?.Contains(head.BizLocation) != false &&
        readPointsWithin?.Contains(head.ReadPoint) != false && bizLocationsWithin?.Contains(head.BizLocation) != false;

    // A pattern stands for many places.
    private static HashSet<uint>? Places(EventQuery query, string name) => HasPattern(query, name) ? null : Of(query, name, FactHead.HashOfPlace);

    private static HashSet<uint>? PlacesWithin(EventQuery query, string name, SeenMasterData masterData) =>
        HasPattern(query, name) || !query.Parameters.TryGetValue(name, out var values) ? null : [.. values.SelectMany(masterData.Within).Select(FactHead.HashOfPlace)];

    private static bool HasPattern(EventQuery query, string name) =>
        query.Parameters.TryGetValue(name, out var values) && values.Any(value => value.Contains('*', StringComparison.Ordinal));

    private static HashSet<T>? Of<T>(EventQuery query, string name, Func<string, T> read) =>
        query.Parameters.TryGetValue(name, out var values) ? [.. values.Select(read)] : null;
}

using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Facts.Sharing;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Tracing;

/// <summary>An object in an event, in canonical form; of a class how much.</summary>
internal readonly record struct TracedObject(string Id, double? Quantity, string? Uom);

/// <summary>What a trace needs of an event.</summary>
internal sealed class Seen
{
    private readonly string? lotNumber;
    private readonly HashSet<string>? shownNames;

    public Seen(Fact fact, TraceParty party)
    {
        var read = fact.Event;
        (Type, Action, At) = (read.Type, read.Action, FactTime.Of(read.EventTime));
        Told = new(
            read.EventId!, read.TypeName, read.EventTime, party, read.Action?.ToString().ToUpperInvariant(), read.BizStep, read.Disposition, read.ReadPoint, read.BizLocation, read.SensorElementList.Count > 0);
        Parent = read.ParentId is { } parent && parent != ShownEvent.Withheld ? CanonicalIdentifier.Of(parent) : null;
        Transformation = read.TransformationId is { } transformation ? CanonicalIdentifier.Of(transformation) : null;
        Children = Of(read.ChildEpcs, read.ChildQuantityList);
        Inputs = Of(read.InputEpcList, read.InputQuantityList);
        Outputs = Of(read.OutputEpcList, read.OutputQuantityList);
        lotNumber = LotNames.NumberOf(read);
        Objects = lotNumber is null ? [] : Of(read.EpcList, []);
        if (fact.IsPart)
        {
            shownNames = ShownEvent.NamesOf(read);
            Withholds = shownNames.Remove(ShownEvent.Withheld);
        }
    }

    public EpcisEventType Type { get; }

    public EpcisAction? Action { get; }

    /// <summary>Event time in microseconds.</summary>
    public long At { get; }

    public TraceEvent Told { get; }

    /// <summary>Whether it names objects that are not shown.</summary>
    public bool Withholds { get; }

    public string? Parent { get; }

    public string? Transformation { get; }

    public IReadOnlyList<TracedObject> Children { get; }

    public IReadOnlyList<TracedObject> Inputs { get; }

    public IReadOnlyList<TracedObject> Outputs { get; }

    private IReadOnlyList<TracedObject> Objects { get; }

    /// <summary>Whether it is shown that the event names an object.</summary>
    public bool Names(string name) => shownNames?.Contains(name) != false;

    /// <summary>The lot that the event says an object is of; null where it says none.</summary>
    public string? LotOf(string name) => lotNumber is not null && Objects.Concat(Outputs).Any(each => each.Id == name) ? LotNames.Of(name, lotNumber) : null;

    /// <summary>The objects that the event says are of a lot.</summary>
    public IEnumerable<string> Members(string lot) => lotNumber is null ? [] : Objects.Concat(Outputs).Select(each => each.Id).Where(each => LotNames.Of(each, lotNumber) == lot);

    private static IReadOnlyList<TracedObject> Of(IReadOnlyList<string> epcs, IReadOnlyList<QuantityElement> quantities) =>
        epcs.Count + quantities.Count == 0 ? [] :
        [
            .. epcs.Where(epc => epc != ShownEvent.Withheld).Select(epc => new TracedObject(CanonicalIdentifier.Of(epc), null, null)),
            .. quantities.Select(quantity => new TracedObject(CanonicalIdentifier.Of(quantity.EpcClass), quantity.Quantity, quantity.Uom)),
        ];
}

using System.Text.Json;

namespace Jingwei.Identifiers.Epcis;

/// <summary>The kinds of events of EPCIS 2.0, clause 7.4.</summary>
public enum EpcisEventType
{
    /// <summary>Something happened to objects.</summary>
    ObjectEvent,

    /// <summary>Objects were put together or taken apart, for a time.</summary>
    AggregationEvent,

    /// <summary>Objects were bound to business transactions.</summary>
    TransactionEvent,

    /// <summary>Objects were used up and others made.</summary>
    TransformationEvent,

    /// <summary>Objects were bound to another object or a place, for long.</summary>
    AssociationEvent,

    /// <summary>A type that is not of the standard; <see cref="EpcisEvent.TypeName"/> says which.</summary>
    Extended,
}

/// <summary>How an event changes what it is about (EPCIS 2.0, 7.3.2).</summary>
public enum EpcisAction
{
    Add,
    Observe,
    Delete,
}

/// <summary>
/// One event. What is asked for most is here, ready; the whole event, extensions included, is <see cref="Json"/>, which is never changed.
/// Words of the standard vocabularies are their Web URIs here, however they were written; identifiers are as they were written.
/// </summary>
public sealed class EpcisEvent
{
    internal EpcisEvent(int index, JsonElement json, EpcisContext context) => (Index, Json, Context) = (index, json, context);

    /// <summary>Place in the document, from 0.</summary>
    public int Index { get; }

    /// <summary>The event as it was sent, or as its XML reads in JSON. Gone when the document is disposed of.</summary>
    public JsonElement Json { get; }

    /// <summary>What the prefixes in the event stand for.</summary>
    public EpcisContext Context { get; }

    /// <summary>The kind of event.</summary>
    public EpcisEventType Type { get; internal set; }

    /// <summary>The type as it is written in JSON: `ObjectEvent`, or a name with a prefix.</summary>
    public string TypeName { get; internal set; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset EventTime { get; internal set; }

    /// <summary>The offset of the place where it happened: `+08:00`.</summary>
    public string EventTimeZoneOffset { get; internal set; } = "";

    /// <summary>When it was recorded; null until it is.</summary>
    public DateTimeOffset? RecordTime { get; internal set; }

    /// <summary>The event's identifier, a URI; null where it has none.</summary>
    public string? EventId { get; internal set; }

    /// <summary>References to certificates.</summary>
    public IReadOnlyList<string> CertificationInfo { get; internal set; } = [];

    /// <summary>That the event is wrong, if it is declared so.</summary>
    public ErrorDeclaration? ErrorDeclaration { get; internal set; }

    /// <summary>How the event changes what it is about; transformations have none.</summary>
    public EpcisAction? Action { get; internal set; }

    /// <summary>The step of the business process.</summary>
    public string? BizStep { get; internal set; }

    /// <summary>The state of the objects after it.</summary>
    public string? Disposition { get; internal set; }

    /// <summary>States that hold until they are taken back.</summary>
    public PersistentDisposition? PersistentDisposition { get; internal set; }

    /// <summary>Where it was seen.</summary>
    public string? ReadPoint { get; internal set; }

    /// <summary>Where the objects are after it.</summary>
    public string? BizLocation { get; internal set; }

    /// <summary>The object that contains the others.</summary>
    public string? ParentId { get; internal set; }

    /// <summary>What joins the parts of one transformation.</summary>
    public string? TransformationId { get; internal set; }

    /// <summary>The objects of object and transaction events.</summary>
    public IReadOnlyList<string> EpcList { get; internal set; } = [];

    /// <summary>The contained objects of aggregation and association events.</summary>
    public IReadOnlyList<string> ChildEpcs { get; internal set; } = [];

    /// <summary>What a transformation used up.</summary>
    public IReadOnlyList<string> InputEpcList { get; internal set; } = [];

    /// <summary>What a transformation made.</summary>
    public IReadOnlyList<string> OutputEpcList { get; internal set; } = [];

    /// <summary>Objects known by their class, of object and transaction events.</summary>
    public IReadOnlyList<QuantityElement> QuantityList { get; internal set; } = [];

    /// <summary>Contained objects known by their class.</summary>
    public IReadOnlyList<QuantityElement> ChildQuantityList { get; internal set; } = [];

    /// <summary>What a transformation used up, known by its class.</summary>
    public IReadOnlyList<QuantityElement> InputQuantityList { get; internal set; } = [];

    /// <summary>What a transformation made, known by its class.</summary>
    public IReadOnlyList<QuantityElement> OutputQuantityList { get; internal set; } = [];

    /// <summary>The business transactions that it is part of.</summary>
    public IReadOnlyList<TypedIdentifier> BizTransactionList { get; internal set; } = [];

    /// <summary>Whence, in a transfer.</summary>
    public IReadOnlyList<TypedIdentifier> SourceList { get; internal set; } = [];

    /// <summary>Whither, in a transfer.</summary>
    public IReadOnlyList<TypedIdentifier> DestinationList { get; internal set; } = [];

    /// <summary>What sensors measured.</summary>
    public IReadOnlyList<SensorElement> SensorElementList { get; internal set; } = [];

    /// <summary>Master data of the instances or the lot; undefined (<see cref="JsonValueKind.Undefined"/>) where there is none.</summary>
    public JsonElement Ilmd { get; internal set; }
}

using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Hashing;

/// <summary>How a field of the standard is written into the text that is hashed.</summary>
internal enum HashShape
{
    /// <summary>A value, or values of an array.</summary>
    Text,

    /// <summary>A time, in UTC to the millisecond.</summary>
    Time,

    /// <summary>A list of EPCs.</summary>
    Epcs,

    /// <summary>A list of quantities.</summary>
    Quantities,

    /// <summary>An object of an identifier and extensions.</summary>
    Place,

    /// <summary>States that are set and unset.</summary>
    Dispositions,

    /// <summary>A list of sensor elements.</summary>
    Sensors,

    /// <summary>A list of identifiers with types, which stands among the extensions.</summary>
    Typed,

    /// <summary>Anything, which stands among the extensions.</summary>
    Generic,

    /// <summary>Not hashed.</summary>
    None,
}

/// <summary>A field of the standard.</summary>
/// <param name="Place">Place in the order of properties; fields without one stand among the extensions.</param>
/// <param name="Shape">How it is written.</param>
/// <param name="Words">The vocabulary of its values, if they have one.</param>
internal sealed record HashField(int Place, HashShape Shape, CbvVocabulary? Words = null);

/// <summary>The order of properties of the event hash (CBV 2.0, 8.9; table "canonical property order" of the reference implementation).</summary>
internal static class HashFields
{
    public static readonly Utf8Names<HashField> Event = new(
    [
        .. InOrder(
            ("eventTime", HashShape.Time, null), ("eventTimeZoneOffset", HashShape.Text, null), ("certificationInfo", HashShape.Text, null), ("parentID", HashShape.Text, null),
            ("epcList", HashShape.Epcs, null), ("inputEPCList", HashShape.Epcs, null), ("childEPCs", HashShape.Epcs, null), ("quantityList", HashShape.Quantities, null),
            ("childQuantityList", HashShape.Quantities, null), ("inputQuantityList", HashShape.Quantities, null), ("outputEPCList", HashShape.Epcs, null),
            ("outputQuantityList", HashShape.Quantities, null), ("action", HashShape.Text, null), ("transformationID", HashShape.Text, null), ("bizStep", HashShape.Text, Cbv.BizStep),
            ("disposition", HashShape.Text, Cbv.Disposition), ("persistentDisposition", HashShape.Dispositions, Cbv.Disposition), ("readPoint", HashShape.Place, null),
            ("bizLocation", HashShape.Place, null), ("sensorElementList", HashShape.Sensors, null)),
        ("bizTransactionList", new(int.MaxValue, HashShape.Typed, Cbv.BizTransactionType)),
        ("sourceList", new(int.MaxValue, HashShape.Typed, Cbv.SourceDestinationType)),
        ("destinationList", new(int.MaxValue, HashShape.Typed, Cbv.SourceDestinationType)),
        ("ilmd", new(int.MaxValue, HashShape.Generic)),
        .. new[] { "type", "recordTime", "eventID", "errorDeclaration", "@context" }.Select(name => (name, new HashField(int.MaxValue, HashShape.None))),
    ]);

    public static readonly Utf8Names<HashField> Quantity = new(InOrder(("epcClass", HashShape.Text, null), ("quantity", HashShape.Text, null), ("uom", HashShape.Text, null)));

    public static readonly Utf8Names<HashField> Place = new(InOrder(("id", HashShape.Text, null)));

    public static readonly Utf8Names<HashField> SensorMetadata = new(InOrder(
        ("time", HashShape.Time, null), ("startTime", HashShape.Time, null), ("endTime", HashShape.Time, null), ("deviceID", HashShape.Text, null), ("deviceMetadata", HashShape.Text, null),
        ("rawData", HashShape.Text, null), ("dataProcessingMethod", HashShape.Text, null), ("bizRules", HashShape.Text, null)));

    // bizRules of a report is not in the order of the reference implementation and comes with what is left.
    public static readonly Utf8Names<HashField> SensorReport = new(InOrder(
        ("type", HashShape.Text, Cbv.MeasurementType), ("exception", HashShape.Text, Cbv.SensorAlertType), ("deviceID", HashShape.Text, null), ("deviceMetadata", HashShape.Text, null),
        ("rawData", HashShape.Text, null), ("dataProcessingMethod", HashShape.Text, null), ("time", HashShape.Time, null), ("microorganism", HashShape.Text, null),
        ("chemicalSubstance", HashShape.Text, null), ("value", HashShape.Text, null), ("component", HashShape.Text, Cbv.Component), ("stringValue", HashShape.Text, null),
        ("booleanValue", HashShape.Text, null), ("hexBinaryValue", HashShape.Text, null), ("uriValue", HashShape.Text, null), ("minValue", HashShape.Text, null), ("maxValue", HashShape.Text, null),
        ("meanValue", HashShape.Text, null), ("sDev", HashShape.Text, null), ("percRank", HashShape.Text, null), ("percValue", HashShape.Text, null), ("uom", HashShape.Text, null),
        ("coordinateReferenceSystem", HashShape.Text, null)));

    // The class of a sensor element in JSON-LD is no field of XML.
    public static readonly Utf8Names<HashField> SensorElement = new(
    [
        ("sensorMetadata", new(0, HashShape.Generic)), ("sensorReport", new(1, HashShape.Generic)), ("type", new(int.MaxValue, HashShape.None)),
    ]);

    private static IEnumerable<(string Name, HashField Field)> InOrder(params (string Name, HashShape Shape, CbvVocabulary? Words)[] fields) =>
        fields.Select((field, place) => (field.Name, new HashField(place, field.Shape, field.Words)));
}

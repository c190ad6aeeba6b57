using System.Text.Json;

namespace Jingwei.Identifiers.Epcis;

/// <summary>An amount of objects known by their class (EPCIS 2.0, 7.3.3.3).</summary>
/// <param name="EpcClass">The class: a lot or a kind.</param>
/// <param name="Quantity">How much; null where it is not known.</param>
/// <param name="Uom">Unit, a code of UN/CEFACT Recommendation 20 (`KGM`); null where objects are counted.</param>
public sealed record QuantityElement(string EpcClass, double? Quantity, string? Uom);

/// <summary>A business transaction, a source or a destination, with its type (EPCIS 2.0, 7.3.5.3 and 7.3.5.4).</summary>
/// <param name="Type">The type's Web URI; null where a business transaction has none.</param>
/// <param name="Id">The identifier.</param>
public sealed record TypedIdentifier(string? Type, string Id);

/// <summary>States that last beyond an event (EPCIS 2.0, 7.3.5.5).</summary>
/// <param name="Set">States that begin to hold.</param>
/// <param name="Unset">States that hold no longer.</param>
public sealed record PersistentDisposition(IReadOnlyList<string> Set, IReadOnlyList<string> Unset);

/// <summary>That an event is wrong (EPCIS 2.0, 7.4.1.2).</summary>
/// <param name="DeclarationTime">When that was said.</param>
/// <param name="Reason">Why, the Web URI; null where it is not said.</param>
/// <param name="CorrectiveEventIds">The events that say what is right.</param>
/// <param name="Json">The whole declaration, with its extensions.</param>
public sealed record ErrorDeclaration(DateTimeOffset DeclarationTime, string? Reason, IReadOnlyList<string> CorrectiveEventIds, JsonElement Json);

/// <summary>What sensors measured, and how (EPCIS 2.0, 7.3.7).</summary>
/// <param name="Metadata">What holds for all reports; null where nothing is said.</param>
/// <param name="Reports">The measured values, at least one.</param>
/// <param name="Json">The whole element, with its extensions.</param>
public sealed record SensorElement(SensorMetadata? Metadata, IReadOnlyList<SensorReport> Reports, JsonElement Json);

/// <summary>What holds for all reports of a sensor element.</summary>
public sealed record SensorMetadata
{
    /// <summary>When it was measured, or where the time of day is in doubt, told.</summary>
    public DateTimeOffset? Time { get; internal set; }

    /// <summary>Begin of what was measured.</summary>
    public DateTimeOffset? StartTime { get; internal set; }

    /// <summary>End of what was measured.</summary>
    public DateTimeOffset? EndTime { get; internal set; }

    /// <summary>The sensor.</summary>
    public string? DeviceId { get; internal set; }

    /// <summary>What is said of the sensor.</summary>
    public string? DeviceMetadata { get; internal set; }

    /// <summary>Where the raw values are.</summary>
    public string? RawData { get; internal set; }

    /// <summary>How the raw values became these.</summary>
    public string? DataProcessingMethod { get; internal set; }

    /// <summary>The rules that the values were made for.</summary>
    public string? BizRules { get; internal set; }

    /// <summary>The whole, with its extensions.</summary>
    public JsonElement Json { get; internal set; }
}

/// <summary>One measured value, or a summary of many.</summary>
public sealed record SensorReport
{
    /// <summary>What was measured: the Web URI of a measurement type.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>What the sensor warns of: the Web URI of an alert type.</summary>
    public string? Exception { get; internal set; }

    /// <summary>When, where the reports of an element differ in it.</summary>
    public DateTimeOffset? Time { get; internal set; }

    /// <summary>The sensor.</summary>
    public string? DeviceId { get; internal set; }

    /// <summary>What is said of the sensor.</summary>
    public string? DeviceMetadata { get; internal set; }

    /// <summary>Where the raw values are.</summary>
    public string? RawData { get; internal set; }

    /// <summary>How the raw values became these.</summary>
    public string? DataProcessingMethod { get; internal set; }

    /// <summary>The rules that the values were made for.</summary>
    public string? BizRules { get; internal set; }

    /// <summary>Of which microorganism.</summary>
    public string? Microorganism { get; internal set; }

    /// <summary>Of which substance.</summary>
    public string? ChemicalSubstance { get; internal set; }

    /// <summary>In which system coordinates are.</summary>
    public string? CoordinateReferenceSystem { get; internal set; }

    /// <summary>Which component of a vector: a Web URI.</summary>
    public string? Component { get; internal set; }

    /// <summary>The value, in <see cref="Uom"/>.</summary>
    public double? Value { get; internal set; }

    /// <summary>The value, where it is text.</summary>
    public string? StringValue { get; internal set; }

    /// <summary>The value, where it is true or false.</summary>
    public bool? BooleanValue { get; internal set; }

    /// <summary>The value, where it is bytes, in hexadecimal digits.</summary>
    public string? HexBinaryValue { get; internal set; }

    /// <summary>The value, where it is a URI.</summary>
    public string? UriValue { get; internal set; }

    /// <summary>Least value, in <see cref="Uom"/>.</summary>
    public double? MinValue { get; internal set; }

    /// <summary>Greatest value, in <see cref="Uom"/>.</summary>
    public double? MaxValue { get; internal set; }

    /// <summary>Mean of the values, in <see cref="Uom"/>.</summary>
    public double? MeanValue { get; internal set; }

    /// <summary>Standard deviation of the values, in <see cref="Uom"/>.</summary>
    public double? SDev { get; internal set; }

    /// <summary>A percentage p ...</summary>
    public double? PercRank { get; internal set; }

    /// <summary>... and the value below which p percent of the values are, in <see cref="Uom"/>.</summary>
    public double? PercValue { get; internal set; }

    /// <summary>Unit, a code of UN/CEFACT Recommendation 20.</summary>
    public string? Uom { get; internal set; }

    /// <summary>The whole, with its extensions.</summary>
    public JsonElement Json { get; internal set; }
}

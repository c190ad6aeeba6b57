using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads what sensors measured (EPCIS 2.0, 7.3.7).</summary>
internal static class SensorReading
{
    private static readonly Utf8Names<Action<ReadingScope, SensorReport, JsonElement>> ReportFields = new(
    [
        ("type", static (s, r, v) => r.Type = s.Word("type", v, Cbv.MeasurementType) ?? ""),
        ("exception", static (s, r, v) => r.Exception = s.Word("exception", v, Cbv.SensorAlertType)),
        ("deviceID", static (s, r, v) => r.DeviceId = s.Uri("deviceID", v)),
        ("deviceMetadata", static (s, r, v) => r.DeviceMetadata = s.Uri("deviceMetadata", v)),
        ("rawData", static (s, r, v) => r.RawData = s.Uri("rawData", v)),
        ("dataProcessingMethod", static (s, r, v) => r.DataProcessingMethod = s.Uri("dataProcessingMethod", v)),
        ("bizRules", static (s, r, v) => r.BizRules = s.Uri("bizRules", v)),
        ("time", static (s, r, v) => r.Time = s.Time("time", v)),
        ("microorganism", static (s, r, v) => r.Microorganism = s.Uri("microorganism", v)),
        ("chemicalSubstance", static (s, r, v) => r.ChemicalSubstance = s.Uri("chemicalSubstance", v)),
        ("coordinateReferenceSystem", static (s, r, v) => r.CoordinateReferenceSystem = s.Uri("coordinateReferenceSystem", v)),
        ("value", static (s, r, v) => r.Value = s.Number("value", v)),
        ("component", static (s, r, v) => r.Component = s.Word("component", v, Cbv.Component)),
        ("stringValue", static (s, r, v) => r.StringValue = s.Text("stringValue", v)),
        ("booleanValue", static (s, r, v) => r.BooleanValue = s.Truth("booleanValue", v)),
        ("hexBinaryValue", static (s, r, v) => r.HexBinaryValue = s.HexBinary(v)),
        ("uriValue", static (s, r, v) => r.UriValue = s.Uri("uriValue", v)),
        ("minValue", static (s, r, v) => r.MinValue = s.Number("minValue", v)),
        ("maxValue", static (s, r, v) => r.MaxValue = s.Number("maxValue", v)),
        ("meanValue", static (s, r, v) => r.MeanValue = s.Number("meanValue", v)),
        ("sDev", static (s, r, v) => r.SDev = s.Number("sDev", v)),
        ("percRank", static (s, r, v) => r.PercRank = s.Number("percRank", v)),
        ("percValue", static (s, r, v) => r.PercValue = s.Number("percValue", v)),
        ("uom", static (s, r, v) => r.Uom = s.Text("uom", v)),
    ]);

    private static readonly Utf8Names<Action<ReadingScope, SensorMetadata, JsonElement>> MetadataFields = new(
    [
        ("time", static (s, m, v) => m.Time = s.Time("time", v)),
        ("startTime", static (s, m, v) => m.StartTime = s.Time("startTime", v)),
        ("endTime", static (s, m, v) => m.EndTime = s.Time("endTime", v)),
        ("deviceID", static (s, m, v) => m.DeviceId = s.Uri("deviceID", v)),
        ("deviceMetadata", static (s, m, v) => m.DeviceMetadata = s.Uri("deviceMetadata", v)),
        ("rawData", static (s, m, v) => m.RawData = s.Uri("rawData", v)),
        ("dataProcessingMethod", static (s, m, v) => m.DataProcessingMethod = s.Uri("dataProcessingMethod", v)),
        ("bizRules", static (s, m, v) => m.BizRules = s.Uri("bizRules", v)),
    ]);

    public static SensorElement? SensorElement(this ReadingScope scope, JsonElement part)
    {
        if (!scope.Is(null, part, JsonValueKind.Object))
        {
            return null;
        }

        SensorMetadata? metadata = null;
        IReadOnlyList<SensorReport>? reports = null;
        foreach (var property in part.EnumerateObject())
        {
            if (property.NameEquals("sensorMetadata"u8))
            {
                metadata = scope.Metadata(property.Value);
            }
            else if (property.NameEquals("sensorReport"u8))
            {
                reports = scope.List("sensorReport", property.Value, Report);
                if (property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() == 0)
                {
                    scope.Report(EpcisProblemCode.Empty, "sensorReport", "At least one report has to be in it.");
                }
            }
            else if (property.NameEquals("type"u8))
            {
                // The examples of the standard give the element its class in JSON-LD: "type": "epcis:SensorElement".
                scope.Uri("type", property.Value);
            }
            else
            {
                scope.Extension(property);
            }
        }

        scope.Require(reports is not null, "sensorReport");
        return new(metadata, reports ?? [], part);
    }

    private static SensorMetadata? Metadata(this ReadingScope scope, JsonElement part)
    {
        if (!scope.Is("sensorMetadata", part, JsonValueKind.Object))
        {
            return null;
        }

        var metadata = new SensorMetadata { Json = part };
        scope.Enter("sensorMetadata");
        foreach (var property in part.EnumerateObject())
        {
            if (MetadataFields.TryGet(Utf8Json.Name(property), out var read))
            {
                read(scope, metadata, property.Value);
            }
            else
            {
                scope.Extension(property);
            }
        }

        scope.Leave();
        return metadata;
    }

    private static SensorReport? Report(ReadingScope scope, JsonElement part)
    {
        if (!scope.Is(null, part, JsonValueKind.Object))
        {
            return null;
        }

        var report = new SensorReport { Json = part };
        foreach (var property in part.EnumerateObject())
        {
            if (ReportFields.TryGet(Utf8Json.Name(property), out var read))
            {
                read(scope, report, property.Value);
            }
            else
            {
                scope.Extension(property);
            }
        }

        scope.Require(part.TryGetProperty("type"u8, out _), "type");
        return report;
    }

    private static string? HexBinary(this ReadingScope scope, JsonElement value)
    {
        if (!scope.Is("hexBinaryValue", value, JsonValueKind.String))
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > 0 && text.All(char.IsAsciiHexDigit))
        {
            return text;
        }

        scope.Report(EpcisProblemCode.InvalidValue, "hexBinaryValue", $"\"{FieldReading.Shown(value)}\" are not hexadecimal digits.");
        return null;
    }
}

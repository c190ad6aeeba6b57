using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads one event, at whose place the reading is, as the schema of EPCIS 2.0 defines it.</summary>
internal static class EventReading
{
    [Flags]
    private enum Kinds
    {
        None = 0,
        Object = 1,
        Aggregation = 2,
        Transaction = 4,
        Transformation = 8,
        Association = 16,
        Extended = 32,
        Standard = Object | Aggregation | Transaction | Transformation | Association,
        All = Standard | Extended,
    }

    private sealed record Field(Kinds Kinds, Action<ReadingScope, EpcisEvent, JsonElement> Read);

    private static readonly Utf8Names<Field> Fields = new(
    [
        ("type", new(Kinds.All, static (_, _, _) => { })),
        ("@context", new(Kinds.All, static (s, _, v) => s.ContextShape(v))),
        ("eventTime", new(Kinds.All, static (s, e, v) => e.EventTime = s.Time("eventTime", v) ?? default)),
        ("recordTime", new(Kinds.All, static (s, e, v) => e.RecordTime = s.Time("recordTime", v))),
        ("eventTimeZoneOffset", new(Kinds.All, static (s, e, v) => e.EventTimeZoneOffset = s.ZoneOffset(v))),
        ("eventID", new(Kinds.All, static (s, e, v) => e.EventId = s.Uri("eventID", v))),
        ("certificationInfo", new(Kinds.All, static (s, e, v) => e.CertificationInfo = s.Certificates("certificationInfo", v))),
        ("errorDeclaration", new(Kinds.All, static (s, e, v) => e.ErrorDeclaration = s.ErrorDeclaration(v))),
        ("action", new(Kinds.Standard & ~Kinds.Transformation, static (s, e, v) => e.Action = s.Action(v))),
        ("bizStep", new(Kinds.Standard, static (s, e, v) => e.BizStep = s.Word("bizStep", v, Cbv.BizStep))),
        ("disposition", new(Kinds.Standard, static (s, e, v) => e.Disposition = s.Word("disposition", v, Cbv.Disposition))),

        // The schema's list of names forgets it in three types of event; the standard (7.4.1) and its XML schema have it in all.
        ("persistentDisposition", new(Kinds.Standard, static (s, e, v) => e.PersistentDisposition = s.PersistentDisposition(v))),
        ("readPoint", new(Kinds.Standard, static (s, e, v) => e.ReadPoint = s.Place("readPoint", v))),
        ("bizLocation", new(Kinds.Standard, static (s, e, v) => e.BizLocation = s.Place("bizLocation", v))),
        ("bizTransactionList", new(Kinds.Standard, static (s, e, v) => e.BizTransactionList = s.List("bizTransactionList", v, PartReading.BizTransaction))),
        ("sourceList", new(Kinds.Standard, static (s, e, v) => e.SourceList = s.List("sourceList", v, PartReading.Source))),
        ("destinationList", new(Kinds.Standard, static (s, e, v) => e.DestinationList = s.List("destinationList", v, PartReading.Destination))),
        ("sensorElementList", new(Kinds.Standard, static (s, e, v) => e.SensorElementList = s.List("sensorElementList", v, SensorReading.SensorElement))),
        ("ilmd", new(Kinds.Object | Kinds.Transformation, static (s, e, v) => e.Ilmd = s.Ilmd(v))),
        ("epcList", new(Kinds.Object | Kinds.Transaction, static (s, e, v) => e.EpcList = s.UriList("epcList", v, e.Type == EpcisEventType.ObjectEvent))),
        ("quantityList", new(Kinds.Object | Kinds.Transaction, static (s, e, v) => e.QuantityList = s.List("quantityList", v, PartReading.Quantity))),
        ("parentID", new(Kinds.Aggregation | Kinds.Transaction | Kinds.Association, static (s, e, v) => e.ParentId = s.Uri("parentID", v))),
        ("childEPCs", new(Kinds.Aggregation | Kinds.Association, static (s, e, v) => e.ChildEpcs = s.UriList("childEPCs", v, false))),
        ("childQuantityList", new(Kinds.Aggregation | Kinds.Association, static (s, e, v) => e.ChildQuantityList = s.List("childQuantityList", v, PartReading.Quantity))),
        ("inputEPCList", new(Kinds.Transformation, static (s, e, v) => e.InputEpcList = s.UriList("inputEPCList", v, true))),
        ("inputQuantityList", new(Kinds.Transformation, static (s, e, v) => e.InputQuantityList = s.List("inputQuantityList", v, PartReading.Quantity))),
        ("outputEPCList", new(Kinds.Transformation, static (s, e, v) => e.OutputEpcList = s.UriList("outputEPCList", v, true))),
        ("outputQuantityList", new(Kinds.Transformation, static (s, e, v) => e.OutputQuantityList = s.List("outputQuantityList", v, PartReading.Quantity))),
        ("transformationID", new(Kinds.Transformation, static (s, e, v) => e.TransformationId = s.Uri("transformationID", v))),
    ]);

    private static readonly Utf8Names<EpcisEventType> Types = new(Enum.GetValues<EpcisEventType>().Where(type => type != EpcisEventType.Extended).Select(type => (type.ToString(), type)));

    /// <summary>The event, or null where something is wrong with it.</summary>
    public static EpcisEvent? Event(this ReadingScope scope, int index, JsonElement json)
    {
        var before = scope.ProblemCount;
        if (!scope.Is(null, json, JsonValueKind.Object) || !scope.TryType(json, out var type, out var typeName))
        {
            return null;
        }

        var around = scope.Context;
        if (json.TryGetProperty("@context"u8, out var context))
        {
            if (scope.RefusesContext(context))
            {
                return null;
            }

            scope.Context = around.With(context);
        }

        var read = new EpcisEvent(index, json, scope.Context) { Type = type, TypeName = typeName };
        var kind = (Kinds)(1 << (int)type);
        foreach (var property in json.EnumerateObject())
        {
            if (!Fields.TryGet(Utf8Json.Name(property), out var field))
            {
                if (type != EpcisEventType.Extended)
                {
                    scope.Extension(property);
                }
            }
            else if ((field.Kinds & kind) != 0)
            {
                field.Read(scope, read, property.Value);
            }
            else if (type != EpcisEventType.Extended)
            {
                scope.Unknown(property.Name);
            }
        }

        scope.Rules(read);
        scope.Context = around;
        return scope.ProblemCount == before ? read : null;
    }

    private static bool TryType(this ReadingScope scope, JsonElement json, out EpcisEventType type, out string name)
    {
        (type, name) = (EpcisEventType.Extended, "");
        if (!json.TryGetProperty("type"u8, out var value))
        {
            scope.Require(false, "type");
            return false;
        }

        if (!scope.Is("type", value, JsonValueKind.String))
        {
            return false;
        }

        if (Types.TryGet(Utf8Json.Text(value), out type))
        {
            name = TypeNames.Of(type);
            return true;
        }

        (type, name) = (EpcisEventType.Extended, value.GetString()!);
        if (Uris.IsUri(Utf8Json.Text(value)))
        {
            return true;
        }

        scope.Report(EpcisProblemCode.UnknownEventType, "type", $"\"{FieldReading.Shown(value)}\" is no type of event; the type of an extension is a URI.");
        return false;
    }

    private static EpcisAction? Action(this ReadingScope scope, JsonElement value)
    {
        if (!scope.Is("action", value, JsonValueKind.String))
        {
            return null;
        }

        switch (Utf8Json.Text(value))
        {
            case var text when text.SequenceEqual("ADD"u8):
                return EpcisAction.Add;
            case var text when text.SequenceEqual("OBSERVE"u8):
                return EpcisAction.Observe;
            case var text when text.SequenceEqual("DELETE"u8):
                return EpcisAction.Delete;
            default:
                scope.Report(EpcisProblemCode.InvalidValue, "action", $"\"{FieldReading.Shown(value)}\" is none of ADD, OBSERVE and DELETE.");
                return null;
        }
    }

    private static string ZoneOffset(this ReadingScope scope, JsonElement value)
    {
        if (!scope.Is("eventTimeZoneOffset", value, JsonValueKind.String))
        {
            return "";
        }

        if (!Timestamps.IsZoneOffset(Utf8Json.Text(value)))
        {
            scope.Report(EpcisProblemCode.InvalidTimeZoneOffset, "eventTimeZoneOffset", $"\"{FieldReading.Shown(value)}\" is no offset like +08:00, up to 14:00.");
        }

        return value.GetString()!;
    }
}

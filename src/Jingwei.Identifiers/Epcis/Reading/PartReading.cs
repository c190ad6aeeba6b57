using System.Buffers;
using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads the objects that events are made of, as the schema of EPCIS 2.0 defines them. The reading stands at the object.</summary>
internal static class PartReading
{
    private static readonly SearchValues<byte> UnitCode = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    public static QuantityElement? Quantity(this ReadingScope scope, JsonElement part)
    {
        if (!scope.Is(null, part, JsonValueKind.Object))
        {
            return null;
        }

        string? epcClass = null, uom = null;
        double? quantity = null;
        var hasClass = false;
        foreach (var property in part.EnumerateObject())
        {
            var name = Utf8Json.Name(property);
            if (name.SequenceEqual("epcClass"u8))
            {
                (hasClass, epcClass) = (true, scope.Uri("epcClass", property.Value));
            }
            else if (name.SequenceEqual("quantity"u8))
            {
                quantity = scope.Number("quantity", property.Value);
            }
            else if (name.SequenceEqual("uom"u8))
            {
                uom = scope.QuantityUnit(property.Value);
            }
            else
            {
                scope.Unknown(property.Name);
            }
        }

        scope.Require(hasClass, "epcClass");
        return epcClass is null ? null : new(epcClass, quantity, uom);
    }

    public static TypedIdentifier? BizTransaction(this ReadingScope scope, JsonElement part) => scope.Typed(part, "bizTransaction", Cbv.BizTransactionType, false);

    public static TypedIdentifier? Source(this ReadingScope scope, JsonElement part) => scope.Typed(part, "source", Cbv.SourceDestinationType, true);

    public static TypedIdentifier? Destination(this ReadingScope scope, JsonElement part) => scope.Typed(part, "destination", Cbv.SourceDestinationType, true);

    /// <summary>The `id` of a read point or business location.</summary>
    public static string? Place(this ReadingScope scope, string name, JsonElement part)
    {
        if (!scope.Is(name, part, JsonValueKind.Object))
        {
            return null;
        }

        scope.Enter(name);
        var id = part.TryGetProperty("id"u8, out var value) ? scope.Uri("id", value) : null;
        scope.Require(value.ValueKind != JsonValueKind.Undefined, "id");
        scope.Leave();
        return id;
    }

    public static PersistentDisposition? PersistentDisposition(this ReadingScope scope, JsonElement part)
    {
        const string Name = "persistentDisposition";
        if (!scope.Is(Name, part, JsonValueKind.Object))
        {
            return null;
        }

        scope.Enter(Name);
        IReadOnlyList<string>? set = null, unset = null;
        foreach (var property in part.EnumerateObject())
        {
            switch (property.Name)
            {
                case "set":
                    set = scope.Dispositions("set", property.Value);
                    break;
                case "unset":
                    unset = scope.Dispositions("unset", property.Value);
                    break;
                default:
                    scope.Unknown(property.Name);
                    break;
            }
        }

        if (set is null && unset is null)
        {
            scope.Report(EpcisProblemCode.MissingField, null, "A persistent disposition sets or unsets something.");
        }

        scope.Leave();
        return new(set ?? [], unset ?? []);
    }

    public static ErrorDeclaration? ErrorDeclaration(this ReadingScope scope, JsonElement part)
    {
        const string Name = "errorDeclaration";
        if (!scope.Is(Name, part, JsonValueKind.Object))
        {
            return null;
        }

        scope.Enter(Name);
        DateTimeOffset? time = null;
        string? reason = null;
        IReadOnlyList<string> corrective = [];
        var hasTime = false;
        foreach (var property in part.EnumerateObject())
        {
            switch (property.Name)
            {
                case "declarationTime":
                    (hasTime, time) = (true, scope.Time("declarationTime", property.Value));
                    break;
                case "reason":
                    reason = scope.Word("reason", property.Value, Cbv.ErrorReason);
                    break;
                case "correctiveEventIDs":
                    corrective = scope.UriList("correctiveEventIDs", property.Value, false);
                    break;
                default:
                    scope.Extension(property);
                    break;
            }
        }

        scope.Require(hasTime, "declarationTime");
        scope.Leave();
        return time is null ? null : new(time.Value, reason, corrective, part);
    }

    /// <summary>References to certificates: one, or an array of them.</summary>
    public static IReadOnlyList<string> Certificates(this ReadingScope scope, string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? scope.UriList(name, value, false) : scope.Uri(name, value) is { } one ? [one] : [];

    /// <summary>ILMD: any fields, but each with a name that is a URI.</summary>
    public static JsonElement Ilmd(this ReadingScope scope, JsonElement part)
    {
        if (scope.Is("ilmd", part, JsonValueKind.Object))
        {
            scope.Enter("ilmd");
            foreach (var property in part.EnumerateObject())
            {
                scope.Extension(property);
            }

            scope.Leave();
        }

        return part;
    }

    /// <summary>Says that a field lacks, where it does.</summary>
    public static void Require(this ReadingScope scope, bool isThere, string name)
    {
        if (!isThere)
        {
            scope.Report(EpcisProblemCode.MissingField, name, $"\"{name}\" lacks.");
        }
    }

    /// <summary>Says that there is no such field.</summary>
    public static void Unknown(this ReadingScope scope, string name) => scope.Report(EpcisProblemCode.UnknownField, name, $"There is no field \"{name}\" here.");

    /// <summary>A field that the standard does not know is an extension: its name is a URI or has a prefix.</summary>
    public static void Extension(this ReadingScope scope, JsonProperty property)
    {
        if (!Uris.IsUri(Utf8Json.Name(property)))
        {
            scope.Report(EpcisProblemCode.UnknownField, property.Name, $"There is no field \"{property.Name}\" here; the name of an extension has a prefix.");
        }
    }

    private static IReadOnlyList<string> Dispositions(this ReadingScope scope, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
        {
            scope.Report(EpcisProblemCode.Empty, name, "At least one disposition has to be in it.");
        }

        return scope.Unique(name, scope.List(name, value, static (scope, member) => scope.Word(null, member, Cbv.Disposition)));
    }

    private static TypedIdentifier? Typed(this ReadingScope scope, JsonElement part, string idName, CbvVocabulary types, bool needsType)
    {
        if (!scope.Is(null, part, JsonValueKind.Object))
        {
            return null;
        }

        string? id = null, type = null;
        bool hasId = false, hasType = false;
        foreach (var property in part.EnumerateObject())
        {
            if (property.NameEquals("type"u8))
            {
                (hasType, type) = (true, scope.Word("type", property.Value, types));
            }
            else if (property.NameEquals(idName))
            {
                (hasId, id) = (true, scope.Uri(idName, property.Value));
            }
            else
            {
                scope.Unknown(property.Name);
            }
        }

        scope.Require(hasId, idName);
        scope.Require(hasType || !needsType, "type");
        return id is null || (needsType && type is null) ? null : new(type, id);
    }

    // The pattern ^[A-Z0-9]{2,3}$ of the schema.
    private static string? QuantityUnit(this ReadingScope scope, JsonElement value)
    {
        if (!scope.Is("uom", value, JsonValueKind.String))
        {
            return null;
        }

        var code = Utf8Json.Text(value);
        if (code.Length is 2 or 3 && code.IndexOfAnyExcept(UnitCode) < 0)
        {
            return value.GetString();
        }

        scope.Report(EpcisProblemCode.InvalidValue, "uom", $"\"{FieldReading.Shown(value)}\" is no code of two or three capital letters or digits.");
        return null;
    }
}

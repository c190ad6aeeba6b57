using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads the header of a document: master data (EPCIS 2.0, 9.4).</summary>
internal static class HeaderReading
{
    public static void Header(this ReadingScope scope, JsonElement header)
    {
        if (!scope.Is("epcisHeader", header, JsonValueKind.Object))
        {
            return;
        }

        scope.Enter("epcisHeader");
        foreach (var property in header.EnumerateObject())
        {
            if (!property.NameEquals("epcisMasterData"u8))
            {
                scope.Extension(property);
            }
            else if (scope.Is("epcisMasterData", property.Value, JsonValueKind.Object) && property.Value.TryGetProperty("vocabularyList"u8, out var list))
            {
                scope.Enter("epcisMasterData");
                scope.Vocabularies(list);
                scope.Leave();
            }
        }

        scope.Leave();
    }

    public static void Vocabularies(this ReadingScope scope, JsonElement list) => scope.List("vocabularyList", list, static (scope, member) =>
    {
        if (scope.Is(null, member, JsonValueKind.Object))
        {
            scope.RequiredUri(member, "type");
            if (member.TryGetProperty("vocabularyElementList"u8, out var elements))
            {
                scope.List("vocabularyElementList", elements, Element);
            }
        }

        return (object?)null;
    });

    private static object? Element(ReadingScope scope, JsonElement element)
    {
        if (scope.Is(null, element, JsonValueKind.Object))
        {
            scope.RequiredUri(element, "id");
            if (element.TryGetProperty("attributes"u8, out var attributes))
            {
                scope.List("attributes", attributes, Attribute);
            }

            if (element.TryGetProperty("children"u8, out var children))
            {
                scope.UriList("children", children, false);
            }
        }

        return null;
    }

    private static object? Attribute(ReadingScope scope, JsonElement attribute)
    {
        if (scope.Is(null, attribute, JsonValueKind.Object))
        {
            scope.RequiredUri(attribute, "id");
            if (attribute.TryGetProperty("attribute"u8, out var value) && value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Object))
            {
                scope.Report(EpcisProblemCode.WrongKind, "attribute", "The value of an attribute is a string, a number or an object.");
            }
        }

        return null;
    }

    private static void RequiredUri(this ReadingScope scope, JsonElement part, string name)
    {
        scope.Require(part.TryGetProperty(name, out var value), name);
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            scope.Uri(name, value);
        }
    }
}

using System.Text.Json;

namespace Jingwei.Identifiers.Epcis;

/// <summary>What master data say of one thing: a place, a product, a party (EPCIS 2.0, 6.5).</summary>
/// <param name="Vocabulary">The type of its vocabulary: `urn:epcglobal:epcis:vtype:ReadPoint`.</param>
/// <param name="Id">Its identifier, as it stands in the document.</param>
/// <param name="Attributes">Those of the CBV (clause 9) by their bare name (`latitude`), others by their full one; an object as its JSON.</param>
/// <param name="Children">What stands below it: the docks of a warehouse.</param>
public sealed record VocabularyElement(string Vocabulary, string Id, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Children)
{
    // Documents write `urn:epcglobal:cbv:mda#name`, and as a term of the standard context `cbvmda:name`, which is `urn:epcglobal:cbv:mda:name`.
    private const string Namespace = "urn:epcglobal:cbv:mda";

    /// <summary>The master data in the header of a document that is right; none where it has none.</summary>
    public static IEnumerable<VocabularyElement> Of(EpcisDocument document) =>
        Part(document.Json, "epcisHeader") is { } header && Part(header, "epcisMasterData") is { } master
            ? Members(master, "vocabularyList").SelectMany(vocabulary => Of(vocabulary, document.Context))
            : [];

    private static IEnumerable<VocabularyElement> Of(JsonElement vocabulary, EpcisContext context) => Text(vocabulary, "type") is { } type
        ? Members(vocabulary, "vocabularyElementList")
            .Where(element => Text(element, "id") is not null)
            .Select(element => new VocabularyElement(context.Expand(type), Text(element, "id")!, AttributesOf(element, context), ChildrenOf(element)))
        : [];

    private static Dictionary<string, string> AttributesOf(JsonElement element, EpcisContext context)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var each in Members(element, "attributes"))
        {
            if (Text(each, "id") is { } id && each.TryGetProperty("attribute", out var value))
            {
                found[NameOf(context.Expand(id))] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            }
        }

        return found;
    }

    /// <summary>An attribute's name as it stands in <see cref="Attributes"/>.</summary>
    /// <param name="attribute">Its full name.</param>
    internal static string NameOf(string attribute) =>
        attribute.StartsWith(Namespace, StringComparison.Ordinal) && attribute.Length > Namespace.Length + 1 && attribute[Namespace.Length] is '#' or ':'
            ? attribute[(Namespace.Length + 1)..]
            : attribute;

    private static List<string> ChildrenOf(JsonElement element) =>
        element.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array
            ? [.. children.EnumerateArray().Where(child => child.ValueKind == JsonValueKind.String).Select(child => child.GetString()!)]
            : [];

    private static JsonElement? Part(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static IEnumerable<JsonElement> Members(JsonElement part, string name) =>
        part.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement part, string name) => part.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

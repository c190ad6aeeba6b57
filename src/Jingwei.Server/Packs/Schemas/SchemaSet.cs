using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Jingwei.Server.Packs.Schemas;

/// <summary>A schema, and the document it stands in, from which its references start.</summary>
internal readonly record struct Schema(JsonElement Element, string Document);

/// <summary>
/// JSON Schemas (draft 2020-12) by file name. Holds schemas whose every keyword is one that <see cref="SchemaCheck"/>
/// enforces, so that a schema never says what is not checked.
/// </summary>
internal sealed class SchemaSet
{
    private static readonly Lazy<SchemaSet> Embedded = new(ReadEmbedded);

    private readonly FrozenDictionary<string, JsonElement> documents;

    /// <exception cref="InvalidOperationException">A schema has a keyword that is not enforced, or a reference to nothing.</exception>
    public SchemaSet(IEnumerable<KeyValuePair<string, JsonElement>> documents)
    {
        this.documents = documents.ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var (name, element) in this.documents)
        {
            RequireKnownKeywords(new Schema(element, name));
        }
    }

    /// <summary>The published schemas of the folder schemas/, as they were built into this program.</summary>
    public static SchemaSet Published => Embedded.Value;

    /// <summary>The schema of a file such as "rule.schema.json".</summary>
    public Schema this[string document] => new(documents[document], document);

    /// <summary>What a "$ref" of that document names: "#/$defs/x" or "other.schema.json#/$defs/x".</summary>
    public Schema Resolve(string reference, string from)
    {
        var parts = reference.Split('#', 2);
        var document = parts[0].Length == 0 ? from : parts[0];
        if (!documents.TryGetValue(document, out var element))
        {
            throw new InvalidOperationException($"{from} refers to {reference}, which is not there.");
        }

        foreach (var step in parts.ElementAtOrDefault(1)?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (!element.TryGetProperty(step, out element))
            {
                throw new InvalidOperationException($"{from} refers to {reference}, which is not there.");
            }
        }

        return new Schema(element, document);
    }

    private void RequireKnownKeywords(Schema schema)
    {
        if (schema.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        foreach (var keyword in schema.Element.EnumerateObject())
        {
            foreach (var inner in Subschemas(keyword, schema.Document))
            {
                RequireKnownKeywords(new Schema(inner, schema.Document));
            }
        }
    }

    private IEnumerable<JsonElement> Subschemas(JsonProperty keyword, string document)
    {
        switch (keyword.Name)
        {
            case "properties" or "$defs":
                return keyword.Value.EnumerateObject().Select(each => each.Value);
            case "items" or "additionalProperties" or "propertyNames" or "if" or "then":
                return [keyword.Value];
            case "allOf" or "oneOf":
                return keyword.Value.EnumerateArray();
            case "$ref":
                Resolve(keyword.Value.GetString()!, document);
                return [];
            case "$schema" or "title" or "description":
            case "type" or "enum" or "const" or "pattern" or "maxLength" or "minimum" or "maximum":
            case "required" or "dependentRequired" or "minProperties" or "minItems" or "maxItems" or "uniqueItems":
                return [];
            default:
                throw new InvalidOperationException($"{document} has the keyword {keyword.Name}, which is not enforced.");
        }
    }

    private static SchemaSet ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string Folder = "schemas/";
        return new SchemaSet(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name[Folder.Length..], Read(assembly, name))));
    }

    private static JsonElement Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}

using System.Text.Json;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>What a resolver says of itself at `/.well-known/gs1resolver` (GS1-Conformant Resolver Standard 1.2, resolver description file).</summary>
public sealed record ResolverDescription
{
    /// <summary>Where the document is, from the root of the host (RFC 8615).</summary>
    public const string Path = "/.well-known/gs1resolver";

    /// <summary>What the resolver's Digital Links begin with, an absolute URI.</summary>
    public required string ResolverRoot { get; init; }

    /// <summary>Its name; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Application Identifiers of the primary keys that it resolves; `all` for every one.</summary>
    public IReadOnlyList<string> PrimaryKeys { get; init; } = ["all"];

    /// <summary>Vocabularies of its link types: the prefix with its colon, and the namespace; that of GS1 must be among them.</summary>
    public IReadOnlyList<(string Prefix, string Namespace)> LinkTypes { get; init; } = [("gs1:", LinkType.Vocabulary)];

    /// <summary>Values of `context` that it knows; empty when it knows none, or any.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Who answers for it, for people; null when it is not said.</summary>
    public string? Contact { get; init; }

    /// <summary>Writes the document.</summary>
    /// <param name="json">Where to; it is not flushed.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Name is not null)
        {
            json.WriteString("name", Name);
        }

        json.WriteString("resolverRoot", ResolverRoot);
        WriteList(json, "supportedPrimaryKeys", PrimaryKeys);
        json.WriteStartArray("supportedLinkType");
        foreach (var (prefix, vocabulary) in LinkTypes)
        {
            json.WriteStartObject();
            json.WriteString("namespace", vocabulary);
            json.WriteString("prefix", prefix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (Contexts.Count > 0)
        {
            WriteList(json, "supportedContextValuesEnumerated", Contexts);
        }

        json.WriteBoolean("linkTypeDefaultCanBeLinkset", false);
        if (Contact is not null)
        {
            json.WriteStartObject("contact");
            json.WriteString("fn", Contact);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

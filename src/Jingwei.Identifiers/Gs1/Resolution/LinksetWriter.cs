using System.Text.Json;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>Writes linksets in JSON (RFC 9264, 4.2) as the GS1-Conformant Resolver Standard and its schema want them: one context object for each level.</summary>
public static class LinksetWriter
{
    /// <summary>Writes the document.</summary>
    /// <param name="json">Where to; it is not flushed.</param>
    /// <param name="levels">The levels, the finest first.</param>
    /// <param name="stem">What the resolver's Digital Links begin with.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<LinkLevel> levels, string stem)
    {
        json.WriteStartObject();
        json.WriteStartArray("linkset");
        foreach (var level in levels)
        {
            Write(json, level, stem);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what an answer of status 200 or 300 has to say: the linkset, or the links to choose from.</summary>
    /// <param name="json">Where to; it is not flushed.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="stem">What the resolver's Digital Links begin with.</param>
    public static void Write(Utf8JsonWriter json, ResolutionAnswer answer, string stem)
    {
        if (answer.Choices.Count == 0)
        {
            Write(json, answer.Levels, stem);
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("linkset");
        json.WriteStartObject();
        Begin(json, answer.Levels[0], stem);
        Write(json, answer.Choices[0].Type, answer.Choices);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What <see cref="Write(Utf8JsonWriter, ResolutionAnswer, string)"/> says in the form of a header `Link` (RFC 9264, 4.1), a link a line.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stem">What the resolver's Digital Links begin with.</param>
    public static string WriteText(ResolutionAnswer answer, string stem)
    {
        var links = answer.Choices.Count > 0
            ? answer.Choices.Select(link => LinkHeader.Of(link, answer.Levels[0].Anchor(stem)))
            : answer.Levels.SelectMany(level => Links(level).Select(link => LinkHeader.Of(link, level.Anchor(stem))));
        return string.Join(",\n", links);
    }

    private static IEnumerable<Link> Links(LinkLevel level) =>
        level.Default is { } byDefault ? [new() { Type = LinkType.Default, Href = byDefault.Href, Title = byDefault.Title }, .. level.Links] : level.Links;

    private static void Write(Utf8JsonWriter json, LinkLevel level, string stem)
    {
        json.WriteStartObject();
        Begin(json, level, stem);
        if (level.Default is { } byDefault)
        {
            // The default link has a title and no other attribute (standard, default link).
            json.WriteStartArray(LinkType.Default);
            json.WriteStartObject();
            json.WriteString("href", byDefault.Href);
            json.WriteString("title", byDefault.Title);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (level.Defaults is { Count: > 1 } several)
        {
            Write(json, LinkType.DefaultMulti, several);
        }

        foreach (var type in level.Links.GroupBy(link => link.Type))
        {
            Write(json, type.Key, type);
        }

        json.WriteEndObject();
    }

    // The schema wants a description everywhere. Version 1.2 has a new name for it and keeps the old one, which readers of 1.0 and 1.1 look for.
    private static void Begin(Utf8JsonWriter json, LinkLevel level, string stem)
    {
        var description = level.Description ?? string.Concat(level.Path);
        json.WriteString("anchor", level.Anchor(stem));
        json.WriteString("itemDescription", description);
        json.WriteString("description", description);
    }

    private static void Write(Utf8JsonWriter json, string type, IEnumerable<Link> links)
    {
        json.WriteStartArray(type);
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("href", link.Href);
            json.WriteString("title", link.Title);
            if (link.MediaType is not null)
            {
                json.WriteString("type", link.MediaType);
            }

            Write(json, "hreflang", link.Languages);
            Write(json, "context", link.Contexts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

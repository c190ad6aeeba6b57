using System.Text.Json;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Schemas;

/// <summary>
/// Checks a YAML value against a JSON Schema and says what is wrong at the place in the file. A schema's "description" is
/// what messages say was expected.
/// </summary>
internal sealed class SchemaCheck(SchemaSet schemas, ProblemList problems)
{
    /// <summary>Lists every way in which <paramref name="node"/> is not what <paramref name="schema"/> describes.</summary>
    public void Check(Node node, Schema schema)
    {
        if (schema.Element.ValueKind == JsonValueKind.False)
        {
            problems.Add(node, $"{node.Description} is not allowed here");
        }

        if (schema.Element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.Element.TryGetProperty("$ref", out var reference))
        {
            Check(node, schemas.Resolve(reference.GetString()!, schema.Document));
        }

        // What has the wrong type fails the other keywords as well; one problem is enough.
        if (!ValueKeywords.HasType(node, schema, problems))
        {
            return;
        }

        ValueKeywords.Check(node, schema, problems);
        CheckCombinations(node, schema);
        switch (node)
        {
            case MapNode map:
                CheckMap(map, schema);
                break;
            case ListNode list:
                CheckList(list, schema);
                break;
        }
    }

    private void CheckCombinations(Node node, Schema schema)
    {
        if (schema.Element.TryGetProperty("allOf", out var all))
        {
            foreach (var each in all.EnumerateArray())
            {
                Check(node, schema with { Element = each });
            }
        }

        if (schema.Element.TryGetProperty("oneOf", out var forms))
        {
            CheckOneOf(node, schema, [.. forms.EnumerateArray()]);
        }

        if (schema.Element.TryGetProperty("if", out var condition)
            && Matches(node, schema with { Element = condition })
            && schema.Element.TryGetProperty("then", out var then))
        {
            Check(node, schema with { Element = then });
        }
    }

    private void CheckOneOf(Node node, Schema schema, List<JsonElement> forms)
    {
        var matching = forms.Count(form => Matches(node, schema with { Element = form }));
        if (matching == 1)
        {
            return;
        }

        var names = forms.Select(form => string.Join(" and ", Texts(form, "required")));
        problems.Add(node, matching == 0 ? "something is missing" : "too much at once", $"exactly one of {string.Join(", ", names)}");
    }

    private bool Matches(Node node, Schema schema)
    {
        var found = new ProblemList();
        new SchemaCheck(schemas, found).Check(node, schema);
        return found.Count == 0;
    }

    private void CheckMap(MapNode map, Schema schema)
    {
        foreach (var key in Texts(schema.Element, "required").Where(key => map[key] is null))
        {
            problems.Add(map, $"{key} is missing", Expected(schema));
        }

        if (schema.Element.TryGetProperty("minProperties", out var least) && map.Entries.Length < least.GetInt32())
        {
            problems.Add(map, "an empty mapping", Expected(schema) ?? $"at least {least.GetInt32()}");
        }

        if (schema.Element.TryGetProperty("dependentRequired", out var dependent))
        {
            CheckDependent(map, dependent);
        }

        foreach (var entry in map.Entries)
        {
            CheckEntry(entry, schema);
        }
    }

    private void CheckDependent(MapNode map, JsonElement dependent)
    {
        foreach (var entry in map.Entries)
        {
            foreach (var other in Texts(dependent, entry.Id).Where(other => map[other] is null))
            {
                problems.Add(entry.Key, $"{entry.Id} without {other}", $"{other} beside {entry.Id}");
            }
        }
    }

    private void CheckEntry(Entry entry, Schema schema)
    {
        var properties = schema.Element.TryGetProperty("properties", out var declared) ? declared : default;
        if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(entry.Id, out var property))
        {
            Check(entry.Value, schema with { Element = property });
            return;
        }

        if (schema.Element.TryGetProperty("propertyNames", out var names))
        {
            Check(entry.Key.AsText(), schema with { Element = names });
        }

        if (!schema.Element.TryGetProperty("additionalProperties", out var additional))
        {
            return;
        }

        if (additional.ValueKind != JsonValueKind.False)
        {
            Check(entry.Value, schema with { Element = additional });
            return;
        }

        var known = properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().Select(each => each.Name).ToList() : [];
        var hint = Nearest.Hint(entry.Id, known);
        problems.Add(entry.Key, $"unknown key {entry.Id}{hint}", $"one of {string.Join(", ", known)}");
    }

    private void CheckList(ListNode list, Schema schema)
    {
        var least = Number(schema, "minItems") ?? 0;
        var most = Number(schema, "maxItems") ?? int.MaxValue;
        if (list.Items.Length < least || list.Items.Length > most)
        {
            var count = least == most ? $"{least}" : most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";
            problems.Add(list, $"{list.Items.Length} items", $"{count}: {Expected(schema) ?? "items"}");
        }

        if (schema.Element.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean())
        {
            CheckUnique(list);
        }

        if (schema.Element.TryGetProperty("items", out var items))
        {
            foreach (var item in list.Items)
            {
                Check(item, schema with { Element = items });
            }
        }
    }

    private void CheckUnique(ListNode list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items.OfType<ScalarNode>().Where(item => !seen.Add(item.Text)))
        {
            problems.Add(item, $"{item.Text} is in the list twice", "every item once");
        }
    }

    private static string? Expected(Schema schema) => ValueKeywords.Expected(schema);

    private static int? Number(Schema schema, string keyword) =>
        schema.Element.TryGetProperty(keyword, out var value) ? value.GetInt32() : null;

    private static IEnumerable<string> Texts(JsonElement element, string keyword) =>
        element.TryGetProperty(keyword, out var value) ? value.EnumerateArray().Select(each => each.GetString()!) : [];
}

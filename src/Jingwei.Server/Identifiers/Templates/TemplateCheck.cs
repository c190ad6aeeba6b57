using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Templates;

/// <summary>A template that is ready to judge the values of identifiers.</summary>
internal sealed class TemplateCheck(ProductTemplate template)
{
    // Patterns are somebody's text: none may take longer for a longer value than in proportion to it.
    public const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly (TemplateField Field, byte[] Type, Regex? Pattern)[] fields =
        [.. template.Fields.Select(field => (field, Encoding.UTF8.GetBytes(field.Type), field.Pattern is { } pattern ? new Regex($"^(?:{pattern})$", Options) : null))];

    public ProductTemplate Template => template;

    /// <summary>What is wrong with values, or null.</summary>
    public string? FaultOf(ReadOnlySpan<byte> values)
    {
        foreach (var (field, type, pattern) in fields)
        {
            var found = false;
            for (var rest = values; HandleValueWire.TryNext(ref rest, out var value);)
            {
                if (!value.Type.SequenceEqual(type))
                {
                    continue;
                }

                found = true;
                if (!Fits(field.Format, Encoding.UTF8.GetString(value.Data), pattern))
                {
                    return $"\"{field.Type}\" is not as the template asks: {field.Format.ToString().ToLowerInvariant()}{(field.Pattern is null ? "" : $" that fits {field.Pattern}")}.";
                }
            }

            if (field.Required && !found)
            {
                return $"\"{field.Type}\" is missing.";
            }
        }

        return null;
    }

    private static bool Fits(FieldFormat format, string text, Regex? pattern) => pattern?.IsMatch(text) != false && format switch
    {
        FieldFormat.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        FieldFormat.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ||
            (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        FieldFormat.Url => Uri.TryCreate(text, UriKind.Absolute, out _),
        FieldFormat.Identifier => IdentifierName.KeyOf(text) is not null,
        _ => true,
    };
}

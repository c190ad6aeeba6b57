using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Directory.Edits;

/// <summary>A name for each of many things: "Press {n:2}", "{name} (old)".</summary>
public sealed partial class NamePattern
{
    // As wide as the numbers of the largest selection.
    private const int MostDigits = 6;

    private readonly string text;

    private NamePattern(string text) => this.text = text;

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Fault(string text)
    {
        var rest = Place().Replace(text, "");
        return rest.Contains('{', StringComparison.Ordinal) || rest.Contains('}', StringComparison.Ordinal)
            ? $"The name may hold {{name}}, {{id}}, {{n}} and {{n:1}} to {{n:{MostDigits}}}, and no other braces."
            : text.Trim().Length == 0 ? "The name is empty." : null;
    }

    public static NamePattern Of(string text) => new(text);

    /// <param name="number">Counted from 1 in the order of the selection.</param>
    public string For(Thing thing, int number) => Place().Replace(text, place => place.Groups["what"].Value switch
    {
        "name" => thing.Name,
        "id" => thing.Id,
        _ => number.ToString(CultureInfo.InvariantCulture).PadLeft(place.Groups["digits"] is { Success: true } digits ? digits.Value[0] - '0' : 1, '0'),
    }).Trim();

    [GeneratedRegex(@"\{(?<what>name|id|n)\}|\{(?<what>n):(?<digits>[1-6])\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}

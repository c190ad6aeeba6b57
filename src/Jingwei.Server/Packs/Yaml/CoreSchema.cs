using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Server.Packs.Yaml;

/// <summary>How YAML 1.2's core schema reads an unquoted scalar (yaml.org/spec/1.2.2, section 10.3.2).</summary>
internal static partial class CoreSchema
{
    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when Integer().IsMatch(plain) => ScalarKind.Integer,
        _ when Float().IsMatch(plain) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };

    /// <summary>The value of a scalar that is an integer or a float.</summary>
    public static double Number(string plain) => plain switch
    {
        _ when plain.StartsWith("0x", StringComparison.Ordinal) => ReadDigits(plain, 16),
        _ when plain.StartsWith("0o", StringComparison.Ordinal) => ReadDigits(plain, 8),
        _ when plain.EndsWith("inf", StringComparison.OrdinalIgnoreCase) =>
            plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        _ when plain.EndsWith("nan", StringComparison.OrdinalIgnoreCase) => double.NaN,
        _ => double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static double ReadDigits(string plain, int radix) =>
        plain.Skip(2).Aggregate(0d, (value, digit) => (value * radix) + Convert.ToInt32(digit.ToString(), 16));

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}

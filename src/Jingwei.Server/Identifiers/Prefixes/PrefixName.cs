using System.Text.RegularExpressions;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>
/// The names that prefixes have: labels of ASCII letters, digits and hyphens with dots between them, as `88.118.5` or `10.5555`; case does not
/// count (RFC 3651, section 2). RFC 3651 allows more characters, the Global Handle Registry gives out none of them.
/// </summary>
internal static partial class PrefixName
{
    /// <summary>Most characters: what the registry's own prefixes need, several times over.</summary>
    public const int MostCharacters = 64;

    /// <summary>What the handles that describe prefixes begin with (RFC 3651, section 3): never given to anybody.</summary>
    private const string Reserved = "0";

    /// <summary>The name in the form that is stored and compared; null where it is none.</summary>
    public static string? Of(string? text)
    {
        var trimmed = text?.Trim();
        return trimmed is { Length: > 0 and <= MostCharacters } && Form().IsMatch(trimmed) && trimmed.Split('.')[0] != Reserved
            ? trimmed.ToLowerInvariant()
            : null;
    }

    /// <summary>The names that stand above this one, nearest first: of `88.118.5` those of `88.118` and `88`.</summary>
    public static IEnumerable<string> Above(string name)
    {
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            yield return name[..dot];
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

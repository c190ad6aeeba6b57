using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Jingwei.Cel.Library;

/// <summary>Compiled regular expressions: RE2's syntax, matched in time linear in the text.</summary>
internal static class Patterns
{
    /// <summary>Patterns kept; when full all are dropped. Sources hold few patterns, so this is room for hundreds of rules.</summary>
    private const int Capacity = 1_024;

    /// <summary>Longest pattern, in UTF-16 units.</summary>
    private const int LongestPattern = 1_000;

    private static readonly ConcurrentDictionary<string, (Regex? Regex, string? Problem)> Known = new(StringComparer.Ordinal);

    public static bool TryGet(string pattern, [NotNullWhen(true)] out Regex? regex, out string? problem)
    {
        if (!Known.TryGetValue(pattern, out var found))
        {
            if (Known.Count >= Capacity)
            {
                Known.Clear();
            }

            found = Known[pattern] = Build(pattern);
        }

        (regex, problem) = found;
        return regex is not null;
    }

    private static (Regex?, string?) Build(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return (null, $"longer than {LongestPattern} characters");
        }

        if (!Re2Syntax.TryTranslate(pattern, out var translated, out var problem))
        {
            return (null, problem);
        }

        try
        {
            return (new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return (null, failure.Message);
        }
    }
}

using System.Globalization;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>The ranges of an `Accept-Language` (RFC 9110, 12.5.4), the most wanted first, and how well languages fit them (RFC 4647, 3.3 and 3.4).</summary>
internal sealed class LanguagePreference
{
    // Browsers send up to some ten ranges; what comes after is not looked at.
    private const int MostRanges = 32;

    private readonly string[] _ranges;

    private LanguagePreference(string[] ranges) => _ranges = ranges;

    internal static LanguagePreference Read(string? header) =>
        new([.. Weighted(header).OrderByDescending(range => range.Quality).Select(range => range.Name)]);

    /// <summary>How well the languages fit: the less, the better; null when they do not.</summary>
    internal int? Rank(IReadOnlyList<string> languages)
    {
        for (var i = 0; i < _ranges.Length; i++)
        {
            if (languages.Min(language => Distance(_ranges[i], language)) is { } distance)
            {
                return (i * 3) + distance;
            }
        }

        return null;
    }

    /// <summary>Values with their weights, without those that are not wanted (`q=0`), of a header that is a list.</summary>
    internal static IEnumerable<(string Name, double Quality)> Weighted(string? header)
    {
        foreach (var item in (header ?? "").Split(',', MostRanges + 1).Take(MostRanges))
        {
            var parts = item.Split(';');
            var name = parts[0].Trim();
            var weight = parts.Skip(1).Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
            var quality = weight is null ? 1 : double.TryParse(weight.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read : 0;
            if (name.Length > 0 && quality > 0)
            {
                yield return (name, quality);
            }
        }
    }

    // The same; a wider language than is wanted (lookup); a narrower one (filtering).
    private static int? Distance(string range, string language) =>
        string.Equals(range, language, StringComparison.OrdinalIgnoreCase) ? 0
        : StartsWith(range, language) ? 1
        : range == "*" || StartsWith(language, range) ? 2
        : null;

    private static bool StartsWith(string longer, string shorter) =>
        longer.Length > shorter.Length && longer[shorter.Length] == '-' && longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase);
}

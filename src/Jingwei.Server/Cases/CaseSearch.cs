namespace Jingwei.Server.Cases;

/// <summary>
/// Finds cases by any part of a word. Words are cut into pairs of neighbouring characters, because Chinese has no
/// spaces and two characters are a word already; SQLite's own trigrams would find none of these.
/// </summary>
public static class CaseSearch
{
    // More would not narrow the search further.
    private const int MaximumTerms = 8;
    private const int MaximumTermLength = 64;
    private const char FirstFullWidth = '！';
    private const char LastFullWidth = '～';
    private const char IdeographicSpace = '　';

    /// <summary>Lower case, full-width Latin letters and digits as the usual ones.</summary>
    public static string Normalise(string text) =>
        string.Create(text.Length, text, (span, from) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = from[index] switch
                {
                    // Unicode, block FF00: each full-width form stands 0xFEE0 above its ASCII twin.
                    >= FirstFullWidth and <= LastFullWidth => (char)(from[index] - 0xFEE0),
                    IdeographicSpace => ' ',
                    var other => other,
                };
            }
        }).ToLowerInvariant();

    /// <summary>What is indexed of a normalised text: its pairs, and the last character of each word alone.</summary>
    public static IReadOnlySet<string> Grams(string normalised)
    {
        var grams = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var word in Words(normalised))
        {
            grams.UnionWith(Pairs(word));
            grams.Add(word.EnumerateRunes().Last().ToString());
        }

        return grams;
    }

    /// <summary>What a query asks for: every term has to be found.</summary>
    public static IReadOnlyList<string> Terms(string query) =>
        [.. Words(Normalise(query)).Take(MaximumTerms).Select(term => term.Length > MaximumTermLength ? term[..MaximumTermLength] : term)];

    /// <summary>Each two neighbouring characters of a word.</summary>
    public static IEnumerable<string> Pairs(string word)
    {
        var runes = word.EnumerateRunes().ToList();
        return runes.Zip(runes.Skip(1), (first, second) => $"{first}{second}");
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

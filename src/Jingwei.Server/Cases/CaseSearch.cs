using System.Text;

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

    /// <summary>Lower case, full-width Latin letters and digits as the usual ones; quotes, which questions are written in, are spaces.</summary>
    public static string Normalise(string text) =>
        string.Create(text.Length, text, (span, from) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                var plain = from[index] switch
                {
                    // Unicode, block FF00: each full-width form stands 0xFEE0 above its ASCII twin.
                    >= FirstFullWidth and <= LastFullWidth => (char)(from[index] - 0xFEE0),
                    IdeographicSpace => ' ',
                    var other => other,
                };
                span[index] = plain is '"' or '\'' || char.IsControl(plain) ? ' ' : plain;
            }
        }).ToLowerInvariant();

    /// <summary>What is indexed of a normalised text, in its order: the pairs of each word, and its last character alone.</summary>
    public static string Grams(string normalised)
    {
        var grams = new StringBuilder(normalised.Length * 3);
        Rune? before = null;
        foreach (var rune in normalised.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                End();
                before = null;
                continue;
            }

            if (before is { } first)
            {
                grams.Append(first.ToString()).Append(rune.ToString()).Append(' ');
            }

            before = rune;
        }

        End();
        return grams.ToString();

        void End()
        {
            if (before is { } last)
            {
                grams.Append(last.ToString()).Append(' ');
            }
        }
    }

    /// <summary>What a query asks for: every term has to be found.</summary>
    public static IReadOnlyList<string> Terms(string query) =>
        [.. Words(Normalise(query)).Take(MaximumTerms).Select(term => term.Length > MaximumTermLength ? term[..MaximumTermLength] : term)];

    /// <summary>The question to the index that finds a term: its pairs one after the other, or what begins with its only character.</summary>
    public static string Question(string term)
    {
        var runes = term.EnumerateRunes().ToList();
        return runes.Count == 1
            ? $"\"{term}\" *"
            : $"\"{string.Join(' ', runes.Zip(runes.Skip(1), (first, second) => $"{first}{second}"))}\"";
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

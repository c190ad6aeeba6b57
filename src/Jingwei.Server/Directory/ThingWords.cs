using System.Globalization;
using System.Text;

namespace Jingwei.Server.Directory;

/// <summary>
/// The bigrams of what a thing is called, for the full-text index. Each is written as eight hexadecimal digits, so that no tokenizer can cut it
/// and every script is the same to it; a run of letters of any length is then found by any part of it.
/// </summary>
internal static class ThingWords
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';

    /// <summary>Id, name and identifiers, as the index keeps them.</summary>
    public static string Of(Thing thing)
    {
        var words = new StringBuilder();
        Add(words, thing.Id);
        Add(words, thing.Name);
        foreach (var value in thing.Identifiers.Values)
        {
            Add(words, value);
        }

        return words.ToString();
    }

    /// <summary>What finds everything that holds each run of letters of the question; null when it has none.</summary>
    public static string? Match(string question)
    {
        var parts = Runs(question).Select(run => run.Length == 1 ? $"{Code(run[0])}*" : $"\"{string.Join(' ', Pairs(run))}\"").ToList();
        return parts.Count == 0 ? null : string.Join(" AND ", parts);
    }

    /// <summary>True when the thing holds each run of letters of the question.</summary>
    public static bool Holds(Thing thing, string question) => Runs(question).All(run =>
        Folded(thing.Id).Contains(run, StringComparison.Ordinal) || Folded(thing.Name).Contains(run, StringComparison.Ordinal) ||
        thing.Identifiers.Values.Any(value => Folded(value).Contains(run, StringComparison.Ordinal)));

    private static void Add(StringBuilder words, string text)
    {
        foreach (var run in Runs(text))
        {
            foreach (var pair in Pairs(run))
            {
                words.Append(pair).Append(' ');
            }

            // A single letter is found as the beginning of a code; the last of a run begins no pair.
            words.Append(Code(run[^1])).Append(' ');
        }
    }

    private static IEnumerable<string> Pairs(string run)
    {
        for (var at = 0; at < run.Length - 1; at++)
        {
            yield return Code(run[at]) + Code(run[at + 1]);
        }
    }

    private static string Code(char letter) => ((int)letter).ToString("x4", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Runs(string text)
    {
        var folded = Folded(text);
        for (var at = 0; at < folded.Length;)
        {
            var start = at;
            while (at < folded.Length && Joins(folded[at]))
            {
                at++;
            }

            if (at > start)
            {
                yield return folded[start..at];
            }
            else
            {
                at++;
            }
        }
    }

    private static string Folded(string text) =>
        (text.AsSpan().IndexOfAnyInRange(FirstFullWidth, LastFullWidth) < 0 ? text : string.Concat(text.Select(HalfWidth))).ToLowerInvariant();

    // Full-width letters and digits are those that a keyboard types (Unicode, Halfwidth and Fullwidth Forms).
    private static char HalfWidth(char letter) => letter is >= FirstFullWidth and <= LastFullWidth ? (char)(letter - FirstFullWidth + '!') : letter;

    // What ids are made of holds together; halves of surrogate pairs are letters beyond the first plane.
    private static bool Joins(char letter) =>
        char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or ':' || char.IsSurrogate(letter) ||
        char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

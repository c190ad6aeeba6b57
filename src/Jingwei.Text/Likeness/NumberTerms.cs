using Jingwei.Text.Fields;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Likeness;

/// <summary>Numbers of a report with what they count (63名, 307国道): two reports that share several tell of the same.</summary>
internal static class NumberTerms
{
    private const int Least = 5;

    /// <summary>Hashes, ascending; the first in title and text, up to the limit of a profile.</summary>
    internal static uint[] Of(ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        var found = new HashSet<uint>();
        Collect(title, found);
        Collect(text, found);
        var terms = found.ToArray();
        Array.Sort(terms);
        return terms;
    }

    private static void Collect(ReadOnlySpan<char> text, HashSet<uint> found)
    {
        for (var i = 0; i < text.Length && found.Count < ReportProfile.MostNumbers; i++)
        {
            if (!NumberExpression.TryRead(text, i, out var number))
            {
                continue;
            }

            // Days, hours and years are compared as times; small numbers are everywhere.
            if (number.Value >= Least && number.End < text.Length && text[number.End] is not ('年' or '月' or '日' or '时' or '点' or '分' or ':' or '：' or '-' or '/'))
            {
                found.Add(WordHash.Finish(WordHash.Extend((ulong)BitConverter.DoubleToInt64Bits(number.Value), Counted(text[number.End]))));
            }

            i = number.End - 1;
        }
    }

    // People are counted by several words.
    private static char Counted(char unit) => unit is '名' or '位' or '个' ? '人' : unit;
}

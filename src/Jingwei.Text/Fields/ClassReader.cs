using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Fields;

/// <summary>Tells the class and kind of an incident by the words of title and text.</summary>
internal static class ClassReader
{
    private const double TitleWeight = 3;
    private const int MostCounted = 4;
    private const double Enough = 2;

    private static readonly WordsByFirst<(double Weight, int Kind)> ByFirst =
        new(IncidentKind.All.SelectMany((kind, index) => kind.Words.Select(pair => (pair.Word, (pair.Weight, index)))));

    /// <summary>The kind; null where nothing speaks for any. Confidence: its share of all that was said.</summary>
    internal static Stated<IncidentKind>? Read(ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        Span<double> scores = stackalloc double[IncidentKind.All.Count];
        Span<int> starts = stackalloc int[scores.Length];
        starts.Fill(-1);
        Add(title, TitleWeight, scores, starts);
        var titled = starts.ToArray();
        Add(text[..Math.Min(text.Length, Sequences.Sentences.Longest * 10)], 1, scores, starts);
        var best = 0;
        var all = 0.0;
        for (var kind = 0; kind < scores.Length; kind++)
        {
            all += scores[kind];
            best = scores[kind] > scores[best] ? kind : best;
        }

        if (scores[best] < Enough)
        {
            return null;
        }

        var inTitle = titled[best] >= 0;
        var start = starts[best];
        var length = 0;
        foreach (var (word, (_, kind)) in ByFirst.Of((inTitle ? title : text)[start]))
        {
            length = length == 0 && kind == best && (inTitle ? title : text)[start..].StartsWith(word) ? word.Length : length;
        }

        return new Stated<IncidentKind>(IncidentKind.All[best], start, start + length, Math.Round(Math.Min(0.98, scores[best] / all), 2), inTitle);
    }

    private static void Add(ReadOnlySpan<char> text, double factor, Span<double> scores, Span<int> starts)
    {
        Span<int> counted = stackalloc int[scores.Length];
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var (word, (weight, kind)) in ByFirst.Of(text[i]))
            {
                if (text[i..].StartsWith(word))
                {
                    // The first few say it; the rest of a long text repeats it.
                    scores[kind] += counted[kind]++ < MostCounted ? weight * factor : 0;
                    starts[kind] = starts[kind] < 0 ? i : starts[kind];
                }
            }
        }
    }
}

using System.Collections.ObjectModel;

namespace Jingwei.Text.Sequences;

/// <summary>Right, found and wanted spans of each label; a span is right where label, start and end are.</summary>
public sealed class SpanScores
{
    private readonly SortedDictionary<string, SpanScore> scores = new(StringComparer.Ordinal);

    /// <summary>The counts of each label.</summary>
    public IReadOnlyDictionary<string, SpanScore> Labels => new ReadOnlyDictionary<string, SpanScore>(scores);

    /// <summary>The counts of all labels together (micro average).</summary>
    public SpanScore All => scores.Values.Aggregate(default(SpanScore), (sum, each) => new(sum.Right + each.Right, sum.Found + each.Found, sum.Wanted + each.Wanted));

    /// <summary>Counts the spans of one text.</summary>
    public void Add(IEnumerable<TextSpan> found, IEnumerable<TextSpan> wanted)
    {
        var right = wanted.ToHashSet();
        var seen = found.ToHashSet();
        foreach (var label in right.Concat(seen).Select(span => span.Label).Distinct())
        {
            var score = scores.GetValueOrDefault(label);
            scores[label] = new SpanScore(
                score.Right + seen.Count(span => span.Label == label && right.Contains(span)),
                score.Found + seen.Count(span => span.Label == label),
                score.Wanted + right.Count(span => span.Label == label));
        }
    }

    /// <summary>Adds another's counts.</summary>
    public void Add(SpanScores other)
    {
        foreach (var (label, score) in other.scores)
        {
            var mine = scores.GetValueOrDefault(label);
            scores[label] = new SpanScore(mine.Right + score.Right, mine.Found + score.Found, mine.Wanted + score.Wanted);
        }
    }
}

/// <summary>Counts of spans.</summary>
/// <param name="Right">Found and wanted.</param>
/// <param name="Found">Found.</param>
/// <param name="Wanted">Wanted.</param>
public readonly record struct SpanScore(int Right, int Found, int Wanted)
{
    /// <summary>Share of the found that is right; 0 where nothing was found.</summary>
    public double Precision => Found == 0 ? 0 : (double)Right / Found;

    /// <summary>Share of the wanted that was found; 0 where nothing was wanted.</summary>
    public double Recall => Wanted == 0 ? 0 : (double)Right / Wanted;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Found + Wanted == 0 ? 0 : 2.0 * Right / (Found + Wanted);
}

namespace Jingwei.Text.Likeness;

/// <summary>Learns the weights of one task from labelled pairs, and measures them on pairs left out.</summary>
internal sealed class PairLearning
{
    private const double WantedRecall = 0.97;
    private const int Steps = 20;
    private const int LeastStep = 6;

    // Nearly all pairs of one event are of one earthquake: they may not move far what holds of others.
    private const double EventRidge = 40;
    private const double IssueRidge = 1;

    private readonly LikenessTask task;
    private readonly IReadOnlyList<LabelledPair> pairs;
    private readonly IReadOnlyDictionary<string, string> groups;
    private readonly double[] importance;

    internal PairLearning(LikenessTask task, PairCorpus corpus)
    {
        this.task = task;
        (pairs, groups) = (corpus.Pairs, corpus.Groups);
        Rows = [.. pairs.Select(pair =>
        {
            var features = new float[LikenessFeatures.Count];
            ProfileComparison.Fill(corpus.Profiles[pair.A], corpus.Profiles[pair.B], features);
            return features;
        })];
        // A cluster of n reports has n * n pairs: it counts like n.
        var sizes = pairs.Where(pair => pair.Same).GroupBy(pair => groups[pair.A], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        importance = [.. pairs.Select(pair => pair.Same ? Math.Sqrt(2.0 / sizes[groups[pair.A]]) * 2 : 1)];
    }

    /// <summary>Features of each pair.</summary>
    internal float[][] Rows { get; }

    /// <summary>Weights from all pairs.</summary>
    internal float[] Train() => Train(_ => true);

    /// <summary>
    /// Chance of each pair by weights learned from those pairs that share neither of its two groups: nothing of a cluster or an issue is
    /// known to the model that judges it.
    /// </summary>
    internal double[] Validate()
    {
        var chances = new double[pairs.Count];
        foreach (var fold in Enumerable.Range(0, pairs.Count).GroupBy(Fold))
        {
            var weights = Train(i => !Touches(i, fold.Key.Item1) && !Touches(i, fold.Key.Item2));
            foreach (var i in fold)
            {
                chances[i] = Chance(weights, Rows[i]);
            }
        }

        return chances;
    }

    /// <summary>The chance from which pairs are best taken for the same, by F1 over pairs and B-cubed over the clusters that they make; not where it is much likelier that they are not.</summary>
    internal double SameFrom(double[] chances) => Enumerable.Range(LeastStep, Steps - LeastStep).Select(step => (double)step / Steps).MaxBy(from =>
    {
        var scores = PairScores.Of(pairs, [.. chances.Select(chance => chance >= from)]);
        return scores.F1 + scores.BCubed;
    });

    /// <summary>The chance from which nearly all that are the same lie above.</summary>
    internal double ProposedFrom(double[] chances)
    {
        var same = Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Same).Select(i => chances[i]).OrderDescending().ToArray();
        return same[(int)(same.Length * WantedRecall)];
    }

    private static double Chance(float[] weights, float[] row)
    {
        var logit = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            logit += weights[i] * row[i];
        }

        return 1 / (1 + Math.Exp(-logit));
    }

    private (string, string) Fold(int pair)
    {
        var (a, b) = (groups[pairs[pair].A], groups[pairs[pair].B]);
        return string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
    }

    private bool Touches(int pair, string group) => groups[pairs[pair].A] == group || groups[pairs[pair].B] == group;

    private float[] Train(Func<int, bool> among)
    {
        var chosen = Enumerable.Range(0, pairs.Count).Where(among).ToArray();
        return LogisticRegression.Train(
            [.. chosen.Select(i => Rows[i])], [.. chosen.Select(i => pairs[i].Same)], [.. chosen.Select(i => importance[i])],
            feature => LikenessFeatures.Prior(task, feature), feature => task == LikenessTask.Event ? EventRidge : IssueRidge, LikenessFeatures.Sign);
    }
}

namespace Jingwei.Text.Likeness;

/// <summary>How well pairs are told: exact counts, and B-cubed (Bagga, Baldwin 1998) over the clusters that the answers make.</summary>
public sealed class PairScores
{
    /// <summary>Same, and told so.</summary>
    public int Right { get; private set; }

    /// <summary>Told to be the same.</summary>
    public int Found { get; private set; }

    /// <summary>Same.</summary>
    public int Wanted { get; private set; }

    /// <summary>Pairs that look the same and are not.</summary>
    public int Hard { get; private set; }

    /// <summary>Hard ones told to be the same.</summary>
    public int HardWrong { get; private set; }

    /// <summary>Share of the found that is right.</summary>
    public double Precision => Found == 0 ? 0 : (double)Right / Found;

    /// <summary>Share of the wanted that was found.</summary>
    public double Recall => Wanted == 0 ? 0 : (double)Right / Wanted;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Found + Wanted == 0 ? 0 : 2.0 * Right / (Found + Wanted);

    /// <summary>B-cubed precision and recall, their harmonic mean.</summary>
    public double BCubed { get; private set; }

    internal static PairScores Of(IReadOnlyList<LabelledPair> pairs, IReadOnlyList<bool> told)
    {
        var scores = new PairScores();
        for (var i = 0; i < pairs.Count; i++)
        {
            scores.Right += pairs[i].Same && told[i] ? 1 : 0;
            scores.Found += told[i] ? 1 : 0;
            scores.Wanted += pairs[i].Same ? 1 : 0;
            scores.Hard += pairs[i].Hard ? 1 : 0;
            scores.HardWrong += pairs[i].Hard && told[i] ? 1 : 0;
        }

        var gold = Clusters(pairs, i => pairs[i].Same);
        var found = Clusters(pairs, i => told[i]);
        var ids = gold.Keys.ToArray();
        double precision = 0, recall = 0;
        foreach (var id in ids)
        {
            var mine = ids.Where(other => found[other] == found[id]).ToArray();
            var common = mine.Count(other => gold[other] == gold[id]);
            precision += (double)common / mine.Length / ids.Length;
            recall += (double)common / ids.Count(other => gold[other] == gold[id]) / ids.Length;
        }

        scores.BCubed = 2 * precision * recall / (precision + recall);
        return scores;
    }

    // Pairs that belong together, and what belongs to either of them, and so on.
    private static Dictionary<string, string> Clusters(IReadOnlyList<LabelledPair> pairs, Func<int, bool> same)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < pairs.Count; i++)
        {
            parents.TryAdd(pairs[i].A, pairs[i].A);
            parents.TryAdd(pairs[i].B, pairs[i].B);
            if (same(i))
            {
                parents[Root(pairs[i].A)] = Root(pairs[i].B);
            }
        }

        return parents.Keys.ToDictionary(id => id, Root, StringComparer.Ordinal);

        string Root(string id)
        {
            while (parents[id] != id)
            {
                id = parents[id];
            }

            return id;
        }
    }
}

namespace Jingwei.Text.Sequences;

/// <summary>Sequences to learn from: features as numbers of rows, tags as bytes.</summary>
internal sealed class TrainingSet
{
    private readonly List<uint[]> keys = [];
    private readonly List<int[]> starts = [];
    private readonly List<byte[]> tags = [];

    internal int Count => tags.Count;

    internal void Add(FeatureSequence features, ReadOnlySpan<byte> gold)
    {
        var flat = new List<uint>();
        var from = new int[features.Length + 1];
        for (var i = 0; i < features.Length; i++)
        {
            flat.AddRange(features[i]);
            from[i + 1] = flat.Count;
        }

        keys.Add([.. flat]);
        starts.Add(from);
        tags.Add(gold.ToArray());
    }

    /// <summary>Numbers the features seen often enough, most frequent first; the others are left out of every position.</summary>
    internal IndexedSet Index(int leastCount)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var key in keys.SelectMany(sequence => sequence))
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
        }

        // By count, then by key: the same corpus gives the same numbers.
        var kept = counts.Where(pair => pair.Value >= leastCount).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToArray();
        var rows = new Dictionary<uint, int>(kept.Length);
        for (var row = 0; row < kept.Length; row++)
        {
            rows[kept[row]] = row;
        }

        return new IndexedSet(kept, [.. keys.Select((_, sequence) => Renumber(sequence, rows))]);
    }

    private IndexedSequence Renumber(int sequence, Dictionary<uint, int> rows)
    {
        var from = starts[sequence];
        var flat = new List<int>(keys[sequence].Length);
        var newStarts = new int[from.Length];
        for (var i = 0; i + 1 < from.Length; i++)
        {
            for (var at = from[i]; at < from[i + 1]; at++)
            {
                if (rows.TryGetValue(keys[sequence][at], out var row))
                {
                    flat.Add(row);
                }
            }

            newStarts[i + 1] = flat.Count;
        }

        return new IndexedSequence([.. flat], newStarts, tags[sequence]);
    }
}

/// <summary>A training set whose features are numbered.</summary>
/// <param name="Keys">Key of each row.</param>
/// <param name="Sequences">The sequences.</param>
internal sealed record IndexedSet(uint[] Keys, IReadOnlyList<IndexedSequence> Sequences);

/// <summary>One sequence to learn from.</summary>
/// <param name="Rows">Rows of all positions, one after the other.</param>
/// <param name="Starts">Where each position's rows start; one more than there are positions.</param>
/// <param name="Tags">The right tags.</param>
internal sealed record IndexedSequence(int[] Rows, int[] Starts, byte[] Tags);

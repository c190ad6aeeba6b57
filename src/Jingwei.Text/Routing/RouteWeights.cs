namespace Jingwei.Text.Routing;

/// <summary>
/// Complement naive Bayes (Rennie et al. 2003): how little a term stands in the texts of all other labels speaks for a label. It does well where
/// labels have few texts, and unequally many.
/// </summary>
internal sealed class RouteWeights
{
    private const int MostLabels = 1024;
    private const int MostTerms = 1 << 22;
    private const double Smoothing = 0.1;

    private readonly Dictionary<uint, float[]> weights;

    private RouteWeights(string[] labels, Dictionary<uint, float[]> weights, float sharpness) => (Labels, this.weights, Sharpness) = (labels, weights, sharpness);

    internal string[] Labels { get; }

    /// <summary>What scores are multiplied by before they are taken for logits.</summary>
    internal float Sharpness { get; init; }

    /// <summary>Learns from vectors with their labels and how much each counts.</summary>
    internal static RouteWeights Learn(string[] labels, IEnumerable<((uint Key, float Value)[] Vector, int Label, double Counts)> texts, float sharpness)
    {
        var sums = new SortedDictionary<uint, double[]>();
        foreach (var (vector, label, counts) in texts)
        {
            foreach (var (key, value) in vector)
            {
                if (!sums.TryGetValue(key, out var sum))
                {
                    sums[key] = sum = new double[labels.Length];
                }

                sum[label] += value * counts;
            }
        }

        var weights = sums.Keys.ToDictionary(key => key, _ => new float[labels.Length]);
        for (var label = 0; label < labels.Length; label++)
        {
            var all = sums.Values.Sum(sum => sum.Sum() - sum[label] + Smoothing);
            var logs = sums.ToDictionary(pair => pair.Key, pair => -Math.Log((pair.Value.Sum() - pair.Value[label] + Smoothing) / all));
            var mean = sums.Keys.Sum(key => logs[key]) / sums.Count;
            foreach (var key in sums.Keys)
            {
                weights[key][label] = (float)(logs[key] / mean);
            }
        }

        return new RouteWeights(labels, weights, sharpness);
    }

    internal static RouteWeights Read(BinaryReader reader)
    {
        var sharpness = reader.ReadSingle();
        var labels = new string[Limited(reader.ReadInt32(), MostLabels)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadString();
        }

        var keys = new uint[Limited(reader.ReadInt32(), MostTerms)];
        var key = 0u;
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = key += (uint)reader.Read7BitEncodedInt();
        }

        var weights = keys.ToDictionary(each => each, _ => new float[labels.Length]);
        for (var label = 0; label < labels.Length; label++)
        {
            foreach (var each in keys)
            {
                weights[each][label] = (float)reader.ReadHalf();
            }
        }

        return new RouteWeights(labels, weights, sharpness);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Sharpness);
        writer.Write(Labels.Length);
        foreach (var label in Labels)
        {
            writer.Write(label);
        }

        var (keys, before) = (weights.Keys.Order().ToArray(), 0u);
        writer.Write(keys.Length);
        foreach (var key in keys)
        {
            writer.Write7BitEncodedInt((int)(key - before));
            before = key;
        }

        for (var label = 0; label < Labels.Length; label++)
        {
            foreach (var key in keys)
            {
                writer.Write((Half)weights[key][label]);
            }
        }
    }

    /// <summary>Shares of the labels, in their order; they add up to 1.</summary>
    internal double[] Shares((uint Key, float Value)[] vector)
    {
        var scores = new double[Labels.Length];
        foreach (var (key, value) in vector)
        {
            if (weights.TryGetValue(key, out var own))
            {
                for (var label = 0; label < scores.Length; label++)
                {
                    scores[label] += own[label] * value * Sharpness;
                }
            }
        }

        var most = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - most));
        return [.. scores.Select(score => Math.Exp(score - most) / sum)];
    }

    private static int Limited(int count, int most) => count >= 0 && count <= most ? count : throw new InvalidDataException($"A list of {count} cannot be.");
}

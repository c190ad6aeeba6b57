namespace Jingwei.Text.Likeness;

/// <summary>Logistic regression with weighted examples, ridge and signs, by coordinate-wise Newton steps: few features, a few thousand examples.</summary>
internal static class LogisticRegression
{
    private const int Rounds = 200;
    private const double Still = 1e-5;

    /// <summary>Weights of the least loss. Deterministic.</summary>
    /// <param name="rows">Features of each example.</param>
    /// <param name="labels">Whether each is positive.</param>
    /// <param name="importance">How much each counts.</param>
    /// <param name="prior">What a feature's weight is without examples.</param>
    /// <param name="ridge">Penalty of the squared distance from that.</param>
    /// <param name="sign">The only sign that a feature's weight may have; 0: either.</param>
    internal static float[] Train(IReadOnlyList<float[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double> importance, Func<int, double> prior, Func<int, double> ridge, Func<int, int> sign)
    {
        var size = rows[0].Length;
        var weights = Enumerable.Range(0, size).Select(prior).ToArray();
        var logits = rows.Select(row => row.Select((value, feature) => value * weights[feature]).Sum()).ToArray();
        var columns = Enumerable.Range(0, size).Select(feature => Enumerable.Range(0, rows.Count).Where(row => rows[row][feature] != 0).ToArray()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var moved = 0.0;
            for (var feature = 0; feature < size; feature++)
            {
                var step = Step(feature);
                moved = Math.Max(moved, Math.Abs(step));
            }

            if (moved < Still)
            {
                break;
            }
        }

        return [.. weights.Select(weight => (float)weight)];

        double Step(int feature)
        {
            var (gradient, curvature) = (ridge(feature) * (prior(feature) - weights[feature]), ridge(feature));
            foreach (var row in columns[feature])
            {
                var chance = 1 / (1 + Math.Exp(-logits[row]));
                double value = rows[row][feature];
                gradient += importance[row] * ((labels[row] ? 1 : 0) - chance) * value;
                curvature += importance[row] * Math.Max(chance * (1 - chance), 1e-3) * value * value;
            }

            var next = weights[feature] + Math.Clamp(gradient / curvature, -1, 1);
            next = sign(feature) * next < 0 ? 0 : next;
            var step = next - weights[feature];
            if (step != 0)
            {
                weights[feature] = next;
                foreach (var row in columns[feature])
                {
                    logits[row] += step * rows[row][feature];
                }
            }

            return step;
        }
    }
}

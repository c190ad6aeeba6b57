namespace Jingwei.Text.Sequences;

/// <summary>Forward and backward sums over the taggings of one sequence (Lafferty, McCallum, Pereira 2001), scaled at every position.</summary>
internal sealed class ChainLattice(LabelScheme scheme)
{
    private float[] alpha = [];
    private float[] beta = [];
    private float[] potentials = [];
    private readonly float[] scaled = new float[scheme.Stride];

    /// <summary>Exponentials of the transitions; those that are not allowed are 0.</summary>
    internal float[] Transitions { get; } = new float[scheme.Tags * scheme.Stride];

    /// <summary>The same, from and to swapped.</summary>
    internal float[] Transposed { get; } = new float[scheme.Tags * scheme.Stride];

    internal void SetTransitions(ReadOnlySpan<float> weights)
    {
        for (var from = 0; from < scheme.Tags; from++)
        {
            for (var to = 0; to < scheme.Tags; to++)
            {
                var value = scheme.Allowed[(from * scheme.Tags) + to] ? MathF.Exp(weights[(from * scheme.Stride) + to]) : 0;
                Transitions[(from * scheme.Stride) + to] = value;
                Transposed[(to * scheme.Stride) + from] = value;
            }
        }
    }

    /// <summary>Turns scores into marginal probabilities, in place; adds expected transitions.</summary>
    /// <param name="scores">Score of each tag at each position.</param>
    /// <param name="expected">Gets the expected number of each transition added.</param>
    internal void Marginals(Span<float> scores, Span<float> expected)
    {
        var length = scores.Length / scheme.Stride;
        if (alpha.Length < scores.Length)
        {
            alpha = new float[scores.Length];
            beta = new float[scores.Length];
            potentials = new float[scores.Length];
        }

        Exponentiate(scores, length);
        Forward(length);
        Backward(length, expected);
        for (var i = 0; i < length; i++)
        {
            var sum = 0f;
            for (var tag = 0; tag < scheme.Tags; tag++)
            {
                sum += scores[At(i, tag)] = alpha[At(i, tag)] * beta[At(i, tag)];
            }

            for (var tag = 0; tag < scheme.Tags; tag++)
            {
                scores[At(i, tag)] /= sum;
            }
        }
    }

    private int At(int position, int tag) => (position * scheme.Stride) + tag;

    private void Exponentiate(ReadOnlySpan<float> scores, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var top = float.MinValue;
            for (var tag = 0; tag < scheme.Tags; tag++)
            {
                top = Math.Max(top, scores[At(i, tag)]);
            }

            for (var tag = 0; tag < scheme.Stride; tag++)
            {
                potentials[At(i, tag)] = tag < scheme.Tags ? MathF.Exp(scores[At(i, tag)] - top) + 1e-30f : 0;
            }
        }
    }

    private void Forward(int length)
    {
        for (var tag = 0; tag < scheme.Stride; tag++)
        {
            alpha[tag] = tag < scheme.Tags && LabelScheme.MayBegin(tag) ? potentials[tag] : 0;
        }

        Scale(alpha.AsSpan(0, scheme.Stride));
        for (var i = 1; i < length; i++)
        {
            var row = alpha.AsSpan(i * scheme.Stride, scheme.Stride);
            row.Clear();
            for (var from = 0; from < scheme.Tags; from++)
            {
                VectorMath.AddScaled(row, Transitions.AsSpan(from * scheme.Stride, scheme.Stride), alpha[At(i - 1, from)]);
            }

            VectorMath.Multiply(row, potentials.AsSpan(i * scheme.Stride, scheme.Stride));
            Scale(row);
        }
    }

    private void Backward(int length, Span<float> expected)
    {
        for (var tag = 0; tag < scheme.Stride; tag++)
        {
            beta[At(length - 1, tag)] = tag < scheme.Tags && LabelScheme.MayEnd(tag) ? 1 : 0;
        }

        for (var i = length - 2; i >= 0; i--)
        {
            for (var tag = 0; tag < scheme.Stride; tag++)
            {
                scaled[tag] = beta[At(i + 1, tag)] * potentials[At(i + 1, tag)];
            }

            var row = beta.AsSpan(i * scheme.Stride, scheme.Stride);
            row.Clear();
            for (var to = 0; to < scheme.Tags; to++)
            {
                VectorMath.AddScaled(row, Transposed.AsSpan(to * scheme.Stride, scheme.Stride), scaled[to]);
            }

            AddExpected(i, row, expected);
            Scale(row);
        }
    }

    private void AddExpected(int i, ReadOnlySpan<float> unscaledBeta, Span<float> expected)
    {
        var total = 0f;
        for (var tag = 0; tag < scheme.Tags; tag++)
        {
            total += alpha[At(i, tag)] * unscaledBeta[tag];
        }

        for (var from = 0; from < scheme.Tags; from++)
        {
            var share = alpha[At(i, from)] / total;
            if (share > 1e-8f)
            {
                VectorMath.AddProduct(expected.Slice(from * scheme.Stride, scheme.Stride), Transitions.AsSpan(from * scheme.Stride, scheme.Stride), scaled, share);
            }
        }
    }

    private static void Scale(Span<float> row)
    {
        var sum = 0f;
        foreach (var value in row)
        {
            sum += value;
        }

        var factor = 1 / Math.Max(sum, 1e-30f);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }
}

namespace Jingwei.Text.Sequences;

/// <summary>Trains a linear-chain conditional random field, one sequence at a time, with AdaGrad and dropout of features.</summary>
internal sealed class ChainTrainer
{
    private const float Certain = 2e-3f;

    private readonly LabelScheme scheme;
    private readonly IndexedSet data;
    private readonly TrainingOptions options;
    private readonly Random chance;
    private readonly ChainLattice lattice;
    private readonly RowStore weights;
    private readonly RowStore squares;
    private readonly float[] transitions;
    private readonly float[] transitionSquares;
    private readonly float[] expected;
    private readonly int[] order;
    private float[] scores = [];
    private int[] kept = [];
    private int[] keptStarts = [];

    private ChainTrainer(LabelScheme scheme, IndexedSet data, TrainingOptions options)
    {
        this.scheme = scheme;
        this.data = data;
        this.options = options;
        chance = new Random(options.Seed);
        lattice = new ChainLattice(scheme);
        weights = new RowStore(data.Keys.Length, scheme.Stride);
        squares = new RowStore(data.Keys.Length, scheme.Stride);
        transitions = new float[scheme.Tags * scheme.Stride];
        transitionSquares = new float[transitions.Length];
        expected = new float[transitions.Length];
        order = [.. Enumerable.Range(0, data.Sequences.Count).Where(i => data.Sequences[i].Tags.Length > 0)];
    }

    /// <summary>Weights of every feature and transition.</summary>
    internal static ChainWeights Train(LabelScheme scheme, TrainingSet set, TrainingOptions options)
    {
        var data = set.Index(options.LeastCount);
        var sum = new RowStore(data.Keys.Length, scheme.Stride);
        var transitions = new float[scheme.Tags * scheme.Stride];
        for (var member = 0; member < options.Members; member++)
        {
            var weights = new ChainTrainer(scheme, data, options with { Seed = options.Seed + member }).Run();
            sum.Add(weights.Rows, 1f / options.Members);
            VectorMath.AddScaled(transitions, weights.Transitions, 1f / options.Members);
        }

        return new ChainWeights(scheme, data.Keys, sum, transitions);
    }

    private ChainWeights Run()
    {
        var sum = new RowStore(data.Keys.Length, scheme.Stride);
        var sumOfTransitions = new float[transitions.Length];
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            chance.Shuffle(order);
            foreach (var sequence in order)
            {
                Learn(data.Sequences[sequence]);
            }

            if (epoch >= options.Epochs - options.Averaged)
            {
                sum.Add(weights, 1f / options.Averaged);
                VectorMath.AddScaled(sumOfTransitions, transitions, 1f / options.Averaged);
            }
        }

        return new ChainWeights(scheme, data.Keys, sum, sumOfTransitions);
    }

    private void Learn(IndexedSequence sequence)
    {
        var length = sequence.Tags.Length;
        var stride = scheme.Stride;
        if (scores.Length < length * stride)
        {
            scores = new float[length * stride * 2];
            keptStarts = new int[(length * 2) + 1];
        }

        var all = scores.AsSpan(0, length * stride);
        Score(sequence, all);
        lattice.SetTransitions(transitions);
        expected.AsSpan().Clear();
        lattice.Marginals(all, expected);
        for (var i = 0; i < length; i++)
        {
            var gradient = all.Slice(i * stride, stride);
            for (var tag = 0; tag < scheme.Tags; tag++)
            {
                gradient[tag] = (tag == sequence.Tags[i] ? 1 : 0) - gradient[tag];
            }

            gradient[scheme.Tags..].Clear();
            if (Math.Abs(gradient[sequence.Tags[i]]) < Certain)
            {
                continue;
            }

            for (var at = keptStarts[i]; at < keptStarts[i + 1]; at++)
            {
                VectorMath.Step(weights[kept[at]], squares[kept[at]], gradient, options.Rate, 1 - options.Decay);
            }
        }

        LearnTransitions(sequence);
    }

    private void Score(IndexedSequence sequence, Span<float> all)
    {
        if (kept.Length < sequence.Rows.Length)
        {
            kept = new int[sequence.Rows.Length * 2];
        }

        all.Clear();
        var count = 0;
        var keep = 1 - options.Dropout;
        var threshold = (uint)(keep * uint.MaxValue);
        var state = ((ulong)chance.NextInt64() << 1) | 1;
        for (var i = 0; i < sequence.Tags.Length; i++)
        {
            keptStarts[i] = count;
            var row = all.Slice(i * scheme.Stride, scheme.Stride);
            for (var at = sequence.Starts[i]; at < sequence.Starts[i + 1]; at++)
            {
                // Xorshift (Marsaglia 2003): dropping is the innermost loop.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                if ((uint)(state >> 32) <= threshold)
                {
                    kept[count++] = sequence.Rows[at];
                    VectorMath.AddScaled(row, weights[sequence.Rows[at]], 1 / keep);
                }
            }
        }

        keptStarts[sequence.Tags.Length] = count;
    }

    private void LearnTransitions(IndexedSequence sequence)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = -expected[i];
        }

        for (var i = 1; i < sequence.Tags.Length; i++)
        {
            expected[(sequence.Tags[i - 1] * scheme.Stride) + sequence.Tags[i]] += 1;
        }

        VectorMath.Step(transitions, transitionSquares, expected, options.Rate, 1);
    }
}

namespace Jingwei.Text.Sequences;

/// <summary>Finds the best tagging (Viterbi). One for each thread; its arrays are used again.</summary>
internal sealed class ChainDecoder
{
    private readonly ChainModel model;
    private readonly int[] sums;
    private readonly float[] scores;
    private readonly float[] bonus;
    private float[] best = [];
    private byte[] back = [];
    private byte[] tags = [];

    internal ChainDecoder(ChainModel model)
    {
        this.model = model;
        sums = new int[model.Scheme.Stride];
        scores = new float[model.Scheme.Tags];
        bonus = new float[model.Scheme.Tags];
        for (var tag = 1; tag < bonus.Length; tag++)
        {
            bonus[tag] = LabelScheme.IsContinuation(tag) ? 0 : model.Bonus[LabelScheme.KindOf(tag)];
        }
    }

    /// <summary>The best tags of a sequence; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Decode(FeatureSequence features)
    {
        var scheme = model.Scheme;
        var length = features.Length;
        if (tags.Length < length)
        {
            best = new float[length * 2 * scheme.Stride];
            back = new byte[length * 2 * scheme.Stride];
            tags = new byte[length * 2];
        }

        for (var i = 0; i < length; i++)
        {
            sums.AsSpan().Clear();
            model.Score(features[i], sums);
            for (var tag = 0; tag < scores.Length; tag++)
            {
                scores[tag] = (sums[tag] * model.Unit) + bonus[tag];
            }

            Extend(i);
        }

        Trace(length);
        return tags.AsSpan(0, length);
    }

    private void Extend(int i)
    {
        var scheme = model.Scheme;
        var here = best.AsSpan(i * scheme.Stride, scheme.Stride);
        if (i == 0)
        {
            for (var tag = 0; tag < scheme.Tags; tag++)
            {
                here[tag] = LabelScheme.MayBegin(tag) ? scores[tag] : float.NegativeInfinity;
            }

            return;
        }

        var before = best.AsSpan((i - 1) * scheme.Stride, scheme.Stride);
        for (var to = 0; to < scheme.Tags; to++)
        {
            var top = float.NegativeInfinity;
            foreach (var from in scheme.Before[to])
            {
                var score = before[from] + model.Transitions[(from * scheme.Stride) + to];
                if (score > top)
                {
                    top = score;
                    back[(i * scheme.Stride) + to] = from;
                }
            }

            here[to] = top + scores[to];
        }
    }

    private void Trace(int length)
    {
        var scheme = model.Scheme;
        if (length == 0)
        {
            return;
        }

        var top = 0;
        for (var tag = 1; tag < scheme.Tags; tag++)
        {
            if (LabelScheme.MayEnd(tag) && best[((length - 1) * scheme.Stride) + tag] > best[((length - 1) * scheme.Stride) + top])
            {
                top = tag;
            }
        }

        for (var i = length - 1; i >= 0; i--)
        {
            tags[i] = (byte)top;
            top = back[(i * scheme.Stride) + top];
        }
    }
}

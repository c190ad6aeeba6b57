using System.Collections.Concurrent;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>The features of one position of a sentence.</summary>
internal delegate void PositionFeatures(TextSheet sheet, int position, FeatureSequence features);

/// <summary>Labels texts with one trained model. Safe to use from several threads.</summary>
public sealed class SequenceTagger
{
    private readonly WordTable lexicon;
    private readonly ChainModel model;
    private readonly PositionFeatures features;

    // At most one for each thread that was ever at work at the same time.
    private readonly ConcurrentBag<Worker> idle = [];

    internal SequenceTagger(WordTable lexicon, ChainModel model, PositionFeatures features) =>
        (this.lexicon, this.model, this.features) = (lexicon, model, features);

    /// <summary>The spans of a text, in order; none overlap.</summary>
    public IReadOnlyList<TextSpan> Tag(ReadOnlySpan<char> text)
    {
        var spans = new List<TextSpan>();
        var worker = idle.TryTake(out var waiting) ? waiting : new Worker(lexicon, model);
        for (var start = 0; start < text.Length;)
        {
            var end = Sentences.End(text, start);
            if (!text[start..end].IsWhiteSpace())
            {
                worker.Sheet.Load(text[start..end]);
                Features(worker.Sheet, features, worker.Features);
                model.Scheme.Collect(worker.Decoder.Decode(worker.Features), start, spans);
            }

            start = end;
        }

        KeepPairs(text, spans);
        idle.Add(worker);
        return spans;
    }

    // A character outside the basic plane is two code units; a span holds both or neither.
    private static void KeepPairs(ReadOnlySpan<char> text, List<TextSpan> spans)
    {
        for (var i = 0; i < spans.Count; i++)
        {
            var (label, start, end) = spans[i];
            if (char.IsLowSurrogate(text[start]) || (end < text.Length && char.IsLowSurrogate(text[end])))
            {
                start += char.IsLowSurrogate(text[start]) ? 1 : 0;
                end += end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
                spans[i] = new TextSpan(label, start, end);
            }
        }

        spans.RemoveAll(span => span.Start >= span.End);
    }

    /// <summary>The features of every position of a sentence.</summary>
    internal static void Features(TextSheet sheet, PositionFeatures ofPosition, FeatureSequence features)
    {
        features.Clear();
        for (var i = 0; i < sheet.Length; i++)
        {
            ofPosition(sheet, i, features);
            features.Next();
        }
    }

    private sealed class Worker(WordTable lexicon, ChainModel model)
    {
        internal TextSheet Sheet { get; } = new(lexicon);

        internal FeatureSequence Features { get; } = new();

        internal ChainDecoder Decoder { get; } = new(model);
    }
}

using Jingwei.Text.Corpora;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>What a labelling task is: its kinds, its features, how it is trained.</summary>
internal sealed record SequenceTask
{
    /// <summary>Labels; spans with another are left out.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Features of a position.</summary>
    public required PositionFeatures Features { get; init; }

    /// <summary>How the field is trained.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Bonus of each kind when decoding, found by cross-validation.</summary>
    public required IReadOnlyList<float> Bonus { get; init; }

    /// <summary>Weights nearer to 0 are not kept: it decides the size of the model.</summary>
    public required float LeastWeight { get; init; }

    /// <summary>Trains the task from labelled texts.</summary>
    internal ChainModel Train(WordTable lexicon, IEnumerable<LabelledText> texts)
    {
        var scheme = new LabelScheme(Kinds);
        var weights = ChainTrainer.Train(scheme, Collect(lexicon, scheme, texts), Options);
        return ChainModel.Quantise(weights, LeastWeight, [.. Bonus]);
    }

    private TrainingSet Collect(WordTable lexicon, LabelScheme scheme, IEnumerable<LabelledText> texts)
    {
        var sheet = new TextSheet(lexicon);
        var features = new FeatureSequence();
        var set = new TrainingSet();
        foreach (var text in texts)
        {
            var tags = new byte[text.Text.Length];
            foreach (var span in text.Spans)
            {
                scheme.Mark(tags, span.Start, span.End, span.Label);
            }

            for (var start = 0; start < text.Text.Length;)
            {
                var end = Sentences.End(text.Text, start);
                var gold = tags.AsSpan(start, end - start);
                // A span across the end of a sentence cannot be told within either.
                if (!LabelScheme.IsContinuation(gold[0]) && !LabelScheme.IsOpen(gold[^1]))
                {
                    sheet.Load(text.Text.AsSpan(start, end - start));
                    SequenceTagger.Features(sheet, Features, features);
                    set.Add(features, gold);
                }

                start = end;
            }
        }

        return set;
    }
}

using Jingwei.Text.Corpora;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>Measures a task on texts that its model was not trained on.</summary>
internal static class CrossValidation
{
    /// <summary>Trains on all parts but one and labels that one, for each of the first so many parts.</summary>
    /// <param name="parts">Parts that the texts are split into, by their ids.</param>
    /// <param name="run">How many of the parts are labelled in turn.</param>
    internal static SpanScores Run(SequenceTask task, WordTable lexicon, IReadOnlyList<LabelledText> texts, int parts, int run)
    {
        var scores = new SpanScores[run];
        Parallel.For(0, run, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => scores[part] = Measure(
            task,
            lexicon,
            task.Train(lexicon, texts.Where(text => text.Part(parts) != part)),
            texts.Where(text => text.Part(parts) == part)));
        var all = new SpanScores();
        foreach (var each in scores)
        {
            all.Add(each);
        }

        return all;
    }

    /// <summary>Counts what a model finds in labelled texts.</summary>
    internal static SpanScores Measure(SequenceTask task, WordTable lexicon, ChainModel model, IEnumerable<LabelledText> texts) =>
        Measure(new SequenceTagger(lexicon, model, task.Features), task, texts);

    /// <inheritdoc cref="Measure(SequenceTask, WordTable, ChainModel, IEnumerable{LabelledText})"/>
    internal static SpanScores Measure(SequenceTagger tagger, SequenceTask task, IEnumerable<LabelledText> texts)
    {
        var scores = new SpanScores();
        foreach (var text in texts)
        {
            scores.Add(tagger.Tag(text.Text), text.Spans.Where(span => task.Kinds.Contains(span.Label)));
        }

        return scores;
    }
}

using Jingwei.Text.Corpora;
using Jingwei.Text.Entities;
using Jingwei.Text.Sequences;
using Jingwei.Text.Spans;

namespace Jingwei.Text.Models;

/// <summary>Measures the models of a folder on labelled files.</summary>
/// <param name="models">The models.</param>
public sealed class ModelEvaluation(ModelFolder models)
{
    /// <summary>Exact spans of emergency articles.</summary>
    /// <param name="file">JSON lines with id, title, report_time, text and events with spans.</param>
    public SpanScores OfSpans(string file)
    {
        var tagger = models.OpenSpans();
        return Measure(CorpusFiles.ReadArticles(file), SpanTask.Create().Kinds, text => tagger.Tag(text));
    }

    /// <summary>Exact entities of sentences.</summary>
    /// <param name="file">JSON lines with id, text and spans.</param>
    public SpanScores OfEntities(string file)
    {
        var tagger = models.OpenEntities();
        return Measure(CorpusFiles.ReadSentences(file), EntityTask.Create().Kinds, text => tagger.Tag(text));
    }

    /// <summary>Date, province, dead and injured of articles.</summary>
    /// <param name="articles">JSON lines with id, title, report_time, text and events.</param>
    /// <param name="facts">JSON lines with id, dates, province, deaths, injured, ambiguous.</param>
    public FieldScores OfFields(string articles, string facts) => FieldScores.Measure(models.OpenReports(), articles, facts);

    private static SpanScores Measure(IReadOnlyList<LabelledText> texts, IReadOnlyList<string> kinds, Func<string, IReadOnlyList<TextSpan>> tag)
    {
        var scores = new SpanScores();
        foreach (var text in texts)
        {
            scores.Add(tag(text.Text), text.Spans.Where(span => kinds.Contains(span.Label)));
        }

        return scores;
    }
}

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
    public SpanScores OfSpans(string file) => CrossValidation.Measure(models.OpenSpans(), SpanTask.Create(), CorpusFiles.ReadArticles(file));

    /// <summary>Exact entities of sentences.</summary>
    /// <param name="file">JSON lines with id, text and spans.</param>
    public SpanScores OfEntities(string file) => CrossValidation.Measure(models.OpenEntities(), EntityTask.Create(), CorpusFiles.ReadSentences(file));

    /// <summary>Date, province, dead and injured of articles.</summary>
    /// <param name="articles">JSON lines with id, title, report_time, text and events.</param>
    /// <param name="facts">JSON lines with id, dates, province, deaths, injured, ambiguous.</param>
    public FieldScores OfFields(string articles, string facts) => FieldScores.Measure(models.OpenReports(), articles, facts);
}

using Jingwei.Text.Corpora;
using Jingwei.Text.Entities;
using Jingwei.Text.Likeness;
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

    /// <summary>Pairs of reports, by the bar of the model; B-cubed over the clusters that the answers make, each way of being joined counted through.</summary>
    /// <param name="task">What for.</param>
    /// <param name="reports">JSON lines with id, title, report_time or time, text.</param>
    /// <param name="pairs">JSON lines with a, b, label (1: same) and, where the two only look the same, hard.</param>
    public PairScores OfPairs(LikenessTask task, string reports, string pairs)
    {
        var labelled = LabelledPair.Read(pairs);
        var ids = labelled.SelectMany(pair => new[] { pair.A, pair.B }).ToHashSet(StringComparer.Ordinal);
        var profiles = ReportLines.Profiles(reports, models.OpenReports(), models.OpenProfiles(), ids);
        var likeness = models.OpenLikeness();
        return PairScores.Of(labelled, [.. labelled.Select(pair => likeness.Compare(profiles[pair.A], profiles[pair.B], task).Score >= likeness.SameFrom(task))]);
    }

    /// <summary>The share of messages whose label is told right.</summary>
    /// <param name="file">JSON lines with id, title, text, label.</param>
    public (int Right, int All) OfRoutes(string file)
    {
        var router = models.OpenRouter();
        var told = JsonLines.Read(file).Select(row => router.Of(row.GetProperty("text").GetString()!, row.GetProperty("title").GetString() ?? "")[0].Label == row.GetProperty("label").GetString()).ToArray();
        return (told.Count(right => right), told.Length);
    }
}

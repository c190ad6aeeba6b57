using Jingwei.Text.Corpora;
using Jingwei.Text.Entities;
using Jingwei.Text.Lexicons;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;
using Jingwei.Text.Routing;
using Jingwei.Text.Sequences;
using Jingwei.Text.Spans;

namespace Jingwei.Conformance.Text;

/// <summary>
/// Figures on annotated corpora, of models trained here on the other parts: what is shipped was trained on all of them. Fewer
/// members than shipped, to be quick; the floors leave room for that.
/// </summary>
public sealed class CorpusTests
{
    [Fact]
    public void Spans_of_articles_never_seen_are_found()
    {
        var folder = Corpora();
        var task = SpanTask.Create();
        var scores = CrossValidation.Run(
            task with { Options = task.Options with { Members = 1 } }, LexiconFiles.Read(folder), CorpusFiles.ReadArticles(Path.Combine(folder, "cec", "open.jsonl")), 5, 5);

        Assert.InRange(scores.Labels[SpanTask.Time].F1, 0.79, 1);
        Assert.InRange(scores.Labels[SpanTask.Location].F1, 0.55, 1);
        Assert.InRange(scores.Labels[SpanTask.Denoter].F1, 0.74, 1);
    }

    [Fact]
    public void Entities_of_sentences_never_seen_are_found()
    {
        var folder = Corpora();
        var task = EntityTask.Create();
        var scores = CrossValidation.Run(
            task with { Options = task.Options with { Members = 1, Epochs = 5, Averaged = 3 } },
            LexiconFiles.Read(folder), CorpusFiles.ReadSentences(Path.Combine(folder, "cluener", "train.jsonl")), 8, 1);

        Assert.InRange(scores.All.F1, 0.72, 1);
    }

    [Fact]
    public void Facts_of_articles_are_read()
    {
        var folder = Corpora();
        var scores = FieldScores.Measure(
            new ModelFolder(ModelFolder.Shipped).OpenReports(), Path.Combine(folder, "cec", "open.jsonl"), Path.Combine(folder, "cec", "docgold_open.jsonl"));

        Assert.InRange(scores.Shares["date"], 0.92, 1);
        Assert.InRange(scores.Shares["province"], 0.95, 1);
        Assert.InRange(scores.Shares["dead"], 0.96, 1);
        Assert.InRange(scores.Shares["injured"], 0.90, 1);
        Assert.InRange(scores.Shares["all"], 0.75, 1);
    }

    [Theory]
    [InlineData(LikenessTask.Event, 0.82, 0.978, 0.1)]
    [InlineData(LikenessTask.Issue, 0.92, 0.95, 0.155)]
    public void Pairs_are_told_by_weights_that_know_neither_cluster(LikenessTask task, double f1, double clusters, double wrong)
    {
        var models = new ModelFolder(ModelFolder.Shipped);
        var corpus = PairCorpus.Read(task, Corpora(), models.OpenReports(), models.OpenProfiles());
        var bar = models.OpenLikeness().SameFrom(task);
        var scores = PairScores.Of(corpus.Pairs, [.. new PairLearning(task, corpus).Validate().Select(chance => chance >= bar)]);

        Assert.InRange(scores.F1, f1, 1);
        Assert.InRange(scores.BCubed, clusters, 1);
        Assert.InRange((double)scores.HardWrong / scores.Hard, 0, wrong);
    }

    [Fact]
    public void Messages_never_seen_are_routed()
    {
        var folder = Path.Combine(Corpora(), "hotline");
        var learning = new RouteLearning(new ModelFolder(ModelFolder.Shipped).Vectors, Path.Combine(folder, "class7_open.jsonl"), Path.Combine(folder, "taxonomy.json"));
        Assert.InRange(learning.Validate().Accuracy, 0.80, 1);
    }

    private static string Corpora()
    {
        var folder = Environment.GetEnvironmentVariable("JINGWEI_TEXT");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "JINGWEI_TEXT names no folder of corpora.");
        return folder!;
    }
}

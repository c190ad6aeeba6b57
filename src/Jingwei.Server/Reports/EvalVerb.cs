using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Text.Models;
using Jingwei.Text.Sequences;

namespace Jingwei.Server.Reports;

/// <summary>`text eval`: measures the models on labelled files.</summary>
internal static class EvalVerb
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var models = TextCommand.Models();
        var articles = new Option<string?>("--articles") { Description = "Articles with events and spans, JSON lines." };
        var facts = new Option<string?>("--facts") { Description = "Facts of the articles, JSON lines: id, dates, province, deaths, injured, ambiguous." };
        var entities = new Option<string?>("--entities") { Description = "Sentences with entities, JSON lines." };
        var command = new Command(
            "eval",
            """
            Measures the models on labelled files and prints one JSON object: precision, recall and F1 of exact spans for each
            label and for all (micro), and the share of articles with date, province, dead, injured and all four right.
            What a model was trained on it knows by heart: measure on other files. `text train` measures on parts that it holds out, and writes the figures to the cards.
            """)
        {
            models, articles, facts, entities,
        };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () => Run(
            new ModelEvaluation(new ModelFolder(parsed.GetValue(models)!)),
            parsed.GetValue(articles),
            parsed.GetValue(facts),
            parsed.GetValue(entities),
            parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static int Run(ModelEvaluation evaluation, string? articles, string? facts, string? entities, TextWriter output)
    {
        var figures = new Dictionary<string, object>(StringComparer.Ordinal);
        if (articles is not null)
        {
            figures["spans"] = Figures(evaluation.OfSpans(articles));
        }

        if (articles is not null && facts is not null)
        {
            var fields = evaluation.OfFields(articles, facts);
            figures["fields"] = new { fields.Articles, shares = fields.Shares.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4)) };
        }

        if (entities is not null)
        {
            figures["entities"] = Figures(evaluation.OfEntities(entities));
        }

        output.WriteLine(JsonSerializer.Serialize(figures, Json));
        return TextCommand.Fine;
    }

    private static Dictionary<string, object> Figures(SpanScores scores) =>
        scores.Labels.Append(new("micro", scores.All)).ToDictionary(
            pair => pair.Key,
            object (pair) => new
            {
                precision = Math.Round(pair.Value.Precision, 4),
                recall = Math.Round(pair.Value.Recall, 4),
                f1 = Math.Round(pair.Value.F1, 4),
                pair.Value.Right,
                pair.Value.Found,
                pair.Value.Wanted,
            });
}

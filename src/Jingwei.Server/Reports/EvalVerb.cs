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
        var pairs = new Option<string?>("--pairs") { Description = "Labelled pairs, JSON lines: a, b, label, hard; with --docs and --what." };
        var reports = new Option<string?>("--docs") { Description = "The reports of the pairs, JSON lines." };
        var task = new Option<string?>("--what") { Description = "What the pairs are labelled for." };
        task.AcceptOnlyFromAmong(PairsVerb.Event, PairsVerb.Issue);
        var messages = new Option<string?>("--messages") { Description = "Messages with the label of the office that they are for, JSON lines." };
        var command = new Command(
            "eval",
            """
            Measures the models on labelled files and prints one JSON object: precision, recall and F1 of exact spans for each
            label and for all (micro); the share of articles with date, province, dead, injured and all four right; F1 of pairs, B-cubed F1
            of the clusters that they make, and the wrong merges among hard pairs; the share of messages with the right office.
            What a model was trained on it knows by heart: measure on other files. `text train` measures on parts that it holds out, and writes the figures to the cards.
            """)
        {
            models, articles, facts, entities, pairs, reports, task, messages,
        };
        command.Validators.Add(found =>
        {
            if (found.GetValue(pairs) is not null && (found.GetValue(reports) is null || found.GetValue(task) is null))
            {
                found.AddError("--pairs needs --docs and --what.");
            }
        });
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var evaluation = new ModelEvaluation(new ModelFolder(parsed.GetValue(models)!));
            var figures = new Dictionary<string, object>(StringComparer.Ordinal);
            AddSpans(figures, evaluation, parsed.GetValue(articles), parsed.GetValue(facts), parsed.GetValue(entities));
            AddPairs(figures, evaluation, parsed.GetValue(pairs), parsed.GetValue(reports), parsed.GetValue(task));
            if (parsed.GetValue(messages) is { } labelled)
            {
                var (right, all) = evaluation.OfRoutes(labelled);
                figures["routes"] = new { accuracy = Math.Round((double)right / all, 4), right, messages = all };
            }

            parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(figures, Json));
            return TextCommand.Fine;
        }));
        return command;
    }

    private static void AddSpans(Dictionary<string, object> figures, ModelEvaluation evaluation, string? articles, string? facts, string? entities)
    {
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
    }

    private static void AddPairs(Dictionary<string, object> figures, ModelEvaluation evaluation, string? pairs, string? reports, string? task)
    {
        if (pairs is not null && reports is not null && task is not null)
        {
            var scores = evaluation.OfPairs(PairsVerb.TaskOf(task), reports, pairs);
            figures["pairs"] = new
            {
                precision = Math.Round(scores.Precision, 4),
                recall = Math.Round(scores.Recall, 4),
                f1 = Math.Round(scores.F1, 4),
                bCubed = Math.Round(scores.BCubed, 4),
                scores.Hard,
                scores.HardWrong,
            };
        }
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

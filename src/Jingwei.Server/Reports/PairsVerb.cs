using System.CommandLine;
using System.Text;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>`text pairs`: tells whether two reports are of the same event or raise the same issue.</summary>
internal static class PairsVerb
{
    internal const string Event = "event";
    internal const string Issue = "issue";

    internal static Command Create()
    {
        var models = TextCommand.Models();
        var reports = new Option<string>("--docs") { Description = "File of reports, as `text parse` reads them; citizens' messages may have \"time\" for \"report_time\".", Required = true };
        var task = new Option<string>("--what") { Description = "event: do both tell of the same incident; issue: do both raise the same issue at the same place.", Required = true };
        task.AcceptOnlyFromAmong(Event, Issue);
        var evidence = new Option<bool>("--evidence") { Description = "Add what text, time, place, class and numbers contribute to the logit of the score." };
        var command = new Command(
            "pairs",
            """
            Compares reports: reads {"a","b"} a line on standard input, ids of reports of the file; writes {"a","b","score","same"} a line on
            standard output. "score" is from 0 to 1; "same" says whether it reaches the bar of the model. A line that cannot be read, or whose
            ids are not in the file, is answered by {"a","b","error"}; the exit code is then 1.
            """)
        {
            models, reports, task, evidence,
        };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () => Run(
            new ModelFolder(parsed.GetValue(models)!),
            parsed.GetValue(reports)!,
            TaskOf(parsed.GetValue(task)!),
            parsed.GetValue(evidence))));
        return command;
    }

    /// <summary>The task that a word of the command line names.</summary>
    internal static LikenessTask TaskOf(string what) => what == Event ? LikenessTask.Event : LikenessTask.Issue;

    private static int Run(ModelFolder models, string file, LikenessTask task, bool evidence)
    {
        var likeness = models.OpenLikeness();
        var profiles = ReportLines.Profiles(file, models.OpenReports(), models.OpenProfiles());
        using var input = new StreamReader(System.Console.OpenStandardInput(), new UTF8Encoding(false));
        var lines = new LineFilter(["a", "b"], row => Lacking(row, "a") ?? Lacking(row, "b") ?? "");
        var bad = lines.Run(input, System.Console.OpenStandardOutput(), (row, writer) =>
        {
            var score = likeness.Compare(profiles[ReportLines.IdOf(row, "a")!], profiles[ReportLines.IdOf(row, "b")!], task);
            writer.WriteNumber("score", Math.Round(score.Score, 4));
            writer.WriteBoolean("same", score.Score >= likeness.SameFrom(task));
            if (evidence)
            {
                FactsJson.WriteScore(writer, score);
            }
        });
        return bad == 0 ? TextCommand.Fine : TextCommand.Faults;

        string? Lacking(System.Text.Json.JsonElement row, string name) =>
            ReportLines.IdOf(row, name) is not { } id ? $"\"{name}\" is missing or no id." : profiles.ContainsKey(id) ? null : $"No report of the file has the id of \"{name}\".";
    }
}

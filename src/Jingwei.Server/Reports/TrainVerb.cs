using System.CommandLine;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>`text train`: makes model files from a folder of corpora.</summary>
internal static class TrainVerb
{
    private const string Lexicon = "lexicon";
    private const string Regions = "regions";
    private const string Spans = "spans";
    private const string Entities = "entities";
    private const string Likeness = "likeness";
    private const string Routes = "routes";

    private static readonly string[] All = [Lexicon, Regions, Spans, Entities, Likeness, Routes];

    internal static Command Create()
    {
        var corpora = new Option<string>("--corpora") { Description = "Folder of corpora (docs/text.md says what lies in it).", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that the model files and their cards are written to.", Required = true };
        var task = new Option<string[]>("--task") { Description = "What to make; by default everything.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => All };
        task.AcceptOnlyFromAmong(All);
        var plain = new Option<bool>("--no-validation") { Description = "Do not measure first: faster, and the cards then hold no figures." };
        var command = new Command("train", "Trains the models from a folder of corpora. The same corpora give the same files, byte by byte.") { corpora, output, task, plain };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () => Run(
            parsed.GetValue(corpora)!, parsed.GetValue(output)!, parsed.InvocationConfiguration.Error.WriteLine, parsed.GetValue(task)!, !parsed.GetValue(plain))));
        return command;
    }

    // In the order in which one needs another.
    private static int Run(string corpora, string output, Action<string> log, string[] tasks, bool validate)
    {
        var training = new ModelTraining(corpora, output, log);
        var likeness = new LikenessTraining(corpora, output, log);
        foreach (var task in All.Where(tasks.Contains))
        {
            switch (task)
            {
                case Lexicon:
                    training.MakeLexicon();
                    break;
                case Regions:
                    training.MakeRegions();
                    break;
                case Spans:
                    training.MakeSpans(validate);
                    break;
                case Entities:
                    training.MakeEntities(validate);
                    break;
                case Likeness:
                    likeness.MakeRarity();
                    likeness.MakeLikeness();
                    break;
                default:
                    new RouteTraining(corpora, output, log).MakeRoutes();
                    break;
            }
        }

        return TextCommand.Fine;
    }
}

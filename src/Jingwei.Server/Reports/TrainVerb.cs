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

    internal static Command Create()
    {
        var corpora = new Option<string>("--corpora") { Description = "Folder of corpora (docs/text.md says what lies in it).", Required = true };
        var output = new Option<string>("--out") { Description = "Folder that the model files and their cards are written to.", Required = true };
        var task = new Option<string[]>("--task") { Description = "What to make; by default everything.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [Lexicon, Regions, Spans, Entities, Likeness] };
        task.AcceptOnlyFromAmong(Lexicon, Regions, Spans, Entities, Likeness);
        var plain = new Option<bool>("--no-validation") { Description = "Do not measure first: faster, and the cards then hold no figures." };
        var command = new Command("train", "Trains the models from a folder of corpora. The same corpora give the same files, byte by byte.") { corpora, output, task, plain };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var (from, to, log) = (parsed.GetValue(corpora)!, parsed.GetValue(output)!, parsed.InvocationConfiguration.Error);
            return Run(new ModelTraining(from, to, log.WriteLine), new LikenessTraining(from, to, log.WriteLine), parsed.GetValue(task)!, !parsed.GetValue(plain));
        }));
        return command;
    }

    private static int Run(ModelTraining training, LikenessTraining likeness, string[] tasks, bool validate)
    {
        if (tasks.Contains(Lexicon))
        {
            training.MakeLexicon();
        }

        if (tasks.Contains(Regions))
        {
            training.MakeRegions();
        }

        if (tasks.Contains(Spans))
        {
            training.MakeSpans(validate);
        }

        if (tasks.Contains(Entities))
        {
            training.MakeEntities(validate);
        }

        if (tasks.Contains(Likeness))
        {
            likeness.MakeRarity();
            likeness.MakeLikeness();
        }

        return TextCommand.Fine;
    }
}

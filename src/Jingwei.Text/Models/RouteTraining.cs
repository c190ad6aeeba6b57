using Jingwei.Text.Routing;

namespace Jingwei.Text.Models;

/// <summary>Makes the model of routes from corpora.</summary>
/// <param name="corpora">Folder of corpora.</param>
/// <param name="output">Folder that the model is written to; lexicon and rarity lie in it.</param>
/// <param name="log">Told what is being done.</param>
public sealed class RouteTraining(string corpora, string output, Action<string> log)
{
    /// <summary>Learns the weights, after measuring them on parts left out.</summary>
    public void MakeRoutes()
    {
        var learning = new RouteLearning(
            new ModelFolder(output).Vectors, Path.Combine(corpora, "hotline", "class7_open.jsonl"), Path.Combine(corpora, "hotline", "taxonomy.json"));
        var (accuracy, sharpness) = learning.Validate();
        log($"{ModelFolder.RoutesFile}: accuracy {accuracy:f4} of {learning.Count} messages");
        ModelFile.Write(Path.Combine(output, ModelFolder.RoutesFile), learning.Learn(sharpness).Write);
        log($"{ModelFolder.RoutesFile}: {new FileInfo(Path.Combine(output, ModelFolder.RoutesFile)).Length} bytes");
        new ModelCard
        {
            Model = ModelFolder.RoutesFile,
            Task = "which of seven offices a citizen's message is for",
            Data =
            [
                $"TipDM 2020 C, {learning.Count} labelled messages (no licence stated; used for training only)",
                "the hotline's taxonomy: names of its second and third level",
            ],
            Method = "complement naive Bayes over words and pairs of characters, weighted by rarity; names of the taxonomy count like messages",
            Command = "jingwei text train --task routes",
            Measured = "share of labels told right; ten parts by hash of the message's id, each told by weights that never saw it",
            Figures = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = Math.Round(accuracy, 4) },
            Limits = "Seven labels of one city's hotline; a message for another office gets one of the seven.",
        }.Write(output);
    }
}

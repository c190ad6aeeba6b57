using Jingwei.Text.Likeness;

namespace Jingwei.Text.Models;

/// <summary>Makes the models of likeness from corpora: how rare terms are, and how what two reports share is weighed.</summary>
/// <param name="corpora">Folder of corpora.</param>
/// <param name="output">Folder that the models are written to; lexicon, regions and spans lie in it.</param>
/// <param name="log">Told what is being done.</param>
public sealed class LikenessTraining(string corpora, string output, Action<string> log)
{
    /// <summary>Counts how rare terms are.</summary>
    public void MakeRarity()
    {
        var rarity = RarityCounting.Count(new ModelFolder(output).Lexicon, corpora);
        ModelFile.Write(Path.Combine(output, ModelFolder.RarityFile), rarity.Write);
        log($"{ModelFolder.RarityFile}: {new FileInfo(Path.Combine(output, ModelFolder.RarityFile)).Length} bytes");
        new ModelCard
        {
            Model = ModelFolder.RarityFile,
            Task = "in how many texts a word or a pair of characters stands",
            Data =
            [
                "TipDM 2020 C, 4,056 messages of citizens of which no issue is known (no licence stated; counted only)",
                "CLUENER2020 training sentences, 10,748 (research use; counted only)",
            ],
            Method = $"logarithm of the inverse share of texts, in eighths of a nat, by 32-bit hash; terms in at least {TermRarity.LeastTexts} texts",
            Command = "jingwei text train --task likeness",
            Limits = "Messages of one city and headlines of about 2010: what is common elsewhere counts as rare.",
        }.Write(output);
    }

    /// <summary>Learns the weights, after measuring them on pairs left out; the bars come from the same measurement.</summary>
    public void MakeLikeness()
    {
        var folder = new ModelFolder(output);
        var (reports, profiles) = (folder.OpenReports(), folder.OpenProfiles());
        var tasks = Enum.GetValues<LikenessTask>();
        var (weights, same, proposed) = (new float[tasks.Length][], new float[tasks.Length], new float[tasks.Length]);
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            var corpus = PairCorpus.Read(task, corpora, reports, profiles);
            var learning = new PairLearning(task, corpus);
            var chances = learning.Validate();
            weights[(int)task] = learning.Train();
            same[(int)task] = (float)learning.SameFrom(chances);
            proposed[(int)task] = Math.Min(same[(int)task], (float)learning.ProposedFrom(chances));
            Report(task, PairScores.Of(corpus.Pairs, [.. chances.Select(chance => chance >= same[(int)task])]), figures);
        }

        ModelFile.Write(Path.Combine(output, ModelFolder.LikenessFile), new LikenessModel(weights, same, proposed).Write);
        new ModelCard
        {
            Model = ModelFolder.LikenessFile,
            Task = "whether two reports tell of the same event, or raise the same issue at the same place",
            Data =
            [
                "Chinese Emergency Corpus, 199 articles, 4,003 pairs (no licence stated; used for training only)",
                "TipDM 2020 C, 162 messages of citizens, 1,897 pairs (no licence stated; used for training only)",
            ],
            Method = "logistic regression over features of text, time, place, class and numbers; signs are given, and weights begin at values held by judgement",
            Command = "jingwei text train --task likeness",
            Measured = "each pair by weights learned from the pairs that share neither of its two clusters or issues; bars chosen by the same figures, beginnings of the weights with these pairs at hand",
            Figures = figures,
            Limits = "Event: nine events of two reports or more, one of them with 22 of the 40; reports that fill in a form share words, not incidents, and are joined wrongly more often. Issue: messages to one city.",
        }.Write(output);
    }

    private void Report(LikenessTask task, PairScores scores, SortedDictionary<string, double> figures)
    {
        var name = task == LikenessTask.Event ? "event" : "issue";
        figures[$"{name}F1"] = Math.Round(scores.F1, 4);
        figures[$"{name}BCubed"] = Math.Round(scores.BCubed, 4);
        figures[$"{name}Hard"] = scores.Hard;
        figures[$"{name}HardWrong"] = scores.HardWrong;
        log($"{ModelFolder.LikenessFile}: {name} F1 {scores.F1:f4} (precision {scores.Precision:f4}, recall {scores.Recall:f4}), B-cubed {scores.BCubed:f4}, wrong among hard ones {scores.HardWrong} of {scores.Hard}");
    }
}

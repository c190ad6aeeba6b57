using Jingwei.Text.Corpora;
using Jingwei.Text.Entities;
using Jingwei.Text.Fields;
using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;
using Jingwei.Text.Spans;

namespace Jingwei.Text.Models;

/// <summary>Makes the models of a folder from corpora, and writes a card beside each. The same corpora give the same bytes.</summary>
/// <param name="corpora">Folder of corpora.</param>
/// <param name="output">Folder that the models are written to.</param>
/// <param name="log">Told what is being done.</param>
public sealed class ModelTraining(string corpora, string output, Action<string> log)
{
    internal const int ArticleParts = 5;
    internal const int SentenceParts = 8;

    private const string Method = "linear-chain conditional random field over characters (BIOES), AdaGrad, dropout of features, averaged; 8-bit weights";

    private string ArticlesFile => Path.Combine(corpora, "cec", "open.jsonl");

    private string SentencesFile => Path.Combine(corpora, "cluener", "train.jsonl");

    /// <summary>Makes the lexicon: words, parts of speech, places.</summary>
    public void MakeLexicon()
    {
        Directory.CreateDirectory(output);
        var table = LexiconFiles.Read(corpora);
        ModelFile.Write(Path.Combine(output, ModelFolder.LexiconFile), table.Write);
        log($"{ModelFolder.LexiconFile}: {table.Count} words");
        new ModelCard
        {
            Model = ModelFolder.LexiconFile,
            Task = "which strings are words, how frequent they are, which are places",
            Data = ["jieba small dictionary (MIT)", "THUOCL place names (MIT)", "administrative divisions of China, 2023 (WTFPL)"],
            Method = "32-bit hashes of the words with part of speech and frequency",
            Command = "jingwei text train --task lexicon",
            Limits = "A string that is no word is taken for one once in 25,000.",
        }.Write(output);
    }

    /// <summary>Makes the tree of regions.</summary>
    public void MakeRegions()
    {
        Directory.CreateDirectory(output);
        var regions = RegionTree.ReadList(corpora);
        ModelFile.Write(Path.Combine(output, ModelFolder.RegionsFile), regions.Write);
        log($"{ModelFolder.RegionsFile}: {regions.Regions.Count} regions, {regions.Towns.All.Count()} towns");
        new ModelCard
        {
            Model = ModelFolder.RegionsFile,
            Task = "provinces, cities and counties with their codes (GB/T 2260), and the towns of each",
            Data = ["administrative divisions of China, 2023 (WTFPL)"],
            Method = "codes and names as listed",
            Command = "jingwei text train --task regions",
            Limits = "As of 2023; of names that changed before only some are known.",
        }.Write(output);
    }

    /// <summary>Trains the spans of emergency reports.</summary>
    /// <param name="validate">Cross-validates first and writes the figures to the card.</param>
    public void MakeSpans(bool validate) => Make(
        ModelFolder.SpansFile, SpanTask.Create(), CorpusFiles.ReadArticles(ArticlesFile), validate ? ArticleParts : 0, ArticleParts, new ModelCard
        {
            Model = ModelFolder.SpansFile,
            Task = "spans of emergency reports: Time, Location, Participant, Object, Denoter",
            Data = ["Chinese Emergency Corpus, 199 articles (no licence stated; used for training only)"],
            Method = Method,
            Command = "jingwei text train --task spans",
            Measured = $"exact spans, F1; mean of {ArticleParts} folds by hash of the article's id, each labelled by a model that never saw it",
            Limits = "News of earthquakes, fires, traffic accidents, food poisoning and attacks; other kinds of text and of incident are foreign to it.",
        });

    /// <summary>Trains the entities of general text.</summary>
    /// <param name="validate">Validates on one part in eight first and writes the figures to the card.</param>
    public void MakeEntities(bool validate) => Make(
        ModelFolder.EntitiesFile, EntityTask.Create(), CorpusFiles.ReadSentences(SentencesFile), validate ? 1 : 0, SentenceParts, new ModelCard
        {
            Model = ModelFolder.EntitiesFile,
            Task = "entities of general text: address, book, company, game, government, movie, name, organization, position, scene",
            Data = ["CLUENER2020 training sentences, 10,748 (research use; used for training only)"],
            Method = Method,
            Command = "jingwei text train --task entities",
            Measured = $"exact spans, F1; one part in {SentenceParts} by hash of the sentence's id, labelled by a model that never saw it",
            Limits = "Headlines and news of about 2010; addresses are the weakest kind.",
        });

    private void Make(string name, SequenceTask task, IReadOnlyList<LabelledText> texts, int run, int parts, ModelCard card)
    {
        Directory.CreateDirectory(output);
        var lexicon = new ModelFolder(output).Lexicon;
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (run > 0)
        {
            log($"{name}: validating, {run} of {parts} parts");
            var scores = CrossValidation.Run(task, lexicon, texts, parts, run);
            foreach (var (label, score) in scores.Labels.Append(new("micro", scores.All)))
            {
                figures[label] = Math.Round(score.F1, 4);
                log($"{name}: {label} F1 {score.F1:f4} (precision {score.Precision:f4}, recall {score.Recall:f4}, {score.Wanted} wanted)");
            }
        }

        log($"{name}: training on {texts.Count} texts");
        var model = task.Train(lexicon, texts);
        ModelFile.Write(Path.Combine(output, name), model.Write);
        log($"{name}: {model.SortedKeys.Length} rows, {new FileInfo(Path.Combine(output, name)).Length} bytes");
        (run > 0 ? card with { Figures = figures } : card with { Measured = null }).Write(output);
    }
}

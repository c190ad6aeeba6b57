using System.Text.Json;
using Jingwei.Text.Corpora;
using Jingwei.Text.Fields;

namespace Jingwei.Text.Likeness;

/// <summary>Labelled pairs of reports, their profiles, and what must be left out together when measuring.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Profiles">Profiles of all reports in them.</param>
/// <param name="Groups">The cluster or issue of each.</param>
internal sealed record PairCorpus(IReadOnlyList<LabelledPair> Pairs, IReadOnlyDictionary<string, ReportProfile> Profiles, IReadOnlyDictionary<string, string> Groups)
{
    private const int PartsOfSingles = 10;

    /// <summary>The corpus of a task, from a folder of corpora.</summary>
    internal static PairCorpus Read(LikenessTask task, string corpora, ReportReader reports, ProfileReader profiles)
    {
        var folder = Path.Combine(corpora, task == LikenessTask.Event ? "cec" : "hotline");
        var pairs = LabelledPair.Read(Path.Combine(folder, "pairs_open.jsonl"));
        var ids = pairs.SelectMany(pair => new[] { pair.A, pair.B }).ToHashSet(StringComparer.Ordinal);
        var found = ReportLines.Profiles(Path.Combine(folder, task == LikenessTask.Event ? "open.jsonl" : "messages_open_unlabelled.jsonl"), reports, profiles, ids);
        var groups = task == LikenessTask.Event ? Clusters(Path.Combine(folder, "clusters_open.json")) : Issues(Path.Combine(folder, "issues_open.json"));
        foreach (var id in ids)
        {
            groups.TryAdd(id, $"single {LabelledText.PartOf(id, PartsOfSingles)}");
        }

        return new PairCorpus(pairs, found, groups);
    }

    private static Dictionary<string, string> Clusters(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return Keys(document.RootElement.GetProperty("clusters"));
    }

    // Messages that are alike in their complaint and alone in their place have keys of their own that begin alike: they are one group.
    private static Dictionary<string, string> Issues(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return Keys(document.RootElement).ToDictionary(pair => pair.Key, pair => pair.Value.StartsWith("single-", StringComparison.Ordinal) ? "single" : pair.Value, StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Keys(JsonElement sets) =>
        (from set in sets.EnumerateArray()
         from id in set.GetProperty("ids").EnumerateArray()
         select (Id: id.GetString()!, Key: set.GetProperty("key").GetString()!)).ToDictionary(pair => pair.Id, pair => pair.Key, StringComparer.Ordinal);
}

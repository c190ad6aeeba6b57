using System.Runtime.InteropServices;
using Jingwei.Text.Corpora;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Likeness;

/// <summary>Counts in how many texts each term stands: over messages and sentences that no labelled pair has a part in.</summary>
internal static class RarityCounting
{
    internal static TermRarity Count(WordTable lexicon, string corpora)
    {
        var collector = new TermCollector(lexicon);
        var texts = new Dictionary<uint, int>();
        var seen = new HashSet<uint>();
        var all = 0;
        foreach (var text in Texts(corpora))
        {
            seen.Clear();
            collector.Collect(PlainCharacters.Of(text), TermMarks.None, (key, _) => seen.Add(key));
            foreach (var key in seen)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(texts, key, out _)++;
            }

            all++;
        }

        return TermRarity.Create(texts, all);
    }

    private static IEnumerable<string> Texts(string corpora) =>
        JsonLines.Read(Path.Combine(corpora, "hotline", "messages_open_unlabelled.jsonl"))
            .Where(row => row.GetProperty("issue").ValueKind == System.Text.Json.JsonValueKind.Null)
            .Select(row => $"{row.GetProperty("title").GetString()}\n{row.GetProperty("text").GetString()}")
            .Concat(JsonLines.Read(Path.Combine(corpora, "cluener", "train.jsonl")).Select(row => row.GetProperty("text").GetString()!));
}

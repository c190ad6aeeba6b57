using Jingwei.Text.Corpora;

namespace Jingwei.Text.Lexicons;

/// <summary>Reads the word lists that the lexicon is made of.</summary>
internal static class LexiconFiles
{
    private const double NatsOfListedPlace = 15;

    /// <summary>Words with part of speech and frequency (jieba), place names (THUOCL) and administrative names, from a folder of corpora.</summary>
    /// <param name="folder">Holds lexicon/jieba_small.jsonl, gazetteer/thuocl_placenames.jsonl and gazetteer/china_admin.jsonl.</param>
    internal static WordTable Read(string folder)
    {
        var words = ReadWords(folder);
        AddRegions(words, Path.Combine(folder, "gazetteer", "china_admin.jsonl"));
        return WordTable.Create(words);
    }

    /// <summary>The same without the administrative names.</summary>
    internal static Dictionary<string, WordEntry> ReadWords(string folder)
    {
        var words = new Dictionary<string, WordEntry>(200_000, StringComparer.Ordinal);
        AddWords(words, Path.Combine(folder, "lexicon", "jieba_small.jsonl"));
        AddPlaces(words, Path.Combine(folder, "gazetteer", "thuocl_placenames.jsonl"));
        return words;
    }

    private static void AddWords(Dictionary<string, WordEntry> words, string file)
    {
        var rows = JsonLines.Read(file).Select(row => (Word: row.GetProperty("w").GetString()!, Times: row.GetProperty("f").GetDouble(), Tag: row.GetProperty("pos").GetString()!)).ToArray();
        var all = rows.Sum(row => row.Times);
        foreach (var (word, times, tag) in rows)
        {
            words[word] = new WordEntry(PartOfSpeechTags.Parse(tag), false, 0, -Math.Log((times + 1) / all));
        }
    }

    private static void AddPlaces(Dictionary<string, WordEntry> words, string file)
    {
        foreach (var row in JsonLines.Read(file))
        {
            var word = row.GetProperty("w").GetString()!;
            words[word] = words.TryGetValue(word, out var known)
                ? new WordEntry((ushort)(known.Bits | new WordEntry(0, true, 0, 0).Bits & 0xFF))
                : new WordEntry(PartOfSpeech.PlaceName, true, 0, NatsOfListedPlace);
        }
    }

    private static void AddRegions(Dictionary<string, WordEntry> words, string file)
    {
        foreach (var row in JsonLines.Read(file))
        {
            var level = row.GetProperty("level").GetString() switch { "province" => 1, "city" => 2, _ => 3 };
            var name = row.GetProperty("name").GetString()!;
            if (RegionNames.IsPlaceholder(name))
            {
                continue;
            }

            // A town's short form is too often a plain word (和平, 解放).
            foreach (var form in row.GetProperty("level").GetString() == "town" ? [name] : RegionNames.Forms(name))
            {
                words[form] = words.TryGetValue(form, out var known)
                    ? known.RegionLevel == 0 ? new WordEntry((ushort)(known.Bits | (level << 6))) : known
                    : new WordEntry(PartOfSpeech.PlaceName, false, level, NatsOfListedPlace);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Jingwei.Text.Lexicons;
using Jingwei.Text.Likeness;

namespace Jingwei.Text.Routing;

/// <summary>Texts as vectors of length 1 over their terms: the rarer a term and the more often it stands there, the more it weighs. Safe to use from several threads.</summary>
internal sealed class TermVectors(WordTable lexicon, TermRarity rarity)
{
    /// <summary>Characters of a text that are looked at.</summary>
    internal const int MostCharacters = 4000;

    private const int TitleTimes = 2;

    private readonly ConcurrentBag<TermCollector> idle = [];

    /// <summary>The vector, ascending by key. Terms that were never counted are left out: nothing was learned of them.</summary>
    internal (uint Key, float Value)[] Of(string title, string text)
    {
        var times = new Dictionary<uint, int>();
        var collector = idle.TryTake(out var waiting) ? waiting : new TermCollector(lexicon);
        collector.Collect(Plain(title), TermMarks.None, (key, _) => CollectionsMarshal.GetValueRefOrAddDefault(times, key, out var _) += TitleTimes);
        collector.Collect(Plain(text), TermMarks.None, (key, _) => CollectionsMarshal.GetValueRefOrAddDefault(times, key, out var _) += 1);
        idle.Add(collector);
        var vector = times.Where(term => rarity.Of(term.Key) < rarity.Rarest)
            .Select(term => (term.Key, Value: (1 + MathF.Log(term.Value)) * rarity.Of(term.Key)))
            .OrderBy(term => term.Key)
            .ToArray();
        var length = MathF.Sqrt(vector.Sum(term => term.Value * term.Value));
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i].Value /= length;
        }

        return vector;
    }

    private static string Plain(string text) => PlainCharacters.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
}

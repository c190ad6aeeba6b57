using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Jingwei.Text.Fields;
using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Likeness;

/// <summary>Makes profiles of reports. Safe to use from several threads.</summary>
public sealed class ProfileReader
{
    /// <summary>Characters of a text that are looked at: what happened stands at the beginning.</summary>
    internal const int MostCharacters = 4000;

    private readonly PlaceReader places;
    private readonly TermRarity rarity;
    private readonly WordTable lexicon;

    // At most one for each thread that was ever at work at the same time.
    private readonly ConcurrentBag<TermCollector> idle = [];

    internal ProfileReader(WordTable lexicon, RegionTree regions, TermRarity rarity)
    {
        (this.lexicon, this.rarity) = (lexicon, rarity);
        places = new PlaceReader(regions);
    }

    /// <summary>Makes the profile of a report.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="title">Its title; empty where it has none.</param>
    /// <param name="reportTime">When it was made, as written; null where it is not known.</param>
    /// <param name="facts">What <see cref="ReportReader"/> read of it; with the region that its sender gave, where one did.</param>
    public ReportProfile Read(string text, string title, string? reportTime, ReportFacts facts)
    {
        var plain = PlainCharacters.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
        var plainTitle = PlainCharacters.Of(title.Length > MostCharacters ? title[..MostCharacters] : title);
        var terms = new Dictionary<uint, TermMarks>();
        var collector = idle.TryTake(out var waiting) ? waiting : new TermCollector(lexicon);
        collector.Collect(plainTitle, TermMarks.Title, Add);
        collector.Collect(plain, TermMarks.None, Add);
        idle.Add(collector);
        var mentions = new List<PlaceMention>();
        places.Collect(plainTitle, true, mentions);
        places.Collect(plain, false, mentions);
        var reported = ReportTime.Read(reportTime)?.DayNumber ?? 0;
        return new ReportProfile(Choose(terms), NumberTerms.Of(plainTitle, plain))
        {
            Day = facts.Date?.Value.DayNumber ?? reported,
            Reported = reported,
            Minute = ClockReader.Read(plain),
            Region = Chain(facts),
            Towns = [.. mentions.Where(mention => mention.IsTown).Select(Name).Distinct().Take(ReportProfile.MostTowns).Order()],
            Provinces = [.. mentions.Where(mention => !mention.IsTown).SelectMany(mention => mention.Meanings.Select(meaning => WordHash.Of(meaning.Province.Code))).Distinct().Order().Take(16)],
            Class = facts.Class,
            Kind = facts.Kind is { } kind ? WordHash.Of(kind.Value) : 0,
            Dead = facts.Dead?.Value ?? -1,
            Injured = facts.Injured?.Value ?? -1,
            Magnitude = (short)(facts.Magnitude is { } magnitude ? Math.Round(magnitude.Value * 100) : -1),
        };

        uint Name(PlaceMention mention) => WordHash.Of((mention.InTitle ? plainTitle : plain).AsSpan(mention.Start, mention.End - mention.Start));

        void Add(uint key, TermMarks marks) => CollectionsMarshal.GetValueRefOrAddDefault(terms, key, out _) |= marks;
    }

    // The rarest, those of names and of the title before others.
    private ProfileTerm[] Choose(Dictionary<uint, TermMarks> terms)
    {
        var all = terms.Select(term => new ProfileTerm(term.Key, rarity.Of(term.Key), term.Value)).ToArray();
        var chosen = all.OrderByDescending(term => term.Rarity + (term.InTitle ? 64 : 0)).ThenBy(term => term.Key).Take(ReportProfile.MostTerms);
        return [.. chosen.OrderBy(term => term.Key)];
    }

    private static RegionChain Chain(ReportFacts facts)
    {
        var code = facts.RegionCode ?? "";
        var province = code.Length >= 2 ? code[..2] : facts.Province?.Value ?? "";
        return new RegionChain(Hash(province), Hash(code.Length >= 4 ? code[..4] : ""), Hash(code.Length >= 6 ? code : ""));

        static uint Hash(string name) => name.Length == 0 ? 0 : WordHash.Of(name);
    }
}

using Jingwei.Text.Lexicons;
using Jingwei.Text.Sequences;

namespace Jingwei.Text.Fields;

/// <summary>Reads what a report of an incident states. Safe to use from several threads.</summary>
public sealed class ReportReader
{
    private static readonly string[] ProvinceRanks = ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];

    private readonly SequenceTagger tagger;
    private readonly PlaceReader places;

    internal ReportReader(SequenceTagger tagger, RegionTree regions)
    {
        this.tagger = tagger;
        places = new PlaceReader(regions);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="title">Its title; empty where it has none.</param>
    /// <param name="reportTime">When it was made, as written; relative times are counted from it. Null where it is not known.</param>
    /// <param name="isHere">Whether a region, by its code (2, 4 or 6 digits), is one of those that the reader looks after: what a name means elsewhere counts little. Null where it looks after all.</param>
    public ReportFacts Read(string text, string title = "", string? reportTime = null, Func<string, bool>? isHere = null)
    {
        var plain = PlainCharacters.Of(text);
        var plainTitle = PlainCharacters.Of(title);
        var anchor = DateAnchor.Of(reportTime, plainTitle, plain);
        var mentions = new List<PlaceMention>();
        places.Collect(plainTitle, true, mentions, isHere);
        places.Collect(plain, false, mentions, isHere);
        places.CollectSource(PlainCharacters.Of(reportTime ?? ""), mentions);
        var place = PlaceReader.Choose(mentions);
        var date = DateOf(plain, anchor) ?? (DateOf(plainTitle, anchor) is { } titled ? titled with { InTitle = true } : null);
        var kind = ClassReader.Read(plainTitle, plain);
        var counts = new List<HeadCount>();
        HeadCounts.Read(plainTitle, true, counts);
        HeadCounts.Read(plain, false, counts);
        var seismic = kind?.Value.Id == "seismic";
        var ill = kind?.Value.Class == IncidentClass.PublicHealth;
        var magnitude = seismic ? AmountReader.ReadMagnitude(plainTitle, true) ?? AmountReader.ReadMagnitude(plain, false) : null;
        var (dead, injured) = Casualties(plain, plainTitle, counts, ill);
        var missing = CasualtyReader.Choose(counts, HarmKind.Missing);
        var level = LevelRules.Suggest(
            kind?.Value.Class ?? IncidentClass.Unknown, kind?.Value.Id, dead is null && missing is null ? null : (dead?.Value ?? 0) + (missing?.Value ?? 0), injured?.Value, magnitude?.Value);
        var facts = new ReportFacts
        {
            Spans = tagger.Tag(text),
            Class = kind?.Value.Class ?? IncidentClass.Unknown,
            Kind = kind is null ? null : new Stated<string>(kind.Value.Id, kind.Start, kind.End, kind.Confidence, kind.InTitle),
            KindName = kind?.Value.Name,
            Date = date,
            Province = place is null ? null : new Stated<string>(ShortProvince(place.Province.Name), place.Start, place.End, place.Confidence, place.InTitle),
            City = place?.City?.Name,
            County = place?.County?.Name,
            RegionCode = CodeOf(place),
            Dead = dead,
            Injured = injured,
            Missing = missing,
            Trapped = CasualtyReader.Choose(counts, HarmKind.Trapped),
            Evacuated = CasualtyReader.Choose(counts, HarmKind.Evacuated),
            Magnitude = magnitude,
            Loss = AmountReader.ReadLoss(plain),
            Level = level,
            Lacking = [],
        };
        return facts with { Lacking = Lacking(facts, seismic) };
    }

    private static Stated<DateOnly>? DateOf(string plain, DateAnchor anchor)
    {
        var dates = new List<DateExpression>();
        DateReader.Read(plain, anchor, dates);
        return EventDate.Choose(plain, dates, anchor.Report);
    }

    private static (Stated<int>? Dead, Stated<int>? Injured) Casualties(string plain, string plainTitle, List<HeadCount> counts, bool ill)
    {
        var dead = CasualtyReader.Choose(counts, HarmKind.Dead)
            ?? CasualtyReader.ReadSingle(plainTitle, HarmKind.Dead, true) ?? CasualtyReader.ReadSingle(plain, HarmKind.Dead, false);
        var injured = ill
            ? CasualtyReader.Choose(counts, HarmKind.Ill) ?? CasualtyReader.Choose(counts, HarmKind.Injured)
            : CasualtyReader.Choose(counts, HarmKind.Injured) ?? CasualtyReader.ReadSingle(plainTitle, HarmKind.Injured, true)
                ?? (dead is null ? CasualtyReader.ReadHurtTrapped(plain, counts) ?? CasualtyReader.ReadSingle(plain, HarmKind.Injured, false) : null);
        var nobody = CasualtyReader.ReadNobody(plainTitle, true) ?? CasualtyReader.ReadNobody(plain, false);
        return nobody is null ? (dead, injured) : (dead ?? nobody, injured ?? nobody);
    }

    private static List<string> Lacking(ReportFacts facts, bool seismic)
    {
        var lacking = new List<string>();
        AddIf(facts.Date is null, "date");
        AddIf(facts.Province is null, "province");
        AddIf(facts.Dead is null, "dead");
        AddIf(facts.Injured is null, "injured");
        AddIf(seismic && facts.Magnitude is null, "magnitude");
        return lacking;

        void AddIf(bool absent, string name)
        {
            if (absent)
            {
                lacking.Add(name);
            }
        }
    }

    private static string? CodeOf(Place? place)
    {
        var deepest = place?.County ?? place?.City ?? place?.Province;
        return deepest is not null && char.IsAsciiDigit(deepest.Code[0]) ? deepest.Code : null;
    }

    private static string ShortProvince(string name)
    {
        foreach (var rank in ProvinceRanks)
        {
            if (name.Length > rank.Length + 1 && name.EndsWith(rank, StringComparison.Ordinal))
            {
                return name[..^rank.Length];
            }
        }

        return name;
    }
}

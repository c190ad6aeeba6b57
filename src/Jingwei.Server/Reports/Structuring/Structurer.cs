using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Telemetry;
using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports.Structuring;

/// <summary>Reads reports: what they state, and which region they are about. Safe to use from several threads.</summary>
internal sealed class Structurer(ModelFolder models, Lazy<ProfileReader> profiles, Parties parties, Regions regions, RegionOutlines outlines)
{
    // Codes of provinces, cities and counties have 2, 4 and 6 digits; many trees of regions write all of them with 6.
    private const int CodeLength = 6;

    private readonly Lazy<ReportReader> reader = new(models.OpenReports);

    /// <summary>Reads the models now rather than with the first report.</summary>
    public void Warm() => _ = reader.Value.Read("");

    /// <summary>What a report's text states, by the clock of its party.</summary>
    public ReportFacts Read(ReportRow report) => reader.Value.Read(Words(report), report.Title, TimeOf(report), regions.Any ? code => Known(code) is not null : null);

    /// <summary>What likeness knows a report by: its text, and the region that it is about.</summary>
    /// <param name="region">As <see cref="Structure"/> has it: the one that was said, the position's or the text's.</param>
    public ReportProfile Profile(ReportRow report, ReportFacts facts, string? region) =>
        profiles.Value.Read(Words(report), report.Title, TimeOf(report), facts with { RegionCode = CodeOf(region) ?? facts.RegionCode });

    /// <summary>The region that some words name; null where they name none that is known here.</summary>
    public string? RegionIn(string words) => RegionOf(reader.Value.Read(words).RegionCode);

    /// <summary>The facts of a report as they are kept and shown.</summary>
    public ReportStructure Structure(ReportRow report, ReportFacts facts)
    {
        var stated = new List<StatedFact>();
        if (FactsJson.ClassName(facts.Class) is { } name)
        {
            stated.Add(new("class", null, Named(name), facts.Kind?.Start, facts.Kind?.End, facts.Kind?.InTitle ?? false, facts.Kind?.Confidence ?? 0));
        }

        AddText(stated, "kind", facts.Kind, Named);
        AddText(stated, "date", facts.Date, value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        AddText(stated, "place", facts.Province, _ => PlaceOf(facts));
        if (RegionOf(report, facts) is { } region)
        {
            stated.Add(new("region", null, region, null, null, false, 1));
        }

        AddNumber(stated, "dead", facts.Dead, value => value);
        AddNumber(stated, "injured", facts.Injured, value => value);
        AddNumber(stated, "missing", facts.Missing, value => value);
        AddNumber(stated, "trapped", facts.Trapped, value => value);
        AddNumber(stated, "evacuated", facts.Evacuated, value => value);
        AddNumber(stated, "magnitude", facts.Magnitude, value => value);
        AddNumber(stated, "loss", facts.Loss, value => value);
        var level = facts.Level is { } suggested ? new SuggestedLevel(suggested.Level, new(suggested.Rule, suggested.RuleEn), suggested.Source) : null;
        if (level is not null)
        {
            stated.Add(new("level", level.Level, null, null, null, false, 1));
        }

        return new(stated, InText(report, facts), level, [.. facts.Lacking.Where(lacking => lacking != "province" || report.Lon is null)]);
    }

    private static string Words(ReportRow report) => Words(report.Text.Length > ReportLimits.Read ? report.Text[..ReportLimits.Read] : report.Text, report.Place);

    /// <summary>A text with the place where that was said apart.</summary>
    internal static string Words(string text, string? place) => string.IsNullOrWhiteSpace(place) ? text : $"{text}。地点：{place}";

    private string TimeOf(ReportRow report) =>
        TimeZoneInfo.ConvertTime(Instant.ToTime(report.ReportedAt), parties.ZoneOf(report.Party)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // Regions of another list than the nation's say nothing beside what texts name.
    internal static string? CodeOf(string? region)
    {
        if (region is not { Length: CodeLength } code || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        while (code.EndsWith("00", StringComparison.Ordinal))
        {
            code = code[..^2];
        }

        return code;
    }

    // As packs write values.
    private static string Named(string id) => id.Replace('-', '_');

    // What was read of the place that was said apart does not stand in the text.
    private static List<Text.TextSpan> InText(ReportRow report, ReportFacts facts) => [.. facts.Spans.Where(span => span.End <= report.Text.Length)];

    private static string PlaceOf(ReportFacts facts) =>
        string.Join(' ', new[] { facts.Province?.Value, facts.City, facts.County }.Where(part => part is not null).Distinct(StringComparer.Ordinal));

    // A region that was said, then the position's, then the text's.
    private string? RegionOf(ReportRow report, ReportFacts facts)
    {
        if (report.Region is { } said)
        {
            return said;
        }

        if (LonLat.Of(report.Lon, report.Lat) is { } position && outlines.Smallest(position) is { } smallest)
        {
            return smallest.Id;
        }

        return RegionOf(facts.RegionCode);
    }

    private string? RegionOf(string? named)
    {
        for (var code = named; code is { Length: >= 2 }; code = code[..^2])
        {
            if (Known(code) is { } known)
            {
                return known.Id;
            }
        }

        return null;
    }

    private Access.Region? Known(string code) => regions.Find(code) ?? regions.Find(code.PadRight(CodeLength, '0'));

    private static void AddText<T>(List<StatedFact> stated, string name, Stated<T>? read, Func<T, string> text)
    {
        if (read is not null)
        {
            stated.Add(new(name, null, text(read.Value), read.Start, read.End, read.InTitle, read.Confidence));
        }
    }

    private static void AddNumber<T>(List<StatedFact> stated, string name, Stated<T>? read, Func<T, double> number)
    {
        if (read is not null)
        {
            stated.Add(new(name, number(read.Value), null, read.Start, read.End, read.InTitle, read.Confidence));
        }
    }
}

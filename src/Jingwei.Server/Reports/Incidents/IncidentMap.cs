using System.Numerics;
using Jingwei.Server.Access;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Warnings;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>A region's colour, and what made it.</summary>
/// <param name="When">The expression that held; null for green, which is what is left.</param>
public sealed record MapRegion(string Region, string Name, string Kind, Band Band, RegionFigures Figures, string? When);

/// <summary>An incident as it stood at a moment.</summary>
/// <param name="Open">It is open to this day.</param>
public sealed record PastIncident(string Id, string Title, Band Severity, double Risk, string Region, string RegionName, LonLat? Position, bool Open);

/// <summary>The colours of regions over some time.</summary>
/// <param name="Regions">For each region a string of one character a step: 0 (red) to 4 (green).</param>
public sealed record MapHistory(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, int Steps, IReadOnlyDictionary<string, string> Regions);

/// <summary>What a map is asked for.</summary>
/// <param name="Within">The region whose parts are coloured.</param>
/// <param name="Kind">What kind of parts: city, county or another.</param>
internal sealed record MapQuestion(IncidentFormulas Formulas, string Within, string Kind, bool Exercise, long From, long Step, int Steps);

/// <summary>Colours regions by the incidents, warnings and indicators of a moment, or of every step of some weeks.</summary>
internal sealed class IncidentMap(
    IncidentBook book, WarningBook warnings, Regions regions, Parties parties, LiveIndicators indicators, IndicatorHistory indicatorHistory, PackCatalog packs)
{
    /// <summary>Steps of a history at most: a month of hours.</summary>
    public const int MostSteps = 31 * 24;

    /// <summary>Regions of one map at most: a province has some 100 counties.</summary>
    public const int MostRegions = 500;

    // More than pins on a map are told apart.
    private const int MostStanding = 1000;

    private const int Severities = 4;

    /// <summary>The regions of a kind within one, itself included where it is of the kind.</summary>
    public IReadOnlyList<Region> Parts(string within, string kind) =>
        [.. regions.All.Where(region => region.Kind == kind && regions.PathOf(region.Id).Covers(within)).OrderBy(region => region.Id, StringComparer.Ordinal).Take(MostRegions)];

    /// <summary>Each region's colour at a moment, which is the question's first step, and why.</summary>
    public IReadOnlyList<MapRegion> At(Caller caller, MapQuestion question)
    {
        var parts = Parts(question.Within, question.Kind);
        var figures = Figures(caller, question with { Steps = 1 }, parts);
        return
        [
            .. parts.Select((part, place) =>
            {
                var band = question.Formulas.BandOf(figures[place][0]);
                return new MapRegion(part.Id, part.Name, part.Kind, band, figures[place][0], question.Formulas.Type.Map.FirstOrDefault(each => each.Band == band)?.When);
            }),
        ];
    }

    /// <summary>The incidents that were open at a moment, which is the question's first step, within its region.</summary>
    public IReadOnlyList<PastIncident> Standing(Caller caller, MapQuestion question)
    {
        var spans = book.Look(past => past.At(question.From)).Where(span => span.Exercise == question.Exercise && span.Type == question.Formulas.Type.Id);
        var seen = new Dictionary<(string Party, string Region), bool>();
        return
        [
            .. spans.Where(Sees).OrderBy(span => span.Severity).ThenByDescending(span => span.Risk).Select(span => (Span: span, Incident: book.Find(span.Incident)))
                .Where(each => each.Incident is not null).Take(MostStanding)
                .Select(each => new PastIncident(
                    each.Incident!.Case, each.Incident.Title, each.Span.Severity, Math.Round(each.Span.Risk, 1), each.Span.Region, regions.Find(each.Span.Region)?.Name ?? each.Span.Region,
                    each.Incident.Position, each.Incident.IsOpen)),
        ];

        bool Sees(IncidentSpan span)
        {
            if (!seen.TryGetValue((span.Party, span.Region), out var sees))
            {
                var path = regions.PathOf(span.Region);
                seen[(span.Party, span.Region)] = sees = path.Covers(question.Within) && caller.May(Right.View, new(parties.PathOf(span.Party), path));
            }

            return sees;
        }
    }

    /// <summary>Each region's colour at every step.</summary>
    public IReadOnlyDictionary<string, string> History(Caller caller, MapQuestion question)
    {
        var parts = Parts(question.Within, question.Kind);
        var figures = Figures(caller, question, parts);
        var bands = new Dictionary<RegionFigures, char>();
        return parts.Select((part, place) => (part.Id, Colours: string.Create(question.Steps, figures[place], (colours, mine) =>
        {
            for (var step = 0; step < colours.Length; step++)
            {
                if (!bands.TryGetValue(mine[step], out var band))
                {
                    bands[mine[step]] = band = (char)('0' + (int)question.Formulas.BandOf(mine[step]));
                }

                colours[step] = band;
            }
        }))).ToDictionary(each => each.Id, each => each.Colours, StringComparer.Ordinal);
    }

    private RegionFigures[][] Figures(Caller caller, MapQuestion question, IReadOnlyList<Region> parts)
    {
        var place = parts.Select((part, index) => (part.Id, index)).ToDictionary(each => each.Id, each => each.index, StringComparer.Ordinal);
        var changes = Rows<int>(place.Count, Severities * (question.Steps + 1));
        var risks = Rows<byte>(place.Count, question.Steps);
        Spans(caller, question, place, changes, risks);
        var warned = Warned(question, parts);
        var banded = Indicators(caller, question, place);
        return [.. parts.Select((_, part) => Sums(changes[part], risks[part], warned[part], banded[part]))];
    }

    /// <param name="changes">For each part and step how many more, or fewer, are open than at the step before, by severity: a span is two changes, however long it lasts.</param>
    /// <param name="risks">For each part and step the greatest risk, by the point.</param>
    private void Spans(Caller caller, MapQuestion question, Dictionary<string, int> place, int[][] changes, byte[][] risks)
    {
        var parts = new Dictionary<(string Party, string Region), int>();
        book.Look(past =>
        {
            foreach (ref readonly var span in past.All)
            {
                if (span.Exercise != question.Exercise || span.Type != question.Formulas.Type.Id || Steps(question, span.From, span.To) is not { } steps)
                {
                    continue;
                }

                if (!parts.TryGetValue((span.Party, span.Region), out var part))
                {
                    parts[(span.Party, span.Region)] = part = PartOf(caller, span.Party, span.Region, place);
                }

                if (part >= 0)
                {
                    changes[part][(steps.First * Severities) + (int)span.Severity]++;
                    changes[part][(steps.End * Severities) + (int)span.Severity]--;
                    Raise(risks[part].AsSpan(steps.First..steps.End), (byte)span.Risk);
                }
            }

            return true;
        });
    }

    private static T[][] Rows<T>(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new T[length])];

    // Whatever is less becomes that. A month of a hundred thousand incidents comes by here: thirty steps at once.
    private static void Raise(Span<byte> row, byte least)
    {
        var leasts = new Vector<byte>(least);
        for (; row.Length >= Vector<byte>.Count; row = row[Vector<byte>.Count..])
        {
            Vector.Max(new Vector<byte>(row), leasts).CopyTo(row);
        }

        foreach (ref var each in row)
        {
            each = Math.Max(each, least);
        }
    }

    // The steps whose moments lie in [from, to); null for none.
    private static (int First, int End)? Steps(MapQuestion question, long from, long to)
    {
        var first = from <= question.From ? 0 : (from - question.From + question.Step - 1) / question.Step;
        var end = to == long.MaxValue ? question.Steps : Math.Min(question.Steps, (to - question.From + question.Step - 1) / question.Step);
        return first < end ? ((int)first, (int)end) : null;
    }

    private int PartOf(Caller caller, string party, string region, Dictionary<string, int> place)
    {
        var path = regions.PathOf(region);
        if (!caller.May(Right.View, new(parties.PathOf(party), path)))
        {
            return -1;
        }

        for (var next = regions.Find(region); next is not null; next = next.Parent is null ? null : regions.Find(next.Parent))
        {
            if (place.TryGetValue(next.Id, out var part))
            {
                return part;
            }
        }

        return -1;
    }

    // A warning is in force for what lies in its regions, and shows on what they lie in.
    private byte[][] Warned(MapQuestion question, IReadOnlyList<Region> parts)
    {
        var warned = Rows<byte>(parts.Count, question.Steps);
        foreach (var warning in warnings.All.Where(each => each.Exercise == question.Exercise))
        {
            if (Steps(question, warning.From, warning.To) is not { } steps)
            {
                continue;
            }

            for (var part = 0; part < parts.Count; part++)
            {
                var id = parts[part].Id;
                if (warnings.Covers(warning, id) || warning.Regions.Any(region => regions.PathOf(region).Covers(id)))
                {
                    Raise(warned[part].AsSpan(steps.First..steps.End), (byte)WarningBook.Degree(warning.Band));
                }
            }
        }

        return warned;
    }

    // The worst band that any indicator of the region had in the window that a step lies in.
    private byte[][] Indicators(Caller caller, MapQuestion question, Dictionary<string, int> place)
    {
        var banded = Rows<byte>(place.Count, question.Steps);
        var of = packs.Current.Indicators.Where(each => each.OfRegions).Select(each => each.Id).ToList();
        var end = question.From + (question.Step * question.Steps);
        foreach (var (region, part) in place)
        {
            if (of.Count == 0 || !caller.May(Right.View, new(parties.PathOf(Parties.Root), regions.PathOf(region))))
            {
                continue;
            }

            var subject = PlaceSubject.Region + region;
            foreach (var value in of.SelectMany(each => indicatorHistory.Of(each, subject, question.From, end).Append(indicators.Find(each, subject))).OfType<IndicatorValue>())
            {
                if (value.Outcome.Band is { } band && Steps(question, value.Window.From, value.Window.To) is { } steps)
                {
                    Raise(banded[part].AsSpan(steps.First..steps.End), (byte)WarningBook.Degree(band));
                }
            }
        }

        return banded;
    }

    private static RegionFigures[] Sums(int[] changes, byte[] risks, byte[] warned, byte[] banded)
    {
        var figures = new RegionFigures[risks.Length];
        Span<int> open = stackalloc int[Severities];
        for (var step = 0; step < figures.Length; step++)
        {
            for (var severity = 0; severity < Severities; severity++)
            {
                open[severity] += changes[(step * Severities) + severity];
            }

            figures[step] = new(open[0], open[1], open[2], open[3], risks[step], warned[step], banded[step]);
        }

        return figures;
    }
}

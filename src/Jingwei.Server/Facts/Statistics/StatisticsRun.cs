using System.Globalization;
using Jingwei.Identifiers.Epcis.Vocabulary;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Statistics;

/// <summary>Makes figures out of what is counted. Cells with too few objects count in none.</summary>
internal static class StatisticsRun
{
    private const double MicrosecondsOfDay = 86_400e6;

    // What is on its way for longer is lost, or was received by somebody who does not say so.
    private const long LongestLeadTime = 92 * (long)MicrosecondsOfDay;

    public static readonly string Inspecting = Cbv.BizStep.ToUri("inspecting");
    public static readonly string Shipping = Cbv.BizStep.ToUri("shipping");
    public static readonly string Receiving = Cbv.BizStep.ToUri("receiving");

    private static readonly string Conformant = Cbv.Disposition.ToUri("conformant");
    private static readonly string NonConformant = Cbv.Disposition.ToUri("non_conformant");

    /// <summary>The steps whose events a measure needs; none: all.</summary>
    public static IReadOnlyList<string> StepsOf(StatisticsMeasure measure) => measure switch
    {
        StatisticsMeasure.Yield => [Inspecting],
        StatisticsMeasure.LeadTime => [Shipping, Receiving],
        _ => [],
    };

    /// <summary>Until when the events of a measure are needed, for what began before a time.</summary>
    /// <param name="until">Microseconds since 1970.</param>
    public static long NeededUntil(StatisticsMeasure measure, long until) => measure == StatisticsMeasure.LeadTime ? until + LongestLeadTime : until;

    /// <param name="counted">In the order of time.</param>
    /// <param name="until">What began at that time or later counts in no figure.</param>
    /// <param name="nameOf">The name of a party.</param>
    public static SharedStatistics Of(StatisticsMeasure measure, StatisticsGrouping by, IReadOnlyList<Counted> counted, long until, Func<string, string> nameOf)
    {
        var cells = measure switch
        {
            StatisticsMeasure.Yield => Yields(counted),
            StatisticsMeasure.LeadTime => LeadTimes(counted, until),
            _ => Events(counted),
        };
        var kept = cells.Where(cell => cell.Value.Objects.Count >= FactLimits.StatisticsGroup).ToList();
        var groups = kept.GroupBy(cell => cell.Key.KeyOf(by), StringComparer.Ordinal)
            .Select(group => new StatisticsGroup(
                group.Key,
                by == StatisticsGrouping.Party ? nameOf(group.Key) : group.Key,
                group.Sum(cell => cell.Value.Objects.Count),
                Value(measure, [.. group.SelectMany(cell => cell.Value.Values)])))
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        return new(measure, by, FactLimits.StatisticsGroup, [.. groups], cells.Count - kept.Count);
    }

    private static double Value(StatisticsMeasure measure, List<double> values)
    {
        if (measure == StatisticsMeasure.LeadTime)
        {
            values.Sort();
            return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
        }

        return measure == StatisticsMeasure.Yield ? values.Average() : values.Sum();
    }

    // An event counts once, with all its objects of the product for which it does.
    private static Dictionary<StatisticsCell, StatisticsTally> Events(IReadOnlyList<Counted> counted)
    {
        var (cells, told) = (new Dictionary<StatisticsCell, StatisticsTally>(), new HashSet<ulong>());
        foreach (var each in counted.Where(each => each.IsMain))
        {
            TallyOf(cells, CellOf(each)).Add(each.Object, told.Add(each.Sequence) ? 1 : 0);
        }

        return cells;
    }

    private static Dictionary<StatisticsCell, StatisticsTally> Yields(IReadOnlyList<Counted> counted)
    {
        var (cells, inspected) = (new Dictionary<StatisticsCell, StatisticsTally>(), new HashSet<(StatisticsCell, string)>());
        foreach (var each in counted.Where(each => each.Disposition == Conformant || each.Disposition == NonConformant))
        {
            // What passes after rework did not pass at first. A cell is the same whatever other months are asked for with it: else the difference
            // of two answers would be single objects.
            var cell = CellOf(each);
            if (inspected.Add((cell, each.Object)))
            {
                TallyOf(cells, cell).Add(each.Object, each.Disposition == Conformant ? 1 : 0);
            }
        }

        return cells;
    }

    // A cell is what was shipped in its month; what was received later is looked at for as long as it counts, whatever months are asked for.
    private static Dictionary<StatisticsCell, StatisticsTally> LeadTimes(IReadOnlyList<Counted> counted, long until)
    {
        var (cells, shipped) = (new Dictionary<StatisticsCell, StatisticsTally>(), new Dictionary<string, Counted>(StringComparer.Ordinal));
        foreach (var each in counted)
        {
            if (each.BizStep == Shipping)
            {
                shipped[each.Object] = each;
            }
            else if (shipped.TryGetValue(each.Object, out var sent) && sent.Party != each.Party)
            {
                shipped.Remove(each.Object);
                if (sent.Time < until && each.Time - sent.Time <= LongestLeadTime)
                {
                    TallyOf(cells, CellOf(sent)).Add(each.Object, (each.Time - sent.Time) / MicrosecondsOfDay);
                }
            }
        }

        return cells;
    }

    private static StatisticsCell CellOf(Counted each) =>
        new(each.Party, each.Product, FactTime.ToTime(each.Time).ToString("yyyy-MM", CultureInfo.InvariantCulture), each.BizStep);

    private static StatisticsTally TallyOf(Dictionary<StatisticsCell, StatisticsTally> cells, StatisticsCell cell) =>
        cells.TryGetValue(cell, out var tally) ? tally : cells[cell] = new();
}

namespace Jingwei.Server.Facts.Statistics;

/// <summary>What is figured out.</summary>
public enum StatisticsMeasure
{
    /// <summary>How many events there were.</summary>
    Events,

    /// <summary>Which part of the objects was conformant when it was first inspected, 0 to 1 (ISO 22400-2, first pass yield).</summary>
    Yield,

    /// <summary>Median days from shipping to receiving.</summary>
    LeadTime,
}

/// <summary>What figures are told by.</summary>
public enum StatisticsGrouping
{
    Party,
    Product,
    Month,
    BizStep,
}

/// <summary>A figure.</summary>
/// <param name="Key">Id of the party, product class, month as `2026-11`, or address of the step.</param>
/// <param name="Name">The party's; the key of others.</param>
/// <param name="Objects">Objects that it is of; one that counts in several months, steps or products counts in each.</param>
public sealed record StatisticsGroup(string Key, string Name, int Objects, double Value);

/// <summary>Figures over all parties that agreed to be counted.</summary>
/// <param name="Minimum">Fewest objects of a party, product class, month and step together that count.</param>
/// <param name="Refused">How many such cells had fewer, and count nowhere.</param>
public sealed record SharedStatistics(StatisticsMeasure Measure, StatisticsGrouping By, int Minimum, IReadOnlyList<StatisticsGroup> Groups, int Refused);

/// <summary>Where something counts: the smallest unit that figures are made of.</summary>
internal readonly record struct StatisticsCell(string Party, string Product, string Month, string BizStep)
{
    public string KeyOf(StatisticsGrouping by) => by switch
    {
        StatisticsGrouping.Party => Party,
        StatisticsGrouping.Product => Product,
        StatisticsGrouping.Month => Month,
        _ => BizStep,
    };
}

/// <summary>What is counted of a cell: its objects, and a value for each thing that counts.</summary>
internal sealed class StatisticsTally
{
    public HashSet<string> Objects { get; } = new(StringComparer.Ordinal);

    public List<double> Values { get; } = [];

    public void Add(string name, double value)
    {
        Objects.Add(name);
        Values.Add(value);
    }
}

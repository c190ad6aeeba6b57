using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>A fact of an incident, as one of its reports states it.</summary>
/// <param name="Report">The report.</param>
/// <param name="At">When that report was made, microseconds since 1970.</param>
/// <param name="By">Who corrected it; null for what was read.</param>
public sealed record Statement(string Fact, double? Number, string? Text, long Report, string SourceKind, bool Official, long At, string? By)
{
    /// <summary>Whether it comes before another one: what a person said, then the newest of an official source, then the newest.</summary>
    public bool Precedes(Statement other) =>
        (By is not null, Official, At, Report).CompareTo((other.By is not null, other.Official, other.At, other.Report)) > 0;
}

/// <summary>That a report came.</summary>
/// <param name="At">When it was made, microseconds since 1970.</param>
/// <param name="Weight">What it counts in the heat.</param>
/// <param name="Source">Stands for who made it.</param>
/// <param name="Region">The region that it names.</param>
public readonly record struct ReportMoment(long At, float Weight, int Source, bool Official, string? Region)
{
    /// <summary>What stands for a source, as long as this process runs.</summary>
    public static int KeyOf(string kind, string name) => HashCode.Combine(kind, name);
}

/// <summary>What a part gives to a risk.</summary>
/// <param name="Value">0 to 1; null where the expression has no value.</param>
public sealed record RiskContribution(string Part, double Weight, double? Value)
{
    public double Points => Weight * (Value ?? 0);
}

/// <summary>What several reports are about, and one case handles. Immutable.</summary>
/// <param name="Id">The sequence number of the report that began it.</param>
/// <param name="Case">The number of its case.</param>
/// <param name="First">When the first report was made, microseconds since 1970.</param>
/// <param name="Last">When the last one was made.</param>
/// <param name="Facts">The statement that goes for each fact.</param>
/// <param name="Risk">0 to 100.</param>
/// <param name="Closed">When its case was closed; null while it is open.</param>
/// <param name="Merged">The incident that it became a part of.</param>
public sealed record Incident(
    long Id, string Case, string Type, string Party, string Region, bool Exercise, string Title, LonLat? Position, long First, long Last, int Reports,
    ImmutableSortedDictionary<string, Statement> Facts, double Risk, ImmutableArray<RiskContribution> Parts, Band Severity, long? Closed, long? Merged)
{
    /// <summary>Its reports, newest first; at most <see cref="ReportLimits.Moments"/>.</summary>
    public ImmutableArray<ReportMoment> Moments { get; init; } = [];

    /// <summary>A person set its severity, which the formula leaves alone from then on.</summary>
    public bool SeverityByHand { get; init; }

    public bool IsOpen => Closed is null && Merged is null;

    public double Number(string fact) => Facts.GetValueOrDefault(fact)?.Number ?? 0;

    public string Text(string fact) => Facts.GetValueOrDefault(fact)?.Text ?? "";

    /// <summary>With one more report.</summary>
    public Incident Joined(ReportMoment moment, IEnumerable<Statement> stated) => this with
    {
        First = Math.Min(First, moment.At),
        Last = Math.Max(Last, moment.At),
        Reports = Reports + 1,
        Moments = [.. Moments.Add(moment).OrderByDescending(each => each.At).Take(ReportLimits.Moments)],
        Facts = stated.Aggregate(Facts, static (facts, each) => facts.TryGetValue(each.Fact, out var before) && !each.Precedes(before) ? facts : facts.SetItem(each.Fact, each)),
    };
}

using System.Globalization;

namespace Jingwei.Tests;

/// <summary>How well reports are joined, by pairs of them: each has its story, which is the truth, and the incident that it was made a part of.</summary>
/// <param name="Right">Pairs of one story and one incident.</param>
/// <param name="Joined">Pairs of two stories in one incident.</param>
/// <param name="Split">Pairs of one story in two incidents.</param>
internal sealed record PairFigures(int Reports, int Stories, int Incidents, int Right, int Joined, int Split)
{
    public double Precision => (double)Right / (Right + Joined);

    public double Recall => (double)Right / (Right + Split);

    public static PairFigures Of(IReadOnlyList<(string Story, string Incident)> reports)
    {
        var (right, joined, split) = (0, 0, 0);
        for (var one = 0; one < reports.Count; one++)
        {
            for (var other = one + 1; other < reports.Count; other++)
            {
                var (same, together) = (reports[one].Story == reports[other].Story, reports[one].Incident == reports[other].Incident);
                right += same && together ? 1 : 0;
                joined += !same && together ? 1 : 0;
                split += same && !together ? 1 : 0;
            }
        }

        return new(reports.Count, reports.DistinctBy(each => each.Story).Count(), reports.DistinctBy(each => each.Incident).Count(), right, joined, split);
    }

    /// <summary>The largest part of a story's reports that is in one incident: the incident, and its share of them.</summary>
    public static (string Incident, double Share) Largest(IReadOnlyList<(string Story, string Incident)> reports, string story)
    {
        var mine = reports.Where(each => each.Story == story).GroupBy(each => each.Incident).ToList();
        var main = mine.MaxBy(group => group.Count())!;
        return (main.Key, (double)main.Count() / mine.Sum(group => group.Count()));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Reports} reports of {Stories} stories in {Incidents} incidents: pair precision {Precision:F3}, recall {Recall:F3} ({Right} right, {Joined} wrongly joined, {Split} split)");
}

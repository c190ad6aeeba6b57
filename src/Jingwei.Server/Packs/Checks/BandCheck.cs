using System.Collections.Immutable;
using Jingwei.Server.Packs.Building;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks that each band of an indicator can be reached: bands are tried in the order of the file.</summary>
internal static class BandCheck
{
    public static void Check(ImmutableArray<Entry> bands, ProblemList problems)
    {
        var earlier = new List<(string Comparison, double Limit)>();
        foreach (var band in bands)
        {
            if (band.Value is not ScalarNode { Kind: ScalarKind.Text } node || !node.Text.Contains(' ', StringComparison.Ordinal)
                || !TryParse(node.Text, out var limit))
            {
                continue;
            }

            if (Probes(limit, earlier).All(value => earlier.Any(other => Holds(other, value))))
            {
                problems.Add(node, $"no value is left for {band.Id}: the bands before it take all of {node.Text}", "a limit beyond theirs");
            }

            earlier.Add(limit);
        }
    }

    private static bool TryParse(string text, out (string Comparison, double Limit) limit)
    {
        try
        {
            limit = BandText.Parse(text);
            return limit.Comparison is ">=" or ">" or "<=" or "<";
        }
        catch (FormatException)
        {
            limit = default;
            return false;
        }
    }

    // Half-lines only change at their limits, so values at, just beside and between all limits stand for all values.
    private static IEnumerable<double> Probes((string Comparison, double Limit) band, List<(string Comparison, double Limit)> earlier) =>
        earlier.Append(band)
            .SelectMany(each => new[] { double.BitDecrement(each.Limit), each.Limit, double.BitIncrement(each.Limit) })
            .Where(value => Holds(band, value));

    private static bool Holds((string Comparison, double Limit) band, double value) => band.Comparison switch
    {
        ">=" => value >= band.Limit,
        ">" => value > band.Limit,
        "<=" => value <= band.Limit,
        _ => value < band.Limit,
    };
}

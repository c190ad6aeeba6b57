using System.Collections.Immutable;

namespace Jingwei.Server.Indicators.Control;

/// <summary>
/// The tests for instability of the Statistical Quality Control Handbook (Western Electric, 1956): 1. a point beyond three standard errors;
/// 2. two of three in a row beyond two, on the same side; 3. four of five beyond one, on the same side; 4. eight in a row on the same side.
/// The point that completes the pattern is the one that breaks the rule.
/// </summary>
public static class WesternElectric
{
    private static readonly (int Rule, int Of, int Needed, double Beyond)[] Tests = [(1, 1, 1, 3), (2, 3, 2, 2), (3, 5, 4, 1), (4, 8, 8, 0)];

    /// <summary>The rules that each point breaks.</summary>
    /// <param name="distances">From the centre, in standard errors.</param>
    public static ImmutableArray<ImmutableArray<int>> Rules(IReadOnlyList<double> distances) =>
    [
        .. Enumerable.Range(0, distances.Count).Select(index => Tests
            .Where(test => Breaks(distances, index, test.Of, test.Needed, test.Beyond))
            .Select(test => test.Rule)
            .ToImmutableArray()),
    ];

    private static bool Breaks(IReadOnlyList<double> distances, int index, int of, int needed, double beyond)
    {
        var side = Math.Sign(distances[index]);
        if (side == 0 || distances[index] * side <= beyond)
        {
            return false;
        }

        var there = 0;
        for (var back = index; back >= 0 && back > index - of; back--)
        {
            there += distances[back] * side > beyond ? 1 : 0;
        }

        return there >= needed;
    }
}

/// <summary>
/// How well a stable process fits between its specification limits (ISO 22514-2): the width between them over six standard deviations, and
/// the distance of the mean from the nearer one over three.
/// </summary>
/// <param name="Cp">Null unless there are two limits.</param>
public sealed record Capability(double? Cp, double Cpk, double? Lower, double? Upper)
{
    /// <summary>Null without a limit or where nothing varies.</summary>
    public static Capability? Of(double mean, double? deviation, double? lower, double? upper)
    {
        if (deviation is not > 0 || (lower is null && upper is null))
        {
            return null;
        }

        var sides = new[] { (upper - mean) / (3 * deviation), (mean - lower) / (3 * deviation) };
        return new Capability((upper - lower) / (6 * deviation), sides.Min()!.Value, lower, upper);
    }
}

using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Desks;

/// <summary>How long the simulated officers take, minutes of the day: graver ones are quicker, and some are late.</summary>
internal static class Pace
{
    // One in so many is late, and its deadline is missed.
    private const int Late = 8;
    private const double LateTimes = 3;

    // Least and most for red, orange, yellow, blue.
    private static readonly Dictionary<string, (double Least, double Most)[]> Minutes = new()
    {
        ["reported"] = [(1, 4), (2, 6), (4, 12), (8, 30)],
        ["verified"] = [(1, 4), (2, 6), (4, 14), (8, 30)],
        ["dispatched"] = [(6, 14), (8, 18), (10, 30), (15, 60)],
        ["on_scene"] = [(300, 480), (180, 360), (50, 150), (20, 90)],
        ["controlled"] = [(240, 480), (180, 360), (60, 240), (30, 150)],
        ["recovered"] = [(1000, 1600), (900, 1400), (600, 1200), (300, 900)],
    };

    private static readonly string[] Severities = ["red", "orange", "yellow", "blue"];

    /// <summary>How long an incident stays in a state; null for one that nobody moves on from.</summary>
    /// <param name="incident">Its number: the same takes the same time again.</param>
    public static double? Of(string incident, string state, string severity)
    {
        if (!Minutes.TryGetValue(state, out var each) || Array.IndexOf(Severities, severity) is not (>= 0 and var place))
        {
            return null;
        }

        // Not string.GetHashCode, which differs from run to run.
        var random = new Random($"{incident}/{state}".Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter)));
        var (least, most) = each[place];
        return (least + (random.NextDouble() * (most - least))) * (random.Next(Late) == 0 ? LateTimes : 1);
    }

    /// <summary>What was done, why it happened and what is learnt, for an incident that no story is known of.</summary>
    public static Story Unknown { get; } = new("", "", 0, "", "经调查，原因正在进一步核实", "到场处置，险情已消除", "完善信息核报流程", []);
}

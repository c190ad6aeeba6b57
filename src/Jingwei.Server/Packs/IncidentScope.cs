using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>What the expressions of incidents may name. Checking and running use the same scope.</summary>
public static class IncidentScope
{
    /// <summary>
    /// Facts that a case can be filled with. The numbers among them are variables, too: 0 where nothing is stated; `level` is 1 (gravest) to 4, 0 where nothing is stated.
    /// </summary>
    public static IReadOnlyList<(string Id, PropertyKind Kind)> Facts { get; } =
    [
        ("class", PropertyKind.Enumeration), ("kind", PropertyKind.Enumeration), ("level", PropertyKind.Number), ("date", PropertyKind.Text), ("place", PropertyKind.Text),
        ("dead", PropertyKind.Number), ("injured", PropertyKind.Number), ("missing", PropertyKind.Number), ("trapped", PropertyKind.Number),
        ("evacuated", PropertyKind.Number), ("magnitude", PropertyKind.Number), ("loss", PropertyKind.Number),
    ];

    // reports: how many; sources: how many different ones; regions: how many counties they name; recent and before: reports of the last hour and of the
    // hour before; warning: the gravest warning in force there, 0 to 4 (red).
    private static readonly string[] Counts = ["reports", "sources", "official", "regions", "recent", "before", "hours", "warning"];

    /// <summary>An incident: class and kind as text (`class`, `kind`), its numbers and counts as double, and each layer of the pack as double.</summary>
    public static CelEnvironment OfIncident(IEnumerable<string> layers, PackPlugin? plugin) => new(
        Texts.Select(name => new CelVariable(name, CelType.String)).Concat(Numbers.Concat(layers).Distinct().Select(name => new CelVariable(name, CelType.Double))),
        functions: plugin?.Functions);

    /// <summary>The heat of an incident: `volume` is the weight of its reports, halved with every half-life; `acceleration` what came in the last half-life over the one before it, less 1; `risk`, `level`, `reports`.</summary>
    public static CelEnvironment OfHeat(PackPlugin? plugin) => Doubles(HeatVariables, plugin);

    /// <summary>A region: how many open incidents of each severity, the greatest `risk`, the sum of `heat`, the gravest `warning`, and the worst band of the region's `indicator`s, 0 (green) to 4 (red).</summary>
    public static CelEnvironment OfRegion(PackPlugin? plugin) => Doubles(RegionVariables, plugin);

    /// <summary>Text variables of an incident, in their order.</summary>
    internal static IReadOnlyList<string> Texts { get; } = ["class", "kind"];

    /// <summary>Number variables of an incident, in their order.</summary>
    internal static IReadOnlyList<string> Numbers { get; } = [.. Facts.Where(fact => fact.Kind == PropertyKind.Number).Select(fact => fact.Id), .. Counts];

    /// <summary>Variables of the heat, in their order.</summary>
    internal static IReadOnlyList<string> HeatVariables { get; } = ["volume", "acceleration", "risk", "level", "reports"];

    /// <summary>Variables of a region, in their order.</summary>
    internal static IReadOnlyList<string> RegionVariables { get; } = ["red", "orange", "yellow", "blue", "risk", "warning", "indicator"];

    private static CelEnvironment Doubles(IEnumerable<string> names, PackPlugin? plugin) =>
        new(names.Select(name => new CelVariable(name, CelType.Double)), functions: plugin?.Functions);
}

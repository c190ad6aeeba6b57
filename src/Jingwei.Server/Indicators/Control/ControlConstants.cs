namespace Jingwei.Server.Indicators.Control;

/// <summary>
/// Factors for control limits from subgroups of a size, for normally distributed values (ISO 7870-2, table 2; ASTM MNL 7).
/// </summary>
/// <param name="A2">Of the mean chart: limits at the grand mean ± A2 times the mean range.</param>
/// <param name="D2">The mean range over the standard deviation.</param>
/// <param name="D3">Lower limit of the range chart over the mean range.</param>
/// <param name="D4">Upper limit of the range chart over the mean range.</param>
public sealed record ControlConstants(double A2, double D2, double D3, double D4)
{
    public const int Smallest = 2;

    private static readonly ControlConstants[] OfSize =
    [
        new(1.880, 1.128, 0, 3.267), new(1.023, 1.693, 0, 2.575), new(0.729, 2.059, 0, 2.282), new(0.577, 2.326, 0, 2.114), new(0.483, 2.534, 0, 2.004),
        new(0.419, 2.704, 0.076, 1.924), new(0.373, 2.847, 0.136, 1.864), new(0.337, 2.970, 0.184, 1.816), new(0.308, 3.078, 0.223, 1.777),
        new(0.285, 3.173, 0.256, 1.744), new(0.266, 3.258, 0.283, 1.717), new(0.249, 3.336, 0.307, 1.693), new(0.235, 3.407, 0.328, 1.672),
        new(0.223, 3.472, 0.347, 1.653), new(0.212, 3.532, 0.363, 1.637), new(0.203, 3.588, 0.378, 1.622), new(0.194, 3.640, 0.391, 1.609),
        new(0.187, 3.689, 0.404, 1.596), new(0.180, 3.735, 0.415, 1.585), new(0.173, 3.778, 0.425, 1.575), new(0.167, 3.819, 0.435, 1.565),
        new(0.162, 3.858, 0.443, 1.557), new(0.157, 3.895, 0.452, 1.548), new(0.153, 3.931, 0.459, 1.541),
    ];

    public static int Largest => OfSize.Length + Smallest - 1;

    /// <param name="size">Values in a subgroup, from <see cref="Smallest"/> to <see cref="Largest"/>.</param>
    public static ControlConstants For(int size) => OfSize[size - Smallest];
}

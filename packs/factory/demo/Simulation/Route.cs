namespace Jingwei.Demo.Factory.Simulation;

/// <summary>The route of a multilayer board. Drilling sets the pace, as it does in most such plants.</summary>
internal static class Route
{
    public static IReadOnlyList<OperationKind> Operations { get; } =
    [
        new("cutting", "cutting-machine", "CU", "开料", "Cutting", "开料机", 1, 28, 0.004, 39, 1200, 6, 8, 11),
        new("inner-layer", "inner-layer-line", "IL", "内层线路", "Inner layer", "内层 DES 线", 2, 29, 0.014, 32, 900, 10, 16, 48),
        new("lamination", "lamination-press", "LA", "压合", "Lamination", "压合机", 2, 29, 0.009, 36, 600, 12, 18, 95),
        new("drilling", "drilling-machine", "DR", "钻孔", "Drilling", "钻孔机", 6, 31, 0.012, 36, 50, 3, 6, 18),
        new("plating", "plating-line", "PL", "沉铜电镀", "Plating", "电镀线", 2, 29, 0.015, 46, 420, 0, 16, 120),
        new("outer-layer", "outer-layer-line", "OL", "外层线路", "Outer layer", "外层蚀刻线", 2, 29, 0.017, 32, 900, 10, 16, 52),
        new("solder-mask", "solder-mask-line", "SM", "阻焊", "Solder mask", "阻焊线", 2, 28, 0.011, 36, 1600, 15, 16, 36),
        new("electrical-test", "electrical-tester", "ET", "电测", "Electrical test", "电测机", 3, 28, 0.013, 26, 500, 5, 10, 4),
    ];

    /// <summary>Hits that a drill bit is good for.</summary>
    public const double RatedHits = 3000;

    public static IReadOnlyList<Product> Products { get; } =
    [
        new("JW-4L-1080A", 0.94),
        new("JW-6L-0522C", 1.00),
        new("JW-8L-2207B", 1.06),
        new("JW-4L-3316D", 0.97),
        new("JW-10L-0415A", 1.10),
    ];

    /// <summary>Spreads machines over the operations of one line, one each first, the rest to the operation furthest below its share.</summary>
    public static IReadOnlyList<int> Spread(int machines)
    {
        var total = Operations.Sum(operation => operation.Share);
        var counts = Operations.Select(_ => 1).ToArray();
        while (counts.Sum() < machines)
        {
            var poorest = Enumerable.Range(0, counts.Length)
                .MaxBy(index => ((double)Operations[index].Share / total * machines) - counts[index]);
            counts[poorest]++;
        }

        return counts;
    }
}

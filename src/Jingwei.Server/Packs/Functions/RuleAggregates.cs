using Jingwei.Cel;

namespace Jingwei.Server.Packs.Functions;

/// <summary>What rules may ask of the course of an expression. Each is described with an example in docs/functions.md.</summary>
public static class RuleAggregates
{
    public const string Average = "avg";
    public const string Sum = "sum";
    public const string Minimum = "min";
    public const string Maximum = "max";
    public const string Deviation = "stddev";
    public const string Change = "delta";
    public const string Rate = "rate";
    public const string Count = "count";
    public const string Lasted = "lasted";
    public const string Changes = "changes";
    public const string Since = "since";
    public const string Streak = "streak";
    public const string Previous = "previous";
    public const string RobustScore = "zscore";
    public const string Usual = "usual";

    // The history that a seasonal value needs: the same hour of at least three days.
    private const long LeastSeason = 3 * 86_400_000_000;

    private static readonly CelType[] Window = [CelType.String];

    public static IReadOnlyList<CelAggregate> All { get; } =
    [
        OverNumber(Average, "The mean of the readings in a window."),
        OverNumber(Sum, "The sum of the readings in a window."),
        OverNumber(Minimum, "The least reading in a window."),
        OverNumber(Maximum, "The greatest reading in a window."),
        OverNumber(Deviation, "The sample standard deviation of the readings in a window; needs two."),
        OverNumber(Change, "The last reading in a window less the first one."),
        OverNumber(Rate, "The change from the first to the last reading in a window, for each second."),
        new(Count, "How many readings in a window made the condition true.", [new(CelType.Bool, Window, CelType.Int)], CheckWindow),
        new(Lasted, "For how many seconds of a window the condition was true.", [new(CelType.Bool, Window, CelType.Double)], CheckWindow),
        new(Changes, "How often the value became another one in a window.", [.. Any(Window, CelType.Int)], CheckWindow),
        new(Since, "Seconds since the condition was last true.", [new(CelType.Bool, [], CelType.Double)]),
        new(Streak, "How many readings, one after the other up to the last, made the condition true.", [new(CelType.Bool, [], CelType.Int)]),
        new(Previous, "The value before the last one.", [.. new[] { CelType.Double, CelType.Bool, CelType.String }.Select(type => new CelAggregateForm(type, [], type))]),
        new(RobustScore, "How unusual the value is beside its own past: its distance from the median, in deviations (0.6745 / MAD).", [new(CelType.Double, Window, CelType.Double)], CheckHistory),
        new(Usual, "What the value usually is at this hour of the day: the median over the days of a window.", [new(CelType.Double, Window, CelType.Double)], CheckSeason),
    ];

    private static CelAggregate OverNumber(string name, string documentation) =>
        new(name, documentation, [new CelAggregateForm(CelType.Double, Window, CelType.Double)], CheckWindow);

    private static IEnumerable<CelAggregateForm> Any(CelType[] parameters, CelType result) =>
        new[] { CelType.Double, CelType.Bool, CelType.String }.Select(type => new CelAggregateForm(type, parameters, result));

    private static string? CheckWindow(IReadOnlyList<CelValue> arguments) =>
        arguments is [{ Kind: CelKind.String } window] ? RuleWindow.Parse(window.AsString()).Fault : null;

    private static string? CheckHistory(IReadOnlyList<CelValue> arguments) =>
        CheckWindow(arguments) ?? (arguments is [var window] && RuleWindow.Parse(window.AsString()).Window.Kind != WindowKind.Sliding
            ? $"{RobustScore}() looks at the time up to now: write '{"7d"}', without a kind"
            : null);

    private static string? CheckSeason(IReadOnlyList<CelValue> arguments) =>
        CheckHistory(arguments) ?? (arguments is [var window] && RuleWindow.Parse(window.AsString()).Window.Length < LeastSeason
            ? $"{Usual}() compares days: at least '3d'"
            : null);
}

using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Short ways to evaluate, for the tests of the language.</summary>
internal static class Evaluation
{
    public static CelEnvironment Empty { get; } = new([]);

    public static CelEnvironment Machine { get; } = new(
        [new("spindle_temperature", CelType.Double), new("state", CelType.String), new("count", CelType.Int), new("tags", CelType.List(CelType.String))]);

    /// <summary>Evaluates a checked expression without variables.</summary>
    public static CelValue Value(string source) => Empty.Compile(source).Require().Run([]);

    public static CelValue Run(this CelProgram program, CelValue[] slots, object? host = null) =>
        program.Evaluate(slots, host, TestContext.Current.CancellationToken);

    public static CelError Error(string source) => Value(source).AsError();

    public static IReadOnlyList<string> Issues(CelEnvironment environment, string source, CelType? expected = null) =>
        [.. environment.Compile(source, expected).Issues.Select(issue => issue.ToString())];
}

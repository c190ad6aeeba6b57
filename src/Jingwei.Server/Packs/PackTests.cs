using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>A test of a pack that did not come out as it says.</summary>
/// <param name="Line">The line of the expectation in the test's file.</param>
public sealed record PackTestFailure(PackTest Test, int Line, string Message);

/// <summary>
/// Plays one test: its readings in, in the order of the file, through the same code that judges live ones; what came out
/// otherwise than expected is returned.
/// </summary>
public delegate IReadOnlyList<PackTestFailure> PackTestPlayer(Pack pack, PackTest test);

/// <summary>Runs the tests that packs bring along.</summary>
public static class PackTests
{
    /// <summary>Everything that came out otherwise than a test of the pack says, as problems at its line.</summary>
    public static IReadOnlyList<PackProblem> Run(Pack pack, PackTestPlayer play) =>
    [
        .. pack.Tests
            .SelectMany(test => play(pack, test))
            .Select(failure => new PackProblem(failure.Test.File, failure.Line, 1, $"test \"{failure.Test.Name}\": {failure.Message}", null)),
    ];
}

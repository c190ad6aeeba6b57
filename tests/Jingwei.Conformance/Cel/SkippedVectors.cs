using System.Collections.Frozen;
using Jingwei.Tests;

namespace Jingwei.Conformance.Cel;

/// <summary>
/// The vectors that do not hold, by reason, from skipped-vectors.txt: "file/section/name", or "file/section" or "file" where
/// none of the vectors there holds. Lines with # give the reason for those that follow.
/// </summary>
internal static class SkippedVectors
{
    public static FrozenSet<string> Names { get; } = File
        .ReadAllLines(Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Cel", "skipped-vectors.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Covers(string vector)
    {
        var parts = vector.Split('/', 3);
        return Names.Contains(parts[0]) || Names.Contains($"{parts[0]}/{parts[1]}") || Names.Contains(vector);
    }

    public static bool Matches(string skipped, string vector) =>
        vector == skipped || vector.StartsWith(skipped + "/", StringComparison.Ordinal);
}

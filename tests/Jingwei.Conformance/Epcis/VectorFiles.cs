using Jingwei.Tests;

namespace Jingwei.Conformance.Epcis;

/// <summary>The published documents, as rows of theories.</summary>
internal static class VectorFiles
{
    /// <summary>The whole path; skips the test where there are no vectors.</summary>
    public static string Full(string path) => Path.Combine(Root() ?? External.Vectors("epcis", "open"), path);

    /// <summary>Paths of the wanted files in folders. Without vectors one row is left, so that the test is skipped by name instead of having no rows.</summary>
    public static TheoryData<string> Of(string[] folders, string pattern, Func<string, bool> wanted)
    {
        var root = Root();
        return root is null
            ? ["(vectors)"]
            : [.. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(root, path))
                .Where(wanted)
                .Order(StringComparer.Ordinal)];
    }

    private static string? Root()
    {
        var vectors = Environment.GetEnvironmentVariable("JINGWEI_VECTORS");
        var root = string.IsNullOrEmpty(vectors) ? "" : Path.Combine(vectors, "epcis", "open");
        return Directory.Exists(root) ? root : null;
    }
}

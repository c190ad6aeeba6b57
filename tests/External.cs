namespace Jingwei.Tests;

/// <summary>What tests use from outside the project: skipped by name, with the line that installs it, where it is missing.</summary>
internal static class External
{
    /// <summary>The full path of a program on the PATH; skips the test when there is none.</summary>
    public static string Program(string name, string installWith)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed: {installWith}");
        return path!;
    }

    /// <summary>A folder of published vectors under JINGWEI_VECTORS; skips the test when it is not there.</summary>
    public static string Vectors(params string[] folder)
    {
        var root = Environment.GetEnvironmentVariable("JINGWEI_VECTORS");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "JINGWEI_VECTORS names no folder of published vectors.");
        var path = Path.Combine([root!, .. folder]);
        Assert.SkipUnless(Directory.Exists(path) || File.Exists(path), $"JINGWEI_VECTORS has no {Path.Combine(folder)}.");
        return path;
    }
}

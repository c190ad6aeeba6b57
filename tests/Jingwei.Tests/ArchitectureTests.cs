namespace Jingwei.Tests;

/// <summary>The rules of ARCHITECTURE.md that a compiler cannot check.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Sources_have_no_regions() =>
        Assert.DoesNotContain(
            SourceTree.CSharpFiles("src"),
            file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)));
}

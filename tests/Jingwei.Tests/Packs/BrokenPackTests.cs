using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

/// <summary>The folder Broken has every sort of mistake; broken.txt lists, by hand, what must be said and where.</summary>
public sealed class BrokenPackTests
{
    [Fact]
    public void Every_mistake_is_listed_at_its_place()
    {
        var here = Path.Combine(SourceTree.Root, "tests", "Jingwei.Tests", "Packs");
        var loaded = PackLoader.Load(Path.Combine(here, "Broken"));
        Assert.Null(loaded.Packs);
        Assert.Equal(File.ReadAllLines(Path.Combine(here, "broken.txt")), loaded.Problems.Select(problem => problem.ToString()));
    }
}

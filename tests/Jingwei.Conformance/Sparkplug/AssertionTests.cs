using Jingwei.Tests;

namespace Jingwei.Conformance.Sparkplug;

/// <summary>The published assertions of Sparkplug 3.0: each is kept by somebody, and where that is Jingwei, a test shows it.</summary>
public sealed class AssertionTests
{
    private static readonly string List = Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Sparkplug", "assertions.txt");

    private static IEnumerable<string[]> Lines =>
        File.ReadLines(List).Where(line => !line.StartsWith('#')).Select(line => line.Split(" | ", 3));

    [Fact]
    public void Every_published_assertion_is_decided()
    {
        var published = File.ReadLines(Path.Combine(External.Vectors("sparkplug", "open"), "assertion_ids.txt")).Where(line => line.Length > 0).ToList();

        Assert.NotEmpty(published);
        Assert.Empty(published.Except(Lines.Select(line => line[0])));
    }

    [Fact]
    public void What_is_kept_here_is_shown_by_a_test_that_exists()
    {
        var tests = SourceTree.CSharpFiles("tests").ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var unshown =
            from line in Lines
            where line[1] is "host" or "server"
            let test = line[2].Split('.')
            where test.Length != 2 || !tests[test[0]].Any(text => text.Contains($" {test[1]}(", StringComparison.Ordinal))
            select string.Join(' ', line);

        Assert.Empty(unshown);
        Assert.All(Lines, line => Assert.True(line[1] switch { "edge" => line.Length == 2, "host" or "server" or "exempt" => line.Length == 3, _ => false }, line[0]));
        Assert.Distinct(Lines.Select(line => line[0]));
    }
}

using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Tests.Packs;

/// <summary>A character of a value is found in the file, however the value is written there.</summary>
public sealed class ScalarSourceTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    // Every text has the same expression, with one unknown name, and the place of that name counted by hand.
    [Theory]
    [InlineData("when: open && wrong", 4, 15)]
    [InlineData("when: 'open && wrong'", 4, 16)]
    [InlineData("when: \"open && wrong\"", 4, 16)]
    [InlineData("when: |\n  open &&\n    wrong", 6, 5)]
    [InlineData("when: |-\n    open\n    && wrong\n", 6, 8)]
    [InlineData("when: >\n  open\n  && wrong", 6, 6)]
    [InlineData("when: >-  # folded\n\n   open &&\n\n   wrong", 8, 4)]
    [InlineData("when: open\n  &&\n  wrong", 6, 3)]
    [InlineData("when: \"open\n  &&\n  wrong\"", 6, 3)]
    [InlineData("when: \"open \\\n  && \\\n  wrong\"", 6, 3)]
    [InlineData("when: 'state == ''running'' && wrong'", 4, 32)]
    [InlineData("when: \"state == \\\"running\\\" && wrong\"", 4, 32)]
    [InlineData("when: \"state == \\u0022running\\x22 && wrong\"", 4, 38)]
    [InlineData("when: 'state == \"运行\" && wrong'", 4, 25)]
    [InlineData("when: 'state == \"😀\" && wrong'", 4, 25)]
    [InlineData("when: |2\n    open\n  && wrong", 6, 6)]
    public void An_unknown_name_is_reported_where_it_stands(string when, int line, int column)
    {
        packs.Write("mill/rules/hot.yaml", $"rule: hot\ntype: stone\nseverity: orange\n{when}\n");
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.StartsWith("unknown name 'wrong'", problem.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void What_is_missing_at_the_end_is_reported_at_the_end()
    {
        packs.Change("rules/hot.yaml", "clear: temperature < 50.0", "clear: temperature <");
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.Equal(("rules/hot.yaml", 5, 21), (problem.File, problem.Line, problem.Column));
    }

    [Fact]
    public void Every_index_stays_inside_the_scalar()
    {
        const string Source = "k: \"a\\";
        for (var offset = 0; offset < 10; offset++)
        {
            Assert.InRange(ScalarSource.IndexOf(Source, 3, Source.Length, "ab", offset), 3, Source.Length);
        }
    }
}

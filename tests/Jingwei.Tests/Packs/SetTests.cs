using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

/// <summary>What holds between packs, and between a pack and the server.</summary>
public sealed class SetTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public void Ids_are_used_once_in_all_packs_together()
    {
        foreach (var (name, text) in TemporaryPacks.Small)
        {
            packs.Write($"second/{name}", text);
        }

        Assert.Equal(
            [
                "second/cases/repair.yaml:1:7: duplicate case repair, first at mill/cases/repair.yaml:1",
                "second/channels/lines.yaml:1:10: duplicate channel lines, first at mill/channels/lines.yaml:1",
                "second/channels/lines.yaml:3:11: duplicate database flour, first at mill/channels/lines.yaml:3",
                "second/indicators/use.yaml:1:12: duplicate indicator use, first at mill/indicators/use.yaml:1",
                "second/pack.yaml:1:5: duplicate pack mill, first at mill/pack.yaml:1",
                "second/rules/hot.yaml:1:7: duplicate rule hot, first at mill/rules/hot.yaml:1",
                "second/rules/silent.yaml:1:7: duplicate rule silent, first at mill/rules/silent.yaml:1",
                "second/things/engine.yaml:1:7: duplicate type engine, first at mill/things/engine.yaml:1",
                "second/things/stone.yaml:1:7: duplicate type stone, first at mill/things/stone.yaml:1",
                "second/views/board.yaml:1:7: duplicate view board, first at mill/views/board.yaml:1",
            ],
            PackLoader.Load(packs.Root).Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}"));
    }

    [Fact]
    public void A_pack_that_needs_a_newer_server_is_refused()
    {
        packs.Change("pack.yaml", ">=0.1", ">=99.0");
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.Equal(("the pack needs Jingwei 99.0 or later", 5, 18), (problem.Message, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("06:00", "18:00", "18:00", "06:00", false)]
    [InlineData("06:00", "18:00", "17:59", "06:00", true)]
    [InlineData("06:00", "18:00", "18:00", "06:01", true)]
    [InlineData("22:00", "06:00", "02:00", "03:00", true)]
    [InlineData("08:00", "08:00", "09:00", "10:00", true)]
    [InlineData("06:00", "07:00", "07:00", "06:00", false)]
    public void Shifts_may_touch_and_not_overlap(string from, string to, string nextFrom, string nextTo, bool overlap)
    {
        packs.Change("pack.yaml", "from: \"06:00\", to: \"18:00\"", $"from: \"{from}\", to: \"{to}\"");
        packs.Change("pack.yaml", "shift: night, from: \"18:00\", to: \"06:00\"", $"shift: night, from: \"{nextFrom}\", to: \"{nextTo}\"");
        Assert.Equal(
            overlap ? ["shift night overlaps day"] : [], PackLoader.Load(packs.Mill).Problems.Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("green: \">= 0.9\", yellow: \">= 0.5\", red: \"< 0.5\"", null)]
    [InlineData("green: \"<= 0.1\", yellow: \"<= 0.2\", red: \"> 0.2\"", null)]
    [InlineData("green: \">= 0.9\", yellow: \"> 0.9\", red: \"< 0.5\"", "yellow")]
    [InlineData("green: \"> 0.9\", yellow: \">= 0.9\", red: \"< 0.5\"", null)]
    [InlineData("green: \">= 0.5\", yellow: \"< 0.6\", red: \"<= 7\"", "red")]
    public void A_band_that_no_value_can_reach_is_refused(string bands, string? lost)
    {
        packs.Change("indicators/use.yaml", "green: \">= 0.9\", yellow: \">= 0.5\", red: \"< 0.5\"", bands);
        var messages = PackLoader.Load(packs.Mill).Problems.Select(problem => problem.Message.Split(':')[0]);
        Assert.Equal(lost is null ? [] : [$"no value is left for {lost}"], messages);
    }
}

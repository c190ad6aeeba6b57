using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

/// <summary>Every word that a user sees stands in both languages.</summary>
public sealed class TextTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    [Theory]
    [InlineData("types", "engine: Engine, ", "1:1: no text for types.engine")]
    [InlineData("properties", "turns: Turns, ", "2:1: no text for properties.turns")]
    [InlineData("parameters", ", reason: Reason", "2:1: no text for properties.reason")]
    [InlineData("values", "stopped: Stopped", "3:10: no text for values.state.stopped")]
    [InlineData("case field values", ", cause: {wear: Wear, other: Other}", "3:1: no text for values.cause (wear, other)")]
    [InlineData("commands", "commands: {halt: Halt}\n", "1:1: no text for commands (halt)")]
    [InlineData("channels", "channels: {lines: Lines}\n", "1:1: no text for channels (lines)")]
    [InlineData("shifts", ", night: Night", "6:1: no text for shifts.night")]
    [InlineData("rules", "  silent: {name: Silent, advice: Look at the cable}\n", "7:1: no text for rules.silent (name, advice)")]
    [InlineData("inputs", ", all: All", "11:52: no text for indicators.use.inputs.all")]
    [InlineData("bands", ", red: Poor", "11:80: no text for indicators.use.bands.red")]
    [InlineData("states", ", done: Done", "13:26: no text for cases.repair.states.done")]
    [InlineData("transitions", "mend: Mend", "13:60: no text for cases.repair.transitions.mend")]
    [InlineData("fields", ", note: Note", "13:87: no text for cases.repair.fields.note")]
    [InlineData("views", "views: {board: Board}\n", "1:1: no text for views (board)")]
    public void A_missing_text_is_reported(string what, string part, string expected)
    {
        packs.Change("text/en.yaml", part, "");
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.Equal($"text/en.yaml:{expected} (expected every word in both languages)", problem.ToString());
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("stone: 石磨", "stone: 石磨, stne: 磨", "1:32: text for types.stne, which the pack does not have, did you mean stone?")]
    [InlineData("views: {board: 看板}", "views: {board: 看板, wall: 墙}", "14:20: text for views.wall, which the pack does not have")]
    public void A_text_for_nothing_is_reported(string part, string by, string expected)
    {
        packs.Change("text/zh.yaml", part, by);
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.Equal($"text/zh.yaml:{expected} (expected only what the pack declares)", problem.ToString());
    }

    [Fact]
    public void A_property_named_for_one_type_is_so_in_both_languages()
    {
        packs.Change("text/zh.yaml", ", stone.temperature: 磨温", "");
        var problem = Assert.Single(PackLoader.Load(packs.Mill).Problems);
        Assert.Equal("text/zh.yaml:2:1: no text for properties.stone.temperature (expected every word in both languages)", problem.ToString());
    }
}

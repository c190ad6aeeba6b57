using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Packs;

public sealed class PackLoaderTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    private Pack Mill
    {
        get
        {
            var loaded = PackLoader.Load(packs.Root);
            Assert.Empty(loaded.Problems);
            return Assert.Single(loaded.Packs!.Packs);
        }
    }

    [Fact]
    public void A_folder_of_packs_and_a_pack_itself_load_alike()
    {
        var whole = PackLoader.Load(packs.Root);
        var single = PackLoader.Load(packs.Mill);
        Assert.Equal(13, whole.Files);
        Assert.Equal(13, single.Files);
        Assert.Equal("mill", Assert.Single(single.Packs!.Packs).Id);
        Assert.NotNull(whole.Packs!.Type("stone"));
    }

    [Fact]
    public void A_folder_without_packs_gives_an_empty_set()
    {
        using var empty = new TemporaryPacks();
        Directory.Delete(empty.Mill, recursive: true);
        var loaded = PackLoader.Load(empty.Root);
        Assert.Empty(loaded.Problems);
        Assert.Empty(loaded.Packs!.Packs);
    }

    [Fact]
    public void The_manifest_is_read()
    {
        var mill = Mill;
        Assert.Equal(("mill", "1.2.0"), (mill.Id, mill.Version));
        Assert.Equal(new Label("磨坊", "Mill"), mill.Name);
        Assert.Equal(["UCUM"], mill.Standards);
        Assert.Equal(
            [
                new Shift("day", new(6, 0), new(18, 0), new("白班", "Day")),
                new Shift("night", new(18, 0), new(6, 0), new("夜班", "Night")),
            ],
            mill.Shifts.AsEnumerable());
        Assert.Equal(
            [("rules", "done", null, false), ("demo", "todo", "nobody wrote it", false)],
            mill.Maturity.Select(item => (item.Item, item.Status, item.Reason, item.Checked)));
    }

    [Fact]
    public void What_a_type_inherits_is_folded_in()
    {
        var stone = Mill.Types.Single(type => type.Id == "stone");
        Assert.Equal(["stone", "engine"], stone.Lineage);
        Assert.Equal(["state", "turns", "temperature", "open", "place"], stone.Properties.Select(property => property.Id));
        Assert.Equal("motor", stone.Icon);
        Assert.False(stone.Abstract);
        Assert.True(stone.Is("engine"));
        var halt = Assert.Single(stone.Commands);
        Assert.Equal(20, Assert.Single(halt.Parameters).MaxLength);
    }

    [Fact]
    public void A_property_has_unit_range_and_its_own_name()
    {
        var temperature = Mill.Types.Single(type => type.Id == "stone").Property("temperature")!;
        Assert.Equal((PropertyKind.Number, "Cel", -20d, 90d), (temperature.Kind, temperature.Unit, temperature.Min, temperature.Max));
        Assert.Equal(new Label("磨温", "Stone heat"), temperature.Name);
        var state = Mill.Types.Single(type => type.Id == "engine").Property("state")!;
        Assert.Equal([new("running", new("运行", "Running")), new("stopped", new("停止", "Stopped"))], state.Values.AsEnumerable());
        Assert.Null(state.Min);
        Assert.True(Mill.Types.Single(type => type.Id == "stone").Property("turns")!.Counter);
    }

    [Fact]
    public void Rules_are_read()
    {
        var hot = Mill.Rules.Single(rule => rule.Id == "hot");
        Assert.Equal("temperature > 60.0 && state == 'running'", hot.When);
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(10)), (hot.For, hot.ClearFor));
        Assert.Equal(Band.Orange, hot.Severity);
        Assert.Equal("wear", hot.Opens!.Fields["cause"]);
        Assert.Equal(new Label("降速", "Slow down"), hot.Advice);
        var silent = Mill.Rules.Single(rule => rule.Id == "silent");
        Assert.Equal(new Absence("state", TimeSpan.FromMinutes(2)), silent.Absent);
        Assert.Null(silent.When);
    }

    [Fact]
    public void Indicators_are_read()
    {
        var use = Assert.Single(Mill.Indicators);
        Assert.Equal((IndicatorWindow.Shift, "%", "up / all"), (use.Window, use.Unit, use.Formula));
        Assert.Equal([("up", InputKind.Duration, false), ("all", InputKind.Duration, true)], use.Inputs.Select(input => (input.Id, input.Kind, input.Except)));
        Assert.Equal(
            [
                new BandLimit(Band.Green, ">=", 0.9, new("好", "Good")),
                new BandLimit(Band.Yellow, ">=", 0.5, new("中", "Fair")),
                new BandLimit(Band.Red, "<", 0.5, new("差", "Poor")),
            ],
            use.Bands.AsEnumerable());
    }

    [Fact]
    public void Case_types_are_read()
    {
        var repair = Assert.Single(Mill.Cases);
        Assert.Equal("open", repair.Initial);
        Assert.Equal(
            [("open", false, (TimeSpan?)TimeSpan.FromHours(2), new Label("待修", "Open")), ("done", true, null, new("修好", "Done"))],
            repair.States.Select(state => (state.Id, state.Final, state.Within, state.Name)));
        var mend = Assert.Single(repair.Transitions);
        Assert.Equal((Right.Operate, true, true), (mend.Right, mend.ByAssignee, mend.CommentRequired));
        Assert.Equal(["cause"], mend.Requires);
        Assert.Equal(["cause", "note"], repair.Fields.Select(field => field.Id));
        Assert.Equal(1000, repair.Fields[1].MaxLength);
    }

    [Fact]
    public void Channels_and_views_are_read()
    {
        Assert.Equal(
            new ChannelMapping("lines", "mill", "line-protocol", "flour", "engine", "stone", new("行协议", "Lines")), Assert.Single(Mill.Channels));
        var board = Assert.Single(Mill.Views);
        Assert.Equal(
            """[{"widget":"machines","at":[0,0,8,4],"of":"engine","groupBy":"parent","state":"state","indicator":"use"},{"widget":"alarms","at":[8,0,4,4]}]""",
            board.Widgets.ToJsonString());
    }

    [Fact]
    public void Tests_are_read()
    {
        var test = Assert.Single(Mill.Tests);
        Assert.Equal(("a hot stone", "mill/tests/hot.yaml", "Asia/Shanghai"), (test.Name, test.File, test.Zone.Id));
        var reading = Assert.Single(test.Readings);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), reading.At);
        Assert.Equal(61.5, reading.Values["temperature"]);
        Assert.Equal("running", reading.Values["state"]);
        Assert.Equal(true, reading.Values["open"]);
        Assert.Equal([120.5, 30.25], Assert.IsType<double[]>(reading.Values["place"]));
        var at = new DateTimeOffset(2026, 1, 5, 0, 30, 0, TimeSpan.Zero);
        Assert.Equal([new ExpectedIndicator("use", "s1", at, 1, 0.01, Band.Green, 7)], test.Indicators.AsEnumerable());
        Assert.Equal([new ExpectedAlarm("hot", "s1", at - TimeSpan.FromSeconds(28 * 60 + 30), true, 8)], test.Alarms.AsEnumerable());
        Assert.Equal([new ExpectedCase("repair", "s1", "open", 9)], test.Cases.AsEnumerable());
    }

    [Fact]
    public void Every_pack_of_this_repository_has_no_problems()
    {
        var folder = Path.Combine(SourceTree.Root, "packs");
        Assert.SkipUnless(Directory.Exists(folder), "The repository has no packs.");
        Assert.Equal([], PackLoader.Load(folder).Problems.Select(problem => problem.ToString()));
    }
}

using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Title, severity, region and fields change outside of a transition.</summary>
public sealed class CaseRevisionTests : IDisposable
{
    private readonly CaseWorld world = new();

    public CaseRevisionTests()
    {
        world.Regions.Add(new Region("east", "东区", "root", "county"));
        world.Regions.Add(new Region("west", "西区", "root", "county"));
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_revision_changes_what_it_names_and_says_from_what_to_what()
    {
        var id = (await world.OpenAsync(Order(fields: """{"symptom":"异响","downtime":3}"""))).Id;
        var row = await world.DoAsync(Operator, id, Revise("""{"symptom":null,"safe":true,"downtime":3}""", Band.Red, title: "M-01 主轴冒烟"));
        Assert.Equal(("M-01 主轴冒烟", Band.Red, "breakdown", 4), (row.TitleZh, row.Severity, row.State, row.Version));
        var history = world.Cases.Find(Operator, id)!.History.Select(each => each.Placed.Event).ToList();
        var fields = Assert.IsType<CaseFieldsChanged>(history[2]);
        Assert.Equal([("safe", "true"), ("symptom", null)], fields.Fields!.Select(field => (field.Key, field.Value?.Json)));
        Assert.Equal((Label.Of("M-01 主轴冒烟"), "核实"), (fields.Title, fields.Reason));
        Assert.Equal(new CaseSeverityChanged(Band.Orange, Band.Red, "核实"), history[3]);
        Assert.Equal("downtime safe", string.Join(' ', world.Cases.Find(Operator, id)!.State.Fields.Keys));
        Assert.Equal(id, Assert.Single(world.Cases.List(Operator, Searching("核实"), new PageRequest(null, 10)).Items).Id);
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task What_is_so_already_is_no_event()
    {
        var id = (await world.OpenAsync(Order(fields: """{"downtime":3}"""))).Id;
        var outcome = await world.TryAsync(Operator, id, Revise("""{"downtime":3.0,"safe":null}""", Band.Orange, "root", "M-01 主轴过热"));
        Assert.Equal((false, 2), (outcome.Changed, Accepted(outcome).Version));
    }

    [Theory]
    [InlineData("{}", Band.Red, null, null, "", "comment-required")]
    [InlineData("{}", Band.Green, null, null, "核实", "severity-invalid")]
    [InlineData("{}", null, null, " ", "核实", "title-invalid")]
    [InlineData("""{"downtime":-1}""", null, null, null, "核实", "fields-invalid")]
    [InlineData("""{"colour":"red"}""", null, null, null, "核实", "fields-invalid")]
    [InlineData("{}", null, "nowhere", null, "核实", "scope-not-found")]
    public async Task What_a_case_cannot_say_of_itself_is_refused(string fields, Band? severity, string? region, string? title, string reason, string code)
    {
        var id = (await world.OpenAsync()).Id;
        Assert.Equal(code, (await world.TryAsync(Engineer, id, Revise(fields, severity, region, title) with { Reason = reason })).Refusal?.Code);
    }

    [Fact]
    public async Task A_closed_case_and_one_of_others_stay_as_they_are()
    {
        var closed = (await world.ClosedAsync()).Id;
        Assert.Equal("case-closed", (await world.TryAsync(Engineer, closed, Revise("{}", Band.Red))).Refusal!.Code);
        var id = (await world.OpenAsync()).Id;
        Assert.Equal("right-missing", (await world.TryAsync(User("guest", Role.Viewer), id, Revise("{}", Band.Red))).Refusal!.Code);
        Assert.Equal("case-not-found", (await world.TryAsync(User("stranger", Role.Administrator, "other"), id, Revise("{}", Band.Red))).Refusal!.Code);
    }

    [Fact]
    public async Task Who_configures_both_regions_moves_a_case_and_whoever_sees_only_the_first_sees_it_no_more()
    {
        var id = (await world.OpenAsync(Order() with { Region = "east" })).Id;
        var east = Of("east", "east", Role.Administrator);
        Assert.Equal("right-missing", (await world.TryAsync(Operator, id, Revise("{}", region: "west"))).Refusal!.Code);
        Assert.Equal("scope-not-found", (await world.TryAsync(east, id, Revise("{}", region: "west"))).Refusal!.Code);
        var row = await world.DoAsync(Engineer, id, Revise("{}", region: "west"));
        Assert.Equal("west", row.Region);
        Assert.Equal(new CaseRegionChanged("east", "west", "核实"), world.Cases.Find(Engineer, id)!.History[^1].Placed.Event);
        Assert.Null(world.Cases.Find(east, id));
        Assert.NotNull(world.Cases.Find(Of("west", "west", Role.Viewer), id));
        Assert.Equal([id], world.Cases.List(Engineer, Searching(null), new PageRequest(null, 10), null, "west").Items.Select(each => each.Id));
        Assert.Empty(world.Cases.List(Engineer, Searching(null), new PageRequest(null, 10), null, "east").Items);
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task A_case_about_a_thing_stays_where_the_thing_is()
    {
        var id = (await world.OpenAsync(Raised("a1"))).Id;
        Assert.Equal("other-place", (await world.TryAsync(Engineer, id, Revise("{}", region: "west"))).Refusal!.Code);
    }

    private static ReviseCase Revise(string fields, Band? severity = null, string? region = null, string? title = null) => new(
        title is null ? null : Label.Of(title), severity, region, JsonSerializer.Deserialize<Dictionary<string, JsonElement?>>(fields)!, "核实");

    private static CaseFilter Searching(string? query) => new(null, null, null, null, null, null, query, null);

    private static Caller Of(string id, string region, Role role) => new(CallerKind.User, id, id, [new Grant(1, role, "plant", region)]);
}

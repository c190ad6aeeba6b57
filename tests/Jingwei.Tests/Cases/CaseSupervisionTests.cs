using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Those above ask, urge and instruct; who has the case answers.</summary>
public sealed class CaseSupervisionTests : IDisposable
{
    private static readonly Caller City = Of("city-chief", "city", Role.Engineer);
    private static readonly Caller County = Of("county-chief", "county", Role.Engineer);
    private static readonly Caller Officer = Of("officer", "county", Role.Operator);

    private readonly CaseWorld world = new(Overhaul.Packs);

    public CaseSupervisionTests()
    {
        world.Regions.Add(new Region("city", "市", "root", "city"));
        world.Regions.Add(new Region("county", "县", "city", "county"));
        world.Regions.Add(new Region("next", "邻县", "city", "county"));
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_instruction_says_from_where_it_comes_and_is_open_until_it_is_answered()
    {
        var id = await OpenAsync();
        var row = await world.DoAsync(City, id, new SuperviseCase(SupervisionKind.Instruct, "立即疏散", TimeSpan.FromMinutes(15)));
        Assert.Equal(1, row.Supervisions);
        Assert.Equal(new CaseSupervised(SupervisionKind.Instruct, "立即疏散", "city", true, Start.AddMinutes(15)), Events(id)[^1]);
        Assert.Equal([new Supervision(3, SupervisionKind.Instruct, "city-chief", Start.AddMinutes(15), false)], State(id).Supervisions.AsEnumerable());
        await world.DoAsync(County, id, new SuperviseCase(SupervisionKind.Ask, "有无伤亡", null));
        Assert.Equal(new CaseSupervised(SupervisionKind.Ask, "有无伤亡", "county", false, null), Events(id)[^1]);
        Assert.Equal([id], Supervised());
        Assert.Equal(1, (await world.DoAsync(Officer, id, new AnswerSupervision(3, "已疏散 40 人"))).Supervisions);
        await world.DoAsync(Officer, id, new AnswerSupervision(4, "无"));
        Assert.Empty(Supervised());
        Assert.Equal("supervision-unknown", await RefusedAsync(Officer, id, new AnswerSupervision(4, "无")));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task Only_who_configures_the_place_supervises_and_only_who_has_the_case_answers()
    {
        var id = await OpenAsync();
        var ask = new SuperviseCase(SupervisionKind.Ask, "进展", TimeSpan.FromHours(1));
        Assert.Equal("right-missing", await RefusedAsync(Officer, id, ask));
        Assert.Equal("case-not-found", await RefusedAsync(Of("next", "next", Role.Administrator), id, ask));
        Assert.Equal("not-a-person", await RefusedAsync(City with { Kind = CallerKind.Token }, id, ask));
        Assert.Equal("comment-required", await RefusedAsync(City, id, ask with { Text = " " }));
        Assert.Equal("answer-within-invalid", await RefusedAsync(City, id, ask with { AnswerWithin = TimeSpan.Zero }));
        Assert.Equal("answer-within-invalid", await RefusedAsync(City, id, ask with { AnswerWithin = TimeSpan.FromDays(93) }));
        await world.DoAsync(City, id, ask);
        await world.DoAsync(Officer, id, Take("take"));
        Assert.Equal("not-assignee", await RefusedAsync(County, id, new AnswerSupervision(3, "我替他答")));
        await world.DoAsync(Officer, id, new DelegateCase(new("county-chief", true), null));
        await world.DoAsync(County, id, new AnswerSupervision(3, "我替他答"));
    }

    [Fact]
    public async Task An_answer_is_overdue_once_whatever_else_happens_to_the_case_and_also_after_restarts()
    {
        var id = await OpenAsync();
        await world.DoAsync(City, id, new SuperviseCase(SupervisionKind.Urge, "抓紧", TimeSpan.FromMinutes(30)));
        await world.DoAsync(Officer, id, Take("take"));
        await world.DoAsync(Officer, id, new ReviseCase(Label.Of("另一个标题"), null, null, new Dictionary<string, System.Text.Json.JsonElement?>(), "核实"));
        world.Restart();
        world.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains(id, world.Cases.Overdue());
        await world.DoAsync(Caller.System, id, new PassTime());
        world.Restart();
        Assert.False((await world.TryAsync(Caller.System, id, new PassTime())).Changed);
        Assert.Equal([new CaseAnswerOverdue(3, Start.AddMinutes(30))], Events(id).OfType<CaseAnswerOverdue>());
        Assert.True(State(id).Supervisions.Single().Late);
        await world.DoAsync(Officer, id, new AnswerSupervision(3, "在路上"));
        Assert.DoesNotContain(State(id).Timers, timer => timer.Key == CaseTiming.AnswerTo(3));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task A_case_is_neither_closed_nor_merged_while_somebody_above_waits()
    {
        var id = await OpenAsync();
        var other = await OpenAsync();
        await world.DoAsync(Officer, id, Take("take"));
        await world.DoAsync(City, id, new SuperviseCase(SupervisionKind.Ask, "原因", null));
        await world.DoAsync(Officer, id, Take("repair", """{"cause":"wear","action":"换"}"""));
        Assert.Equal("answers-owed", await RefusedAsync(County, id, Take("verify")));
        Assert.Equal("answers-owed", (await world.Cases.MergeAsync(Officer, id, other, "同一件", null, TestContext.Current.CancellationToken)).Refusal!.Code);
        await world.DoAsync(Officer, id, new AnswerSupervision(5, "磨损"));
        Assert.True((await world.DoAsync(County, id, Take("verify"))).Final);
    }

    [Fact]
    public async Task Those_above_wait_for_so_much_at_once()
    {
        var id = await OpenAsync();
        for (var number = 0; number < CaseLimits.Supervisions; number++)
        {
            await world.DoAsync(City, id, new SuperviseCase(SupervisionKind.Ask, "进展", null));
        }

        Assert.Equal("supervisions-full", await RefusedAsync(City, id, new SuperviseCase(SupervisionKind.Ask, "进展", null)));
    }

    private static Caller Of(string id, string region, Role role) => new(CallerKind.User, id, id, [new Grant(1, role, "plant", region)]);

    private async Task<string> OpenAsync() => Accepted(await world.TryOpenAsync(Officer, Order() with { Region = "county" })).Id;

    private async Task<string?> RefusedAsync(Caller caller, string id, CaseSignal signal) => (await world.TryAsync(caller, id, signal)).Refusal?.Code;

    private Case State(string id) => world.Cases.Find(City, id)!.State;

    private List<CaseEvent> Events(string id) => [.. world.Cases.Find(City, id)!.History.Select(row => row.Placed.Event)];

    private IEnumerable<string> Supervised() => world.Cases
        .List(City, new CaseFilter(null, null, null, null, null, null, null, null) { Supervised = true }, new PageRequest(null, 10)).Items.Select(each => each.Id);
}

using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Merging, linking, versions.</summary>
public sealed class CaseTiesTests : IDisposable
{
    private readonly CaseWorld world = new(Overhaul.Packs);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_merged_case_is_closed_and_its_alarms_lead_to_the_other()
    {
        var one = (await world.OpenAsync(Raised("a1"))).Id;
        var other = (await world.OpenAsync(Raised("a2", thing: "m-02"))).Id;
        var merged = Accepted(await world.Cases.MergeAsync(Operator, one, other, "同一故障", null, Cancellation));
        Assert.Equal((true, "breakdown", other), (merged.Final, merged.State, merged.MergedInto));
        Assert.Equal(["a2", "a1"], world.Cases.Find(Operator, other)!.State.Alarms);
        Assert.Equal((other, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a2")));
        Assert.Equal("case-closed", (await world.Cases.MergeAsync(Operator, one, other, "再次", null, Cancellation)).Refusal!.Code);
        Assert.Empty(world.Verify().Altered);
        world.Tamper("DELETE FROM case_row");
        world.Restart();
        Assert.Equal((other, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a2")));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task A_merged_case_is_restored_as_it_was_with_its_alarms_and_new_deadlines()
    {
        var one = (await world.OpenAsync(Raised("a1") with { Type = "overhaul" })).Id;
        var other = (await world.OpenAsync(Raised("a2", thing: "m-02"))).Id;
        await world.DoAsync(Operator, one, Take("take"));
        Accepted(await world.Cases.MergeAsync(Operator, one, other, "同一故障", null, Cancellation));
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("comment-required", (await world.Cases.RestoreAsync(Operator, one, " ", null, Cancellation)).Refusal!.Code);
        var row = Accepted(await world.Cases.RestoreAsync(Operator, one, "不是同一故障", null, Cancellation));
        Assert.Equal((false, "open", null, "wang", false), (row.Final, row.State, row.MergedInto, row.Assignee, row.Late));
        var now = Start.AddHours(2);
        Assert.Equal((CaseTime.Of(now.AddHours(1)), null), (row.Due, row.ClosedAt));
        var state = world.Cases.Find(Operator, one)!.State;
        Assert.Equal((now.AddMinutes(20), now), (state.Task("isolate")!.Due, state.EnteredAt));
        Assert.Equal(["due", "escalate/0", "escalate/1", "remind/1800", "remind/600", "task/isolate/due", "task/isolate/remind/300"], state.Timers.Select(timer => timer.Key).Order(StringComparer.Ordinal));
        Assert.All(state.Timers, timer => Assert.True(timer.At > now && !timer.Fired));
        Assert.Equal((one, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a2")));
        Assert.Equal(["a2"], world.Cases.Find(Operator, other)!.State.Alarms);
        var said = Assert.IsType<CaseReleased>(world.Cases.Find(Operator, other)!.History[^1].Placed.Event);
        Assert.Equal((one, "a1", "不是同一故障"), (said.To, said.Alarms.Single(), said.Reason));
        Assert.Equal("case-not-merged", (await world.Cases.RestoreAsync(Operator, one, "再次", null, Cancellation)).Refusal!.Code);
        Assert.Empty(world.Verify().Altered);
        world.Tamper("DELETE FROM case_row");
        world.Restart();
        Assert.Equal((one, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a2")));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task A_case_is_not_restored_beside_another_of_its_rule_and_thing_nor_out_of_one_that_went_on()
    {
        var one = (await world.OpenAsync(Raised("a1"))).Id;
        var other = (await world.OpenAsync(Raised("a2", thing: "m-02"))).Id;
        Accepted(await world.Cases.MergeAsync(Operator, one, other, "同一故障", null, Cancellation));
        var again = (await world.OpenAsync(Raised("a3"))).Id;
        Assert.Equal("other-case-open", await RefusedAsync(one));
        Accepted(await world.Cases.MergeAsync(Operator, again, other, "也是", null, Cancellation));
        var third = (await world.OpenAsync()).Id;
        Accepted(await world.Cases.MergeAsync(Operator, other, third, "并案", null, Cancellation));
        Assert.Equal("other-case-merged", await RefusedAsync(one));
        Assert.Equal("right-missing", (await world.Cases.RestoreAsync(User("guest", Role.Viewer), one, "x", null, Cancellation)).Refusal!.Code);
        Accepted(await world.Cases.RestoreAsync(Operator, other, "分开", null, Cancellation));
        Assert.Equal((other, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a3")));
        Accepted(await world.Cases.RestoreAsync(Operator, one, "分开", null, Cancellation));
        Assert.Equal((one, other, other), (world.Cases.OfAlarm("a1"), world.Cases.OfAlarm("a2"), world.Cases.OfAlarm("a3")));
        Assert.Empty(world.Verify().Altered);

        async Task<string> RefusedAsync(string id) => (await world.Cases.RestoreAsync(Operator, id, "分开", null, Cancellation)).Refusal!.Code;
    }

    [Fact]
    public async Task A_case_is_merged_into_one_that_the_caller_may_work_on_and_gives_a_reason()
    {
        var one = (await world.OpenAsync()).Id;
        var other = (await world.OpenAsync()).Id;
        Assert.Equal("case-not-found", await RefusedAsync("2026-999999", "x"));
        Assert.Equal("comment-required", await RefusedAsync(other, ""));
        Assert.Equal("other-case-refused", await RefusedAsync(one, "x"));
        Assert.False(world.Cases.Find(Operator, one)!.State.Final);

        async Task<string> RefusedAsync(string into, string reason) =>
            (await world.Cases.MergeAsync(Operator, one, into, reason, null, Cancellation)).Refusal!.Code;
    }

    [Fact]
    public async Task Linked_cases_know_each_other_until_the_link_is_taken_away()
    {
        var one = (await world.OpenAsync()).Id;
        var other = (await world.OpenAsync()).Id;
        Accepted(await world.Cases.LinkAsync(Operator, one, other, true, "同一条线", null, Cancellation));
        Assert.Equal((other, one), (Links(one), Links(other)));
        Assert.False((await world.Cases.LinkAsync(Operator, other, one, true, null, null, Cancellation)).Changed);
        Accepted(await world.Cases.LinkAsync(Operator, other, one, false, null, null, Cancellation));
        Assert.Equal(("", ""), (Links(one), Links(other)));

        string Links(string id) => string.Join(' ', world.Cases.Find(Operator, id)!.State.Links);
    }

    [Fact]
    public async Task A_case_goes_by_the_version_that_it_began_with_when_packs_change_and_go()
    {
        var id = (await world.OpenAsync()).Id;
        world.Packs.Swap(Changed(WorkOrder.Type with { Transitions = [.. WorkOrder.Type.Transitions.Where(each => each.Id != "take")] }));
        Assert.Equal("assigned", (await world.DoAsync(Operator, id, Take("take"))).State);
        var later = (await world.OpenAsync()).Id;
        Assert.Equal("transition-unknown", (await world.TryAsync(Operator, later, Take("take"))).Refusal!.Code);
        world.Packs.Swap(Server.Packs.Model.PackSet.Empty);
        world.Restart();
        Assert.Equal("repaired", (await world.DoAsync(Operator, id, Take("repair", """{"cause":"wear","action":"换"}"""))).State);
        Assert.Equal(2, world.Cases.Definitions.All("work-order").Count);
        Assert.Equal("case-type-unknown", (await world.TryOpenAsync(Operator, Order())).Refusal!.Code);
    }

    [Fact]
    public async Task A_case_is_migrated_with_a_reason_by_who_may_configure_and_nothing_fires_twice()
    {
        var id = (await world.OpenAsync(Order() with { Type = "overhaul" })).Id;
        await world.DoAsync(Operator, id, new TickItem("power_off", true));
        await world.DoAsync(Operator, id, new EndTask("isolate", false, null));
        world.Time.Advance(TimeSpan.FromMinutes(35));
        await world.DoAsync(Caller.System, id, new PassTime());
        world.Packs.Swap(Changed(Overhaul.Type with { Plan = [Overhaul.Type.Plan[0], Overhaul.Type.Plan[1], Overhaul.Type.Plan[3] with { After = ["mend"] }] }));
        Assert.Equal("right-missing", (await MigrateAsync(Operator, "新版")).Refusal!.Code);
        Assert.Equal("comment-required", (await MigrateAsync(Engineer, "")).Refusal!.Code);
        var row = Accepted(await MigrateAsync(Engineer, "新版"));
        Assert.Equal((3, 1), (row.Tasks, row.TasksOver));
        var state = world.Cases.Find(Operator, id)!.State;
        Assert.Equal("isolate Done, mend Ready, clean_up Waiting", string.Join(", ", state.Tasks.Select(task => $"{task.Id} {task.Progress}")));
        Assert.Equal((Start, Start.AddHours(1)), (state.EnteredAt, state.Due));
        Assert.False((await world.TryAsync(Caller.System, id, new PassTime())).Changed);
        Assert.False((await MigrateAsync(Engineer, "再次")).Changed);
        Assert.Empty(world.Verify().Altered);

        Task<CaseOutcome> MigrateAsync(Caller caller, string reason) => world.Cases.MigrateAsync(caller, id, null, null, reason, null, Cancellation);
    }

    [Fact]
    public async Task A_version_without_the_cases_state_asks_for_one()
    {
        var id = (await world.OpenAsync()).Id;
        var next = WorkOrder.Type with
        {
            Initial = "assigned",
            States = [.. WorkOrder.Type.States.Skip(1)],
            Transitions = [.. WorkOrder.Type.Transitions.Where(each => !each.From.Contains("breakdown"))],
        };
        world.Packs.Swap(Changed(next));
        var refusal = (await world.Cases.MigrateAsync(Engineer, id, null, null, "新版", null, Cancellation)).Refusal!;
        Assert.Equal(("state-unknown", "state"), (refusal.Code, refusal.Errors.Keys.Single()));
        var row = Accepted(await world.Cases.MigrateAsync(Engineer, id, null, "assigned", "新版", null, Cancellation));
        Assert.Equal(("assigned", CaseTime.Of(Start.AddHours(2))), (row.State, row.Due));
    }

    private static Server.Packs.Model.PackSet Changed(Server.Packs.Model.CaseType type) => new(
        [Overhaul.Packs.Packs[0] with { Cases = [.. Overhaul.Packs.Packs[0].Cases.Select(each => each.Id == type.Id ? type : each)] }]);
}

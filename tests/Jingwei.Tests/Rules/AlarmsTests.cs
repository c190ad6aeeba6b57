using Jingwei.Server;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

public sealed class AlarmsTests : IDisposable
{
    private static readonly AlarmFilter All = new(Open: false, null, null, null, null, null);

    private readonly string path = Path.Combine(Path.GetTempPath(), $"jingwei-{Guid.NewGuid():N}.db");
    private readonly ManualTime time = new(At("2026-01-05T12:00:00Z"));
    private Database database;

    public AlarmsTests() => database = new Database(path);

    [Fact]
    public async Task An_alarm_explains_itself_in_both_languages()
    {
        var alarm = Assert.Single(await ApplyAsync(new Alarms(database, time), Raise(Hot)));
        Assert.Equal(
            new Label("hot报警：temperature值 66 °C，已持续10秒", "hot: temperature 66 °C, for 10 s"),
            alarm.Explanation);
    }

    [Fact]
    public async Task A_rule_and_thing_have_one_open_alarm()
    {
        var alarms = new Alarms(database, time);
        Assert.Single(await ApplyAsync(alarms, Raise(Hot), Raise(Hot)));
        Assert.Empty(await ApplyAsync(alarms, Raise(Hot)));
        Assert.Single(await ApplyAsync(alarms, Raise(Breakdown)));
        Assert.Equal(2, alarms.Open.Count);
    }

    [Fact]
    public async Task An_alarm_can_be_acknowledged_and_then_clear()
    {
        var alarms = new Alarms(database, time);
        var id = (await ApplyAsync(alarms, Raise(Hot)))[0].Id;
        var acknowledged = await alarms.AcknowledgeAsync(id, "li", "on it", TestContext.Current.CancellationToken);
        Assert.Equal((AlarmState.Acknowledged, "li", "on it"), (acknowledged!.State, acknowledged.AcknowledgedBy, acknowledged.Comment));
        Assert.Equal(time.GetUtcNow(), acknowledged.AcknowledgedAt);
        var cleared = Assert.Single(await ApplyAsync(alarms, Clear(Hot)));
        Assert.Equal((AlarmState.Cleared, "li"), (cleared.State, cleared.AcknowledgedBy));
        Assert.Empty(alarms.Open);
    }

    [Fact]
    public async Task An_alarm_that_cleared_first_stays_unacknowledged_until_somebody_does()
    {
        var alarms = new Alarms(database, time);
        var id = (await ApplyAsync(alarms, Raise(Hot), Clear(Hot)))[^1].Id;
        Assert.Null(alarms.Find(id)!.AcknowledgedAt);
        var acknowledged = await alarms.AcknowledgeAsync(id, "li", null, TestContext.Current.CancellationToken);
        Assert.Equal((AlarmState.Cleared, "li"), (acknowledged!.State, acknowledged.AcknowledgedBy));
        Assert.Empty(alarms.Open);
    }

    [Fact]
    public async Task The_first_acknowledgement_stands()
    {
        var alarms = new Alarms(database, time);
        var id = (await ApplyAsync(alarms, Raise(Hot)))[0].Id;
        await alarms.AcknowledgeAsync(id, "li", null, TestContext.Current.CancellationToken);
        Assert.Equal("li", (await alarms.AcknowledgeAsync(id, "wang", null, TestContext.Current.CancellationToken))!.AcknowledgedBy);
        Assert.Null(await alarms.AcknowledgeAsync(999, "li", null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Open_alarms_and_their_causes_survive_a_restart()
    {
        var before = (await ApplyAsync(new Alarms(database, time), Raise(Hot)))[0];
        database.Dispose();
        database = new Database(path);
        var alarms = new Alarms(database, time);
        var after = Assert.Single(alarms.Open);
        Assert.Equal((before.Id, before.Explanation, before.RaisedAt), (after.Id, after.Explanation, after.RaisedAt));
        Assert.Equal("temperature", Assert.Single(after.Cause.Values).Property);
        Assert.Equal(before.Id + 1, (await ApplyAsync(alarms, Raise(Breakdown)))[0].Id);
    }

    [Fact]
    public async Task Every_change_is_told_after_it_is_stored()
    {
        var alarms = new Alarms(database, time);
        var changes = alarms.Changes.Subscribe(10);
        await ApplyAsync(alarms, Raise(Hot));
        Assert.True(changes.TryRead(out var told));
        Assert.Equal(AlarmState.Raised, alarms.Find(told.Id)!.State);
        await alarms.LinkCaseAsync(told.Id, "c1", TestContext.Current.CancellationToken);
        Assert.True(changes.TryRead(out told));
        Assert.Equal("c1", told.Case);
    }

    [Fact]
    public async Task Lists_are_filtered_and_newest_first()
    {
        var alarms = new Alarms(database, time);
        await ApplyAsync(alarms, Raise(Hot), Raise(Breakdown), Raise(Hot, "m2"), Clear(Breakdown));
        Assert.Equal(["hot", "breakdown", "hot"], alarms.List(All, null, 10).Select(alarm => alarm.Rule));
        Assert.Equal(2, alarms.List(All with { Open = true }, null, 10).Count);
        Assert.Equal(["breakdown"], alarms.List(All with { State = AlarmState.Cleared }, null, 10).Select(alarm => alarm.Rule));
        Assert.Equal(["m2"], alarms.List(All with { Things = thing => thing == "m2" }, null, 10).Select(alarm => alarm.Thing));
        Assert.Equal([2L], alarms.List(All, before: 3, limit: 1).Select(alarm => alarm.Id));
        Assert.Empty(alarms.List(All with { Severity = Band.Red }, null, 10));
    }

    public void Dispose()
    {
        database.Dispose();
        File.Delete(path);
    }

    private static Task<IReadOnlyList<Alarm>> ApplyAsync(Alarms alarms, params RuleEvent[] events) =>
        alarms.ApplyAsync(events, TestContext.Current.CancellationToken);

    private static RuleEvent Raise(Rule rule, string thing = "m1")
    {
        var machine = Thing(thing);
        return rule == Hot
            ? RuleTrial.Run(With(rule), [machine], [Reading(machine, Temperature, "08:00:00", 66)], Us("2026-01-05T08:01:00Z"))[0]
            : RuleTrial.Run(With(rule), [machine], [Reading(machine, State, "08:00:00", "breakdown")], Us("2026-01-05T08:01:00Z"))[0];
    }

    private static RuleEvent Clear(Rule rule, string thing = "m1") => new(rule, thing, RuleTransition.Clear, At("2026-01-05T09:00:00Z"), null);
}

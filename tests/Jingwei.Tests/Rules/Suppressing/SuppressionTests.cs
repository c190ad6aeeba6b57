using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Rules;
using Jingwei.Server.Rules.Suppressing;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules.Suppressing;

/// <summary>Alarms that are held back, and alarms that belong to others, over the real store and directory.</summary>
public sealed class SuppressionTests : IAsyncDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"jingwei-{Guid.NewGuid():N}.db");
    private readonly ManualTime time = new(At("2026-01-05T08:00:00Z"));
    private readonly Database database;
    private readonly Things things;
    private readonly Suppressions suppressions;
    private readonly Alarms alarms;

    public SuppressionTests()
    {
        database = new Database(path);
        var regions = new Regions(database);
        things = new Things(database, new Parties(database), regions, time);
        suppressions = new Suppressions(database, things, regions, time);
        alarms = new Alarms(database, time, suppressions, things);
    }

    [Fact]
    public async Task A_shelved_alarm_is_held_back_and_opens_no_case_until_the_time_is_over()
    {
        await AddAsync("line", "m1");
        Shelve(rule: "breakdown", thing: "line", minutes: 30);
        var held = Assert.Single(await RaiseAsync("m1"));
        Assert.Equal((AlarmState.Suppressed, false), (held.State, held.AwaitsCase));
        Assert.Empty(alarms.AwaitingCase());
        Assert.Empty(alarms.List(new AlarmFilter(true, null, null, null, null, null), null, 10));

        time.Advance(TimeSpan.FromMinutes(30));
        await alarms.ReconsiderAsync(Cancel);
        var raised = Assert.Single(alarms.AwaitingCase());
        Assert.Equal((held.Id, AlarmState.Raised, (long?)null), (raised.Id, raised.State, raised.HeldBackBy));
    }

    [Fact]
    public async Task An_alarm_that_clears_while_it_is_held_back_is_never_raised()
    {
        await AddAsync("line", "m1");
        Shelve(rule: "breakdown", thing: "m1", minutes: 30);
        await RaiseAsync("m1");
        var cleared = Assert.Single(await ClearAsync("m1"));
        Assert.Equal((AlarmState.Cleared, false), (cleared.State, cleared.AwaitsCase));
        time.Advance(TimeSpan.FromHours(1));
        await alarms.ReconsiderAsync(Cancel);
        Assert.Empty(alarms.AwaitingCase());
    }

    [Fact]
    public async Task An_alarm_that_stands_is_held_back_when_maintenance_begins_and_comes_back_when_somebody_ends_it()
    {
        await AddAsync("line", "m1", "m2");
        await RaiseAsync("m1");
        await RaiseAsync("m2");
        var window = Shelve(rule: null, thing: "m1", minutes: 60);
        await alarms.ReconsiderAsync(Cancel);
        Assert.Equal([AlarmState.Suppressed, AlarmState.Raised], alarms.Open.OrderBy(alarm => alarm.Id).Select(alarm => alarm.State));

        suppressions.End(window, "li");
        await alarms.ReconsiderAsync(Cancel);
        Assert.All(alarms.Open, alarm => Assert.Equal(AlarmState.Raised, alarm.State));
        Assert.Equal("li", suppressions.Find(window.Id)!.EndedBy);
    }

    [Fact]
    public async Task What_is_held_back_stays_so_after_a_restart()
    {
        await AddAsync("line", "m1");
        Shelve(rule: "breakdown", thing: null, minutes: 30);
        await RaiseAsync("m1");
        var again = new Alarms(database, time, new Suppressions(database, things, new Regions(database), time), things);
        await again.ReconsiderAsync(Cancel);
        Assert.Equal(AlarmState.Suppressed, Assert.Single(again.Open).State);
    }

    [Fact]
    public async Task A_consequence_belongs_to_its_cause_and_stands_for_itself_when_the_cause_is_gone()
    {
        await AddAsync("line", "m1");
        var cause = Assert.Single(await alarms.ApplyAsync([Raise(Breakdown, "line")], Cancel));
        var starved = Rule("starved", "state == 'idle'") with { CausedBy = ["breakdown"] };
        var consequence = Assert.Single(await alarms.ApplyAsync([Raise(starved, "m1")], Cancel));
        Assert.Equal((cause.Id, false), (consequence.Group, consequence.AwaitsCase));

        var changed = await alarms.ApplyAsync([new RuleEvent(Breakdown, "line", RuleTransition.Clear, time.GetUtcNow(), null)], Cancel);
        Assert.Equal([(cause.Id, AlarmState.Cleared), (consequence.Id, AlarmState.Raised)], changed.Select(alarm => (alarm.Id, alarm.State)));
        Assert.True(changed[1].AwaitsCase);
    }

    [Fact]
    public async Task More_than_ten_alike_within_ten_minutes_are_one_flood()
    {
        var machines = Enumerable.Range(1, 12).Select(number => $"m{number}").ToArray();
        await AddAsync("line", machines);
        var raised = new List<Alarm>();
        foreach (var machine in machines)
        {
            raised.AddRange(await RaiseAsync(machine));
        }

        Assert.All(raised.Take(10), alarm => Assert.Null(alarm.Group));
        Assert.All(raised.Skip(10), alarm => Assert.Equal(raised[0].Id, alarm.Group));
        Assert.Equal(10, alarms.AwaitingCase().Count);

        time.Advance(TimeSpan.FromMinutes(11));
        await ClearAsync("m1");
        Assert.Null(Assert.Single(await RaiseAsync("m1")).Group);
    }

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        File.Delete(path);
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task AddAsync(string line, params string[] machines)
    {
        await things.AddAsync(Thing(line, "line"), Cancel);
        foreach (var machine in machines)
        {
            await things.AddAsync(Thing(machine, parent: line), Cancel);
        }
    }

    private Suppression Shelve(string? rule, string? thing, int minutes) => suppressions.Add(new Suppression(
        0, SuppressionKind.Shelved, rule, thing, null, time.GetUtcNow(), time.GetUtcNow().AddMinutes(minutes), "being worked on", "wang", time.GetUtcNow(), null, null))!;

    private Task<IReadOnlyList<Alarm>> RaiseAsync(string machine) => alarms.ApplyAsync([Raise(Breakdown, machine)], Cancel);

    private Task<IReadOnlyList<Alarm>> ClearAsync(string machine) =>
        alarms.ApplyAsync([new RuleEvent(Breakdown, machine, RuleTransition.Clear, time.GetUtcNow(), null)], Cancel);

    private RuleEvent Raise(Server.Packs.Model.Rule rule, string thing) =>
        new(rule, thing, RuleTransition.Raise, time.GetUtcNow(), new AlarmCause(rule.When!, [], time.GetUtcNow()));
}

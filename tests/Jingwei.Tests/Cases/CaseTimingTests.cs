using Dapper;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs.Model;
using Microsoft.Extensions.Logging.Abstractions;
using static Jingwei.Tests.Cases.CaseWorld;

namespace Jingwei.Tests.Cases;

/// <summary>Reminders, deadlines and escalation of states and tasks, counted by hand from <see cref="Overhaul"/>.</summary>
public sealed class CaseTimingTests : IDisposable
{
    private readonly CaseWorld world = new(Overhaul.Packs);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Each_fires_at_its_time_and_once_also_after_restarts()
    {
        var id = (await world.OpenAsync(Order() with { Type = "overhaul" })).Id;
        var fired = new List<string>();
        for (var minute = 0; minute < 240; minute++)
        {
            var before = world.Kinds(id).Count;
            await MarkAsync();
            fired.AddRange(world.Kinds(id).Skip(before).Select(kind => $"{minute} {kind}"));
            world.Time.Advance(TimeSpan.FromMinutes(1));
            if (minute % 50 == 0)
            {
                world.Restart();
            }
        }

        Assert.Equal(
            ["15 reminded", "20 task-overdue", "30 reminded", "50 reminded", "60 overdue", "90 escalated", "180 escalated"], fired);
        var state = world.Cases.Find(Operator, id)!.State;
        Assert.Equal((2, Band.Red, true, true), (state.Level, state.Severity, state.Late, state.Task("isolate")!.Late));
        Assert.All(state.Timers, timer => Assert.True(timer.Fired));
        Assert.Equal(0, world.Database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM case_deadline WHERE fired = 0")));
        Assert.Empty(world.Verify().Altered);
    }

    [Fact]
    public async Task All_that_passed_while_the_server_was_down_fires_in_its_order()
    {
        var id = (await world.OpenAsync(Order() with { Type = "overhaul" })).Id;
        world.Time.Advance(TimeSpan.FromMinutes(100));
        world.Restart();
        Assert.Equal(1, await MarkAsync());
        Assert.Equal(["reminded", "task-overdue", "reminded", "reminded", "overdue", "escalated"], world.Kinds(id).Skip(3));
        Assert.Equal(0, await MarkAsync());
    }

    [Fact]
    public async Task What_a_case_has_left_behind_does_not_fire()
    {
        var id = (await world.OpenAsync()).Id;
        await world.DoAsync(Operator, id, Take("take"));
        Assert.Equal(
            ["due"], world.Database.Read(store => store.Query<string>("SELECT key FROM case_deadline WHERE case_id = @id", new { id })));
        await world.DoAsync(Operator, id, Take("repair", """{"cause":"wear","action":"换"}"""));
        Assert.Empty(world.Cases.Find(Operator, id)!.State.Timers);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await MarkAsync());
    }

    [Fact]
    public void Working_time_is_counted_in_the_partys_zone()
    {
        var office = new WorkCalendar(
            "office", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            [new(new(8, 0), new(17, 0))], [], [], null, Label.Of("office"));
        var state = new CaseState("open", false, TimeSpan.FromHours(2), Label.Of("开")) { Calendar = office, Remind = [TimeSpan.FromHours(1)] };
        // Friday 16:30 in Shanghai is 08:30 UTC; half an hour is left of Friday, and an hour and a half of Monday is needed.
        var friday = new DateTimeOffset(2026, 3, 6, 8, 30, 0, TimeSpan.Zero);
        var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.Zero), CaseTiming.DueIn(state, Band.Orange, friday, WorkClock.Of(shanghai)));
        Assert.Equal([new CaseTimer("remind/3600", new DateTimeOffset(2026, 3, 9, 0, 30, 0, TimeSpan.Zero))], CaseTiming.Of(state, Band.Orange, friday, WorkClock.Of(shanghai))!.Value.AsEnumerable());
    }

    [Fact]
    public void An_escalation_reads_as_a_sentence()
    {
        var step = Overhaul.Type.State("open").Escalations[0];
        Assert.Equal(
            new Label("1 小时 30 分钟后仍未办，通知县值班工程师，升为红色", "after 1 h 30 min, notify the engineers on duty of the county and raise it to red"),
            CaseWording.Sentence(step, working: false));
        Assert.Equal(
            new Label("工作时间3 小时后仍未办，通知发起人", "after 3 h of working time, notify whoever opened it"),
            CaseWording.Sentence(Overhaul.Type.State("open").Escalations[1], working: true));
    }

    [Fact]
    public void An_escalation_reaches_the_countys_own_people_first()
    {
        var users = new Users(world.Database, world.Time);
        world.Regions.Add(new Region("370100", "济南", "root", "city"));
        world.Regions.Add(new Region("370102", "历下", "370100", "county"));
        world.Regions.Add(new Region("shop", "车间", "370102", "site"));
        foreach (var (id, region) in new[] { ("chief", "root"), ("county", "370102"), ("shopkeeper", "shop") })
        {
            users.Add(id, id, "root", "correct horse battery");
            users.AddGrant(id, Role.Engineer, "root", region);
        }

        var recipients = new CaseRecipients(users, world.Parties, world.Regions);
        var row = CaseRow.Of(CaseFold.Of([new("1", 1, Start, "chief", new CaseOpened("overhaul", "open", null, Band.Blue, null, "plant", "shop", null))])!, 1);
        var escalated = new CaseEscalated("escalate/0", "open", 1, TimeSpan.Zero, Recipient.Duty, Right.Configure, "county", null);
        Assert.Equal(["county"], recipients.Of(escalated, row).Select(user => user.Id));
        Assert.Equal(["chief"], recipients.Of(escalated with { Of = "city" }, row).Select(user => user.Id));
        Assert.Equal(["shopkeeper"], recipients.Of(escalated with { Of = null }, row).Select(user => user.Id));
        Assert.Equal(["chief"], recipients.Of(escalated with { Notify = Recipient.Opener }, row).Select(user => user.Id));
    }

    private async Task<int> MarkAsync()
    {
        using var deadlines = new CaseDeadlines(world.Cases, world.Time, NullLogger<CaseDeadlines>.Instance);
        return await deadlines.MarkAsync(TestContext.Current.CancellationToken);
    }
}

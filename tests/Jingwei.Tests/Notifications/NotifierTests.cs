using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Notifications;
using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Packs.Model;
using Jingwei.Tests.Cases;
using static Jingwei.Tests.Notifications.NotifyWorld;

namespace Jingwei.Tests.Notifications;

/// <summary>Who is told of what: once, also over restarts.</summary>
public sealed class NotifierTests : IDisposable
{
    private readonly NotifyWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_red_alarm_is_told_to_those_who_may_see_it_when_it_is_raised_and_to_subscribers_when_it_clears()
    {
        await world.AddThingAsync("m1");
        world.Set("li", Everything());
        await world.RaiseAsync();
        await world.TellAsync();
        await world.ClearAsync();
        await world.TellAsync();
        Assert.Equal(["AlarmRaised m1"], world.Told("wang"));
        Assert.Equal(["AlarmRaised m1", "AlarmCleared m1"], world.Told("li"));
        Assert.Empty(world.Told("stranger"));
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_after_a_restart_and_what_was_not_is()
    {
        await world.AddThingAsync("m1");
        await world.AddThingAsync("m2");
        world.Set("li", Everything());
        await world.RaiseAsync();
        await world.TellAsync();
        await world.ClearAsync();
        await world.RaiseAsync("m2");
        world.Restart();
        await world.TellAsync();
        world.Restart();
        await world.TellAsync();
        Assert.Equal(["AlarmRaised m1", "AlarmRaised m2", "AlarmCleared m1"], world.Told("li"));
        Assert.Equal(3, world.Count("notice"));
    }

    [Fact]
    public async Task An_alarm_that_was_raised_and_cleared_before_the_first_look_is_told_as_both()
    {
        await world.AddThingAsync("m1");
        world.Set("li", Everything());
        await world.RaiseAsync();
        await world.ClearAsync();
        await world.TellAsync();
        Assert.Equal(["AlarmRaised m1", "AlarmCleared m1"], world.Told("li"));
    }

    [Fact]
    public async Task A_burst_beyond_one_batch_is_told_whole()
    {
        world.Set("li", Everything());
        for (var thing = 0; thing < NotificationLimits.Batch + 5; thing++)
        {
            await world.AddThingAsync($"t{thing}");
            await world.RaiseAsync($"t{thing}");
        }

        await world.TellAsync();
        Assert.Equal(NotificationLimits.Batch + 5, world.Told("li").Count());
    }

    [Fact]
    public async Task A_case_is_told_to_its_assignee_and_not_to_who_assigned_it()
    {
        var id = (await OpenAsync()).Id;
        await SignalAsync("li", id, CaseWorld.Take("assign", assignee: "wang"));
        await world.TellAsync();
        Assert.Equal([$"CaseAssigned {id}"], world.Told("wang"));
        Assert.Empty(world.Told("li"));
    }

    [Fact]
    public async Task Who_takes_a_case_himself_is_not_told_so_but_that_it_is_overdue()
    {
        var id = (await OpenAsync()).Id;
        await SignalAsync("wang", id, CaseWorld.Take("take"));
        world.Time.Advance(TimeSpan.FromHours(3));
        await world.Cases.SignalAsync(Caller.System, id, new Jingwei.Server.Cases.PassTime(), cancellation: Cancellation);
        await world.TellAsync();
        Assert.Equal([$"CaseOverdue {id}"], world.Told("wang"));
    }

    [Fact]
    public async Task What_happens_in_an_exercise_is_told_as_one()
    {
        var opened = CaseWorld.Accepted(await world.Cases.OpenAsync(CaseWorld.Operator, CaseWorld.Order() with { Exercise = true }, null, Cancellation));
        await SignalAsync("li", opened.Id, CaseWorld.Take("assign", assignee: "wang"));
        world.AddWebhook("all");
        await world.TellAsync();
        var told = Assert.Single(world.Notifications.List(world.CallerOf("wang"), false, null, 10));
        Assert.Equal(($"【演练】交办 {opened.Id} M-01 主轴过热", $"[EXERCISE] Assigned: {opened.Id} M-01 主轴过热"), (told.Subject.Zh, told.Subject.En));
        var sent = world.Database.Read(store => store.Query<string>("SELECT body FROM delivery WHERE target = 'webhook:all'").AsList());
        Assert.Equal(2, sent.Count);
        Assert.All(sent, body => Assert.Contains("\"exercise\":true", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_a_case_hears_of_those_above_who_hear_of_the_answer_or_that_there_is_none()
    {
        var id = (await OpenAsync()).Id;
        await SignalAsync("wang", id, CaseWorld.Take("take"));
        await SignalAsync("li", id, new Jingwei.Server.Cases.SuperviseCase(Jingwei.Server.Cases.SupervisionKind.Ask, "几点能好", TimeSpan.FromMinutes(30)));
        await world.TellAsync();
        Assert.Equal([$"CaseSupervised {id}"], world.Told("wang"));
        Assert.Empty(world.Told("li"));
        await PassAsync(id, 31);
        Assert.Equal([$"CaseAnswerOverdue {id}"], world.Told("li"));
        Assert.Contains($"CaseAnswerOverdue {id}", world.Told("wang"));
        await SignalAsync("wang", id, new Jingwei.Server.Cases.AnswerSupervision(5, "六点"));
        await world.TellAsync();
        Assert.Equal([$"CaseAnswerOverdue {id}", $"CaseAnswered {id}"], world.Told("li"));
    }

    [Fact]
    public async Task A_reminder_reaches_who_has_the_case_and_an_escalation_whom_its_sentence_names()
    {
        var opened = CaseWorld.Accepted(await world.Cases.OpenAsync(CaseWorld.Operator, CaseWorld.Order() with { Type = "overhaul" }, null, Cancellation));
        await SignalAsync("wang", opened.Id, CaseWorld.Take("take"));
        // Half an hour before the end of the first hour.
        await PassAsync(opened.Id, 30);
        Assert.Contains($"CaseDue {opened.Id}", world.Told("wang"));
        Assert.Empty(world.Told("li"));
        // After an hour and a half whoever may configure there: no county is named, so the region's own.
        await PassAsync(opened.Id, 60);
        Assert.Equal([$"CaseEscalated {opened.Id}"], world.Told("li"));
        Assert.DoesNotContain($"CaseEscalated {opened.Id}", world.Told("wang"));
    }

    [Fact]
    public async Task Without_settings_an_orange_alarm_is_told_to_whom_is_on_call_alone()
    {
        await world.AddThingAsync("m1");
        world.Rotas.Save(RotaTests.Weekly("plant", "wang", "li"), 0);
        await world.RaiseAsync(severity: Band.Orange);
        await world.TellAsync();
        Assert.Equal(["AlarmRaised m1"], world.Told("wang"));
        Assert.Empty(world.Told("li"));
    }

    [Theory]
    [InlineData("hot", Band.Red, true)]
    [InlineData("hot", Band.Yellow, false)]
    public async Task A_subscription_narrows_by_kind_severity_and_type(string rule, Band severity, bool told)
    {
        await world.AddThingAsync("m1");
        world.Set("li", Everything() with
        {
            Subscriptions = [new(new([NotificationKind.AlarmRaised], [Band.Red, Band.Orange], ["machine"]), "plant", null, Concern.All, false)],
        });
        await world.RaiseAsync(severity: severity, rule: rule);
        await world.ClearAsync(rule: rule);
        await world.TellAsync();
        Assert.Equal(told ? ["AlarmRaised m1"] : [], world.Told("li"));
    }

    [Fact]
    public async Task Mail_waits_for_the_end_of_the_quiet_hours_unless_it_is_red()
    {
        await world.AddThingAsync("m1");
        await world.AddThingAsync("m2");
        // 16:00 in Shanghai, quiet until 18:00 there, which is 10:00 UTC.
        world.Set("li", Everything("li@example.org") with { Quiet = new(new TimeOnly(12, 0), new TimeOnly(18, 0)) });
        await world.RaiseAsync("m1", Band.Red);
        await world.RaiseAsync("m2", Band.Orange);
        await world.TellAsync();
        Assert.Equal(
            [Start, Start.AddHours(2)], world.All("mail:li").Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.Next)));
        Assert.Equal(2, world.Told("li").Count());
    }

    [Fact]
    public async Task A_webhook_is_told_of_its_party_and_what_it_is_interested_in()
    {
        await world.AddThingAsync("m1", "line");
        await world.AddThingAsync("x1", "other");
        world.AddWebhook("all");
        world.AddWebhook("orange", interest: new([], [Band.Orange], []));
        world.AddWebhook("elsewhere", party: "other");
        await world.RaiseAsync("m1");
        await world.TellAsync();
        Assert.Equal(["webhook:all"], world.All().Select(row => row.Target));
    }

    [Fact]
    public async Task Counts_say_how_many_were_told_reached_read_and_acknowledged()
    {
        await world.AddThingAsync("m1");
        world.AddUser("zhao", Role.Viewer, "plant");
        await world.RaiseAsync();
        await world.TellAsync();
        var (wang, li) = (world.CallerOf("wang"), world.CallerOf("li"));
        world.Notifications.MarkUpTo(wang, long.MaxValue, read: false);
        await world.Notifications.MarkAsync(li, long.Parse(world.Notifications.List(li, true, null, 1)[0].Id, System.Globalization.CultureInfo.InvariantCulture), true, Cancellation);
        var counted = Assert.Single(world.Notices.List(li, null, null, null, 10));
        Assert.Equal((3L, 2L, 1L, 1L), (counted.Told, counted.Reached, counted.Read, counted.Acknowledged));
        Assert.Equal((1L, 0L), (world.Notifications.CountUnread(wang), world.Notifications.CountUnread(li)));
        Assert.Equal(["li", "wang", "zhao"], world.Notices.Recipients(1).Select(each => each.User));
        Assert.Empty(world.Notices.List(world.CallerOf("stranger"), null, null, null, 10));
    }

    [Fact]
    public async Task Nobody_marks_what_is_somebody_elses()
    {
        await world.AddThingAsync("m1");
        await world.RaiseAsync();
        await world.TellAsync();
        var id = long.Parse(world.Notifications.List(world.CallerOf("wang"), false, null, 1)[0].Id, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(await world.Notifications.MarkAsync(world.CallerOf("li"), id, true, Cancellation));
        Assert.Equal(1, world.Notifications.CountUnread(world.CallerOf("wang")));
    }

    [Fact]
    public async Task Who_lost_the_right_to_see_a_place_sees_its_notifications_no_more()
    {
        await world.AddThingAsync("m1");
        await world.RaiseAsync();
        await world.TellAsync();
        var grant = world.Users.Find("wang")!.Grants[0];
        world.Users.RemoveGrant("wang", grant.Id);
        Assert.Empty(world.Told("wang"));
        Assert.Equal(0, world.Notifications.CountUnread(world.CallerOf("wang")));
    }

    private async Task<Jingwei.Server.Cases.CaseRow> OpenAsync() =>
        CaseWorld.Accepted(await world.Cases.OpenAsync(CaseWorld.Operator, CaseWorld.Order(), null, Cancellation));

    private async Task PassAsync(string id, int minutes)
    {
        world.Time.Advance(TimeSpan.FromMinutes(minutes));
        await world.Cases.SignalAsync(Caller.System, id, new Jingwei.Server.Cases.PassTime(), cancellation: Cancellation);
        await world.TellAsync();
    }

    private async Task SignalAsync(string user, string id, Jingwei.Server.Cases.CaseSignal signal) =>
        CaseWorld.Accepted(await world.Cases.SignalAsync(world.CallerOf(user), id, signal, cancellation: Cancellation));
}

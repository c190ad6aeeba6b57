using Jingwei.Server;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Tests.Packs;

namespace Jingwei.Tests.Notifications;

/// <summary>What notifications say, and what `pack check` says of a pack's own words.</summary>
public sealed class WordingTests : IDisposable
{
    private readonly NotifyWorld world = new();
    private readonly TemporaryPacks packs = new();

    public void Dispose()
    {
        world.Dispose();
        packs.Dispose();
    }

    [Fact]
    public async Task Without_words_of_a_pack_the_platforms_are_used()
    {
        await world.AddThingAsync("m1");
        await world.RaiseAsync();
        await world.TellAsync();
        var told = world.Notifications.List(world.CallerOf("wang"), false, null, 1)[0];
        Assert.Equal(new Label("【紧急】钻机 m1：hot报警", "[Critical] 钻机 m1: hot"), told.Subject);
        Assert.Contains("时间：2026-03-02 16:00", told.Body.Zh, StringComparison.Ordinal);
        Assert.Contains("What to do: check", told.Body.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{thing.name}} {{alarm.values['temperature']}}", "钻机 m1 66 °C")]
    [InlineData("{{alarm.raised.getHours('Asia/Shanghai')}} {{has(alarm.cleared)}} {{1.5 * 2.0}}", "16 false 3")]
    [InlineData("no expression }} here", "no expression }} here")]
    public async Task A_packs_words_are_evaluated(string subject, string expected)
    {
        Speak(subject);
        await world.AddThingAsync("m1");
        await world.RaiseAsync();
        await world.TellAsync();
        Assert.Equal(expected, world.Notifications.List(world.CallerOf("wang"), false, null, 1)[0].Subject.En);
    }

    [Fact]
    public async Task Words_that_give_no_value_are_replaced_by_the_platforms()
    {
        Speak("{{alarm.values['pressure']}}");
        await world.AddThingAsync("m1");
        await world.RaiseAsync();
        await world.TellAsync();
        Assert.Equal("[Critical] 钻机 m1: hot", world.Notifications.List(world.CallerOf("wang"), false, null, 1)[0].Subject.En);
    }

    [Theory]
    [InlineData("kinds: [alarmRaised]\nrule: hot", "{{thing.name}}", null)]
    [InlineData("kinds: [caseAssigned]\ncase: repair", "{{case.number}} {{has(case.due) ? local(case.due) : ''}}", null)]
    [InlineData("kinds: [alarmRaised]", "{{thing.nam}}", "text/en.yaml:15:27: ")]
    [InlineData("kinds: [alarmRaised]", "{{case.number}}", "text/en.yaml:15:21: ")]
    [InlineData("kinds: [alarmRaised]", "{{alarm.raised}}", "text/en.yaml:15:21: alarm.raised gives timestamp (expected text, a number or a boolean)")]
    [InlineData("kinds: [alarmRaised]", "{{thing.name", "text/en.yaml:15:19: no }} ends this expression (expected {{ and }} around each expression)")]
    [InlineData("kinds: [alarmRaised, caseClosed]", "x", "notifications/own.yaml:2:8: kinds of alarms and of cases together (expected one notification for each)")]
    [InlineData("kinds: [alarmRaised]\nrule: hoot", "x", "notifications/own.yaml:3:7: no rule hoot, did you mean hot? (expected a rule of this pack)")]
    [InlineData("kinds: [alarmRaised]\ncase: repair", "x", "notifications/own.yaml:3:7: case narrows cases alone (expected no case)")]
    [InlineData("kinds: [alarmRised]", "x", "notifications/own.yaml:2:9: ")]
    public void Pack_check_finds_what_is_wrong(string declared, string subject, string? expected)
    {
        packs.Write("mill/notifications/own.yaml", $"notification: own\n{declared}\n");
        packs.Change("text/zh.yaml", "views: {", "notifications:\n  own: {subject: 题, body: 文}\nviews: {");
        packs.Change("text/en.yaml", "views: {", $"notifications:\n  own: {{subject: \"{subject}\", body: text}}\nviews: {{");
        var loaded = PackLoader.Load(packs.Mill);
        Assert.Equal(expected is null, loaded.Packs is not null);
        if (expected is null)
        {
            Assert.Equal("own", Assert.Single(loaded.Packs!.Notifications).Id);
        }
        else
        {
            Assert.StartsWith(expected, Assert.Single(loaded.Problems).ToString(), StringComparison.Ordinal);
        }
    }

    private void Speak(string subject) => world.Packs.Swap(new PackSet(
        [world.Packs.Current.Packs[0] with { Notifications = [new("own", "floor", [NotificationKind.AlarmRaised], "hot", null, Label.Of(subject), Label.Of("x"))] }]));
}

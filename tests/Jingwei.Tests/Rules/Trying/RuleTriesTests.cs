using System.Globalization;
using Jingwei.Server;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Rules.Trying;
using Jingwei.Server.Telemetry;
using Jingwei.Tests.Telemetry;

namespace Jingwei.Tests.Rules.Trying;

/// <summary>Rules over the past, read back from the real engine.</summary>
[Collection(EngineTests.Name)]
public sealed class RuleTriesTests(EngineFixture engine)
{
    private static readonly DateTimeOffset From = Bench.Start - TimeSpan.FromHours(2);

    [Fact]
    public async Task A_new_rule_tells_what_it_would_have_raised()
    {
        await using var bench = await FilledAsync();
        var lines = await TryAsync(bench, new(null, Plant.Type, "temperature > 80.0", null, "2m", null, null, From, Bench.Start));

        // Minutes 10 to 19 are hot; it has to hold for two, and the first cool one is that of minute 20.
        var alarm = Assert.Single(lines.OfType<RuleTryAlarm>());
        Assert.Equal(("m1", TriedOutcome.New, Minute(12), Minute(20)), (alarm.Thing, alarm.Outcome, alarm.RaisedAt, alarm.ClearedAt!.Value));
        var end = Assert.IsType<RuleTryEnd>(lines[^1]);
        Assert.Equal((3, 120, 1, 1, 0), (end.Totals.Things, (int)end.Totals.Readings, (int)end.Totals.Raised, (int)end.Totals.New, (int)end.Totals.Missing));
        Assert.Equal((120, 10), (end.Counts.Evaluated, end.Counts.Matched));
        Assert.False(end.IsCut);
    }

    [Fact]
    public async Task A_changed_rule_stands_beside_what_was_raised()
    {
        await using var bench = await FilledAsync();
        var rule = new Rule("hot", "plant", Plant.Type, Band.Red, "temperature > 80.0", null, TimeSpan.Zero, TimeSpan.Zero, null, null, Label.Of("Hot"), Label.Of(""));
        bench.Packs.Swap(new([.. bench.Packs.Current.Packs.Select(pack => pack with { Rules = [rule] })]));
        var alarms = new Alarms(bench.Database, bench.Clock);
        await RaiseAsync(alarms, rule, Minute(10), Minute(20));
        await RaiseAsync(alarms, rule, Minute(60), Minute(61));

        // As it is: the second one, of which the readings know nothing, is missing.
        var same = await TryAsync(bench, new("hot", null, null, null, null, null, null, From, Bench.Start), alarms);
        Assert.Equal([TriedOutcome.Both, TriedOutcome.Missing], same.OfType<RuleTryAlarm>().Select(alarm => alarm.Outcome));

        // Changed: also what was merely warm.
        var lower = await TryAsync(bench, new("hot", null, "temperature > 50.0", null, null, null, null, From, Bench.Start), alarms);
        Assert.Equal([TriedOutcome.Both, TriedOutcome.Missing, TriedOutcome.New], lower.OfType<RuleTryAlarm>().Select(alarm => alarm.Outcome));
        var totals = Assert.IsType<RuleTryEnd>(lower[^1]).Totals;
        Assert.Equal((2, 1, 1, 1), (totals.Raised, totals.Both, totals.New, totals.Missing));
        Assert.Equal(2, alarms.List(new AlarmFilter(false, null, null, null, null, null), null, 10).Count);
    }

    [Fact]
    public async Task What_held_before_the_period_counts()
    {
        await using var bench = await FilledAsync();
        await bench.StoreAsync("m1", Message(30, "\"state\":\"breakdown\""));
        var lines = await TryAsync(
            bench, new(null, Plant.Type, "state == 'breakdown' && temperature > 10.0", null, null, null, null, Minute(45), Bench.Start));
        Assert.Equal(Minute(45), Assert.Single(lines.OfType<RuleTryAlarm>()).RaisedAt);
    }

    [Fact]
    public async Task A_silence_is_found()
    {
        await using var bench = await FilledAsync();
        var absent = new AbsenceItem("temperature", "20m");
        await bench.StoreAsync("m2", Message(0, "\"temperature\":20"));
        await bench.StoreAsync("m2", Message(50, "\"temperature\":20"));
        var lines = await TryAsync(bench, new(null, Plant.Type, null, null, null, null, absent, From, Minute(60)));
        var silences = lines.OfType<RuleTryAlarm>().Where(alarm => alarm.Thing == "m2").ToList();
        Assert.Equal((Minute(20), Minute(50)), (Assert.Single(silences).RaisedAt, silences[0].ClearedAt!.Value));
        Assert.DoesNotContain(lines.OfType<RuleTryAlarm>(), alarm => alarm.Thing == "m1");
    }

    [Fact]
    public async Task A_long_past_is_read_in_pieces_and_comes_out_the_same()
    {
        await using var bench = await Bench.StartAsync(engine);
        for (var day = 0; day < 20; day++)
        {
            await bench.SendAsync("m1", Message(-(day * 24 * 60) - 5, "\"temperature\":100"));
            await bench.SendAsync("m1", Message(-(day * 24 * 60), "\"temperature\":20"));
        }

        await bench.SettleAsync();
        var lines = await TryAsync(bench, new(null, Plant.Type, "temperature > 80.0", null, null, null, null, From - TimeSpan.FromDays(25), Bench.Start));
        Assert.Equal(20, lines.OfType<RuleTryAlarm>().Count());
        Assert.All(lines.OfType<RuleTryAlarm>(), alarm => Assert.Equal(TimeSpan.FromMinutes(5), alarm.ClearedAt - alarm.RaisedAt));
    }

    [Theory]
    [InlineData("temperture > 80.0", null, "when: 1:1")]
    [InlineData("temperature", null, "when: 1:1")]
    [InlineData("temperature > 80.0", "soon", "for: 'soon'")]
    [InlineData(null, null, "when: a condition is needed")]
    public void Mistakes_are_told_with_their_place(string? when, string? lasts, string expected)
    {
        var (rule, faults) = TriedRules.Read(new(null, Plant.Type, when, null, lasts, null, null, From, null), Plant.Packs);
        Assert.Null(rule);
        Assert.StartsWith(expected, Assert.Single(faults));
    }

    [Fact]
    public void Rules_and_types_that_are_not_there_are_told()
    {
        Assert.Equal(["rule: there is no rule 'cold'"], TriedRules.Read(new("cold", null, null, null, null, null, null, From, null), Plant.Packs).Faults);
        Assert.Equal(["type: there is no thing type 'ship'"], TriedRules.Read(new(null, "ship", "true", null, null, null, null, From, null), Plant.Packs).Faults);
    }

    [Fact]
    public async Task Only_one_is_tried_at_a_time()
    {
        await using var bench = await Bench.StartAsync(engine);
        var tries = new RuleTries(bench.Queries, bench.Series, new Alarms(bench.Database, bench.Clock), bench.Clock);
        using (Assert.IsAssignableFrom<IDisposable>(tries.TryBegin()))
        {
            Assert.Null(tries.TryBegin());
        }

        tries.TryBegin()!.Dispose();
    }

    // Two hours of a reading a minute: 20 degrees, from minute 10 on 100 for ten minutes, from minute 80 on 60 for ten.
    private async Task<Bench> FilledAsync()
    {
        var bench = await Bench.StartAsync(engine);
        for (var minute = 0; minute < 120; minute++)
        {
            var temperature = minute switch { >= 10 and < 20 => 100, >= 80 and < 90 => 60, _ => 20 };
            await bench.SendAsync("m1", Message(minute, $"\"temperature\":{temperature}"));
        }

        await bench.SettleAsync();
        return bench;
    }

    private static async Task<List<RuleTryLine>> TryAsync(Bench bench, RuleTryRequest request, Alarms? alarms = null)
    {
        var (rule, faults) = TriedRules.Read(request, bench.Packs.Current);
        Assert.Empty(faults);
        var tries = new RuleTries(bench.Queries, bench.Series, alarms ?? new Alarms(bench.Database, bench.Clock), bench.Clock);
        var things = bench.Things.All.OrderBy(thing => thing.Id, StringComparer.Ordinal).ToList();
        List<RuleTryLine> lines = [];
        await foreach (var line in tries.RunAsync(rule!, things, Instant.Of(request.From), Instant.Of(request.To!.Value), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    private static async Task RaiseAsync(Alarms alarms, Rule rule, DateTimeOffset from, DateTimeOffset to) => await alarms.ApplyAsync(
        [
            new RuleEvent(rule, "m1", RuleTransition.Raise, from, new AlarmCause(rule.When!, [], from)),
            new RuleEvent(rule, "m1", RuleTransition.Clear, to, null),
        ],
        TestContext.Current.CancellationToken);

    private static DateTimeOffset Minute(int minute) => From + TimeSpan.FromMinutes(minute);

    private static string Message(int minute, string values) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"ts\":{Minute(minute).ToUnixTimeMilliseconds()},\"values\":{{{values}}}}}");
}

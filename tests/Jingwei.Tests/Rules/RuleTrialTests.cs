using Jingwei.Server;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

public sealed class RuleTrialTests
{
    private static readonly Server.Directory.Thing Machine = Thing("m1");

    [Fact]
    public void Hysteresis_and_delays_follow_event_time() =>
        Assert.Equal(
            ["+hot 08:00:15", "-hot 08:01:10"],
            Run([Hot], "08:02:00", T("08:00:00", 60), T("08:00:05", 66), T("08:00:20", 64), T("08:00:40", 59), T("08:01:00", 57)));

    [Fact]
    public void A_peak_shorter_than_the_delay_raises_nothing() =>
        Assert.Empty(Run([Hot], "08:02:00", T("08:00:00", 66), T("08:00:09", 64)));

    [Fact]
    public void A_condition_that_held_long_enough_before_the_next_reading_raised_at_its_time() =>
        Assert.Equal(["+hot 08:00:10", "-hot 08:00:40"], Run([Hot], "08:01:00", T("08:00:00", 66), T("08:00:30", 50)));

    [Fact]
    public void A_condition_that_simply_keeps_holding_raises_without_further_readings() =>
        Assert.Equal(["+hot 08:00:10"], Run([Hot], "08:05:00", T("08:00:00", 66)));

    [Fact]
    public void A_rule_waits_until_everything_that_it_reads_is_known()
    {
        var counters = new RuleCounters();
        var rule = Rule("both", "temperature > 50.0 && state == 'producing'");
        Assert.Equal(
            ["+both 08:00:02"],
            Shown(RuleTrial.Run(
                With(rule), [Machine], [T("08:00:00", 60), T("08:00:01", 61), S("08:00:02", "producing")], Us("2026-01-05T09:00:00Z"), counters)));
        Assert.Equal(new RuleCounts(1, 1, 1, 2, 0, 2, 0, 0, null), counters.Of("both") with { Milliseconds = 0 });
    }

    [Fact]
    public void Readings_of_one_time_are_one_picture()
    {
        // The state changes and the temperature falls at the same time: at no time was it producing and hot.
        var rule = Rule("both", "temperature > 50.0 && state == 'producing'");
        Assert.Empty(Run([rule], "09:00:00", T("08:00:00", 60), S("08:00:00", "idle"), S("08:01:00", "producing"), T("08:01:00", 20)));
    }

    [Fact]
    public void Late_data_raises_nothing_and_is_counted()
    {
        var counters = new RuleCounters();
        var late = S("08:00:00", "breakdown") with { Arrived = Us("2026-01-05T08:05:01Z") };
        Assert.Empty(RuleTrial.Run(With(Breakdown), [Machine], [late], Us("2026-01-05T09:00:00Z"), counters));
        Assert.Equal(new RuleCounts(0, 0, 0, 1, 1, 0, 0, 0, null), counters.Of("breakdown"));
    }

    [Fact]
    public void A_reading_older_than_the_one_that_is_known_changes_nothing() =>
        Assert.Empty(Run([Breakdown], "09:00:00", S("08:00:10", "producing"), S("08:00:05", "breakdown") with { Arrived = Us("2026-01-05T08:00:11Z") }));

    [Fact]
    public void An_uncertain_value_is_judged_and_a_bad_one_is_not()
    {
        var rule = Rule("hot", "temperature > 65.0");
        Assert.Equal(["+hot 08:00:00"], Run([rule], "09:00:00", T("08:00:00", 900) with { Quality = Quality.Uncertain, Flag = "range" }));
        Assert.Empty(Run([rule], "09:00:00", T("08:00:00", 900) with { Quality = Quality.Bad }));
    }

    [Fact]
    public void Silence_raises_by_arrival_and_any_arrival_ends_it()
    {
        var late = T("07:00:00", 60) with { Arrived = Us("2026-01-05T08:10:00Z") };
        Assert.Equal(["+silent 08:02:00", "-silent 08:10:00", "+silent 08:12:00"], Run([Silent], "08:30:00", T("08:00:00", 60), late));
    }

    [Fact]
    public void A_thing_that_never_spoke_is_silent_since_it_was_made_or_the_server_started()
    {
        var made = Machine with { Created = At("2026-01-05T08:00:30Z") };
        Assert.Equal(
            ["+silent 08:02:30"],
            Shown(RuleTrial.Run(With(Silent), [made, Thing("m2")], [Reading(Thing("m2"), Temperature, "08:00:00", 1)], Us("2026-01-05T08:03:00Z")))
                .Where(each => !each.Contains("08:02:00", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_expression_that_fails_is_counted_and_raises_nothing()
    {
        var counters = new RuleCounters();
        var rule = Rule("broken", "1 / int(temperature) > 0");
        Assert.Empty(RuleTrial.Run(With(rule), [Machine], [T("08:00:00", 0)], Us("2026-01-05T09:00:00Z"), counters));
        var counts = counters.Of("broken");
        Assert.Equal((1, 0, 1), (counts.Evaluated, counts.Matched, counts.Errors));
        Assert.Contains("divi", counts.LastError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_rule_of_a_type_applies_to_what_extends_it_and_to_nothing_else()
    {
        Assert.Equal(["+breakdown 08:00:00"], Run([Breakdown], "09:00:00", S("08:00:00", "breakdown")));
        Assert.Empty(Run([Breakdown with { Type = "line" }], "09:00:00", S("08:00:00", "breakdown")));
    }

    [Fact]
    public void The_cause_holds_the_values_that_made_it_and_since_when()
    {
        var raised = RuleTrial.Run(With(Hot), [Machine], [T("08:00:00", 60), T("08:00:05", 66.25), T("08:00:30", 20)], Us("2026-01-05T09:00:00Z"))[0];
        Assert.Equal("temperature > 65.0", raised.Cause!.Expression);
        Assert.Equal(At("2026-01-05T08:00:05Z"), raised.Cause.HeldSince);
        var value = Assert.Single(raised.Cause.Values);
        Assert.Equal(("temperature", 66.25, "Cel"), (value.Property, value.Value, value.Unit));
        Assert.Equal(At("2026-01-05T08:00:05Z"), value.Ts);
        Assert.Equal(Label.Of("66.25 °C"), value.Shown);
    }

    private static IEnumerable<string> Run(Rule[] rules, string end, params Reading[] readings) =>
        Shown(RuleTrial.Run(With(rules), [Machine], readings, Us($"2026-01-05T{end}Z")));

    private static Reading T(string time, double value) => Reading(Machine, Temperature, time, value);

    private static Reading S(string time, string value) => Reading(Machine, State, time, value);
}

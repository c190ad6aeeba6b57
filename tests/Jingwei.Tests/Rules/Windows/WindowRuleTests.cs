using System.Globalization;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules.Windows;

/// <summary>What rules ask of the course of readings; the expected times are worked out by hand.</summary>
public sealed class WindowRuleTests
{
    private static readonly Server.Directory.Thing Machine = Thing("m1", parent: "line");

    [Fact]
    public void A_count_goes_up_with_readings_and_down_as_the_window_moves_on() =>
        // A minute moves on by two seconds: the reading of 08:00:00 is in it until 08:01:00.
        Assert.Equal(
            ["+r 08:00:30", "-r 08:01:00"],
            Run("count(temperature > 65.0, '1m') >= 3", T("08:00:00", 66), T("08:00:10", 66), T("08:00:20", 60), T("08:00:30", 66)));

    [Fact]
    public void A_mean_is_over_the_readings_of_the_window() =>
        // (60 + 70 + 77) / 3 = 69; with 60 gone (70 + 77) / 2 = 73.5.
        Assert.Equal(
            ["+r 08:01:00", "-r 08:01:20"],
            Run("avg(temperature, '1m') > 70.0", T("08:00:00", 60), T("08:00:10", 70), T("08:00:20", 77), T("08:01:05", 66.0), T("08:01:20", 50)));

    [Fact]
    public void Greatest_and_least_leave_with_their_readings() =>
        Assert.Equal(
            ["+r 08:00:10", "-r 08:01:00"],
            Run("max(temperature, '1m') - min(temperature, '1m') > 20.0", T("08:00:00", 50), T("08:00:10", 80), T("08:00:20", 60)));

    [Fact]
    public void A_rate_is_the_change_for_each_second() =>
        // 9 degrees in 60 s are 0.15 a second.
        Assert.Equal(["+r 08:01:10"], Run("rate(temperature, '10m') > 0.15", T("08:00:00", 60), T("08:01:00", 69), T("08:01:10", 71)));

    [Fact]
    public void A_deviation_is_that_of_the_sample() =>
        // 2, 4, 4, 4, 5, 5, 7, 9: the squares of the distances from 5 add up to 32; the root of 32 / 7 is 2.138.
        Assert.Equal(
            ["+r 08:00:08"],
            Run(
                "stddev(temperature, '10m') > 2.1380 && stddev(temperature, '10m') < 2.1382 && count(true, '10m') >= 8",
                T("08:00:01", 2), T("08:00:02", 4), T("08:00:03", 4), T("08:00:04", 4), T("08:00:05", 5), T("08:00:06", 5), T("08:00:07", 7), T("08:00:08", 9)));

    [Fact]
    public void A_difference_is_from_the_first_reading_of_the_window_to_the_last() =>
        // With 60 gone at 08:05:00 it is 51 - 70, with 70 gone ten seconds later 51 - 52.
        Assert.Equal(["+r 08:00:30", "-r 08:05:10"], Run("delta(temperature, '5m') < -8.0", T("08:00:00", 60), T("08:00:10", 70), T("08:00:20", 52), T("08:00:30", 51)));

    [Fact]
    public void The_time_that_a_condition_held_adds_up_over_its_parts() =>
        // Idle from 08:00:00 to 08:00:20 and from 08:00:30 on: 30 s at 08:00:40. A minute is looked at every two seconds.
        Assert.Equal(["+r 08:00:40"], Run("lasted(state == 'idle', '1m') >= 30.0", S("08:00:00", "idle"), S("08:00:20", "producing"), S("08:00:30", "idle")));

    [Fact]
    public void The_time_that_a_condition_held_leaves_the_window_again() =>
        // 20 s of idling up to 08:00:20; its first two leave at 08:01:00, so that 18 s are left.
        Assert.Equal(
            ["+r 08:00:20", "-r 08:01:00"],
            Run("lasted(state == 'idle', '1m') >= 19.0", S("08:00:00", "idle"), S("08:00:20", "producing")));

    [Fact]
    public void Changes_count_when_a_value_becomes_another_one() =>
        Assert.Equal(
            ["+r 08:00:40", "-r 08:10:00"],
            Run("changes(state, '10m') >= 3", S("08:00:00", "idle"), S("08:00:10", "producing"), S("08:00:20", "producing"), S("08:00:30", "idle"), S("08:00:40", "setup")));

    [Fact]
    public void A_streak_ends_with_the_first_that_is_not() =>
        Assert.Equal(
            ["+r 08:00:05", "-r 08:00:06"],
            Run(
                "streak(temperature > 65.0) >= 3",
                T("08:00:00", 66), T("08:00:01", 66), T("08:00:02", 60), T("08:00:03", 66), T("08:00:04", 66), T("08:00:05", 67), T("08:00:06", 60)));

    [Fact]
    public void A_pattern_is_one_thing_soon_after_another() =>
        // The breakdown within a minute after the door was open; the other one comes 70 s after it.
        Assert.Equal(
            ["+r 08:00:40", "-r 08:00:50"],
            Run(
                "state == 'breakdown' && since(door_open) < 60.0",
                S("08:00:00", "producing"), D("08:00:05", true), D("08:00:10", false), S("08:00:40", "breakdown"), S("08:00:50", "producing"), S("08:01:20", "breakdown")));

    [Fact]
    public void The_value_before_is_that_of_the_reading_before() =>
        Assert.Equal(["+r 08:00:20", "-r 08:00:30"], Run("previous(temperature) + 5.0 < temperature", T("08:00:00", 60), T("08:00:10", 64), T("08:00:20", 70), T("08:00:30", 71)));

    [Fact]
    public void A_tumbling_window_is_judged_when_it_ends() =>
        // 08:00 to 08:01 has the mean 68, and 08:01 to 08:02 the mean 60.
        Assert.Equal(
            ["+r 08:01:00", "-r 08:02:00"],
            Run("avg(temperature, 'tumbling 1m') > 65.0", T("08:00:10", 70), T("08:00:50", 66), T("08:01:30", 60)));

    [Fact]
    public void A_session_ends_with_the_gap() =>
        Assert.Equal(
            ["+r 08:00:40", "-r 08:01:10"],
            Run("count(temperature > 65.0, 'session 30s') >= 3", T("08:00:00", 66), T("08:00:20", 66), T("08:00:40", 66)));

    [Fact]
    public void A_robust_score_is_the_distance_from_the_median_in_deviations()
    {
        // Two hours in parts of a minute: twelve of them with 49 and 51 in turn have the median 50 and the MAD 1; 0.6745 * 9 is 6.07, and * 8 is 5.40.
        var past = Enumerable.Range(0, 12).Select(minute => T($"08:{minute:00}:00", minute % 2 == 0 ? 49 : 51)).ToList();
        Assert.Equal(["+r 08:12:30"], Run("zscore(temperature, '2h') > 6.0", [.. past, T("08:12:10", 58), T("08:12:30", 59)]));
    }

    [Fact]
    public void What_is_usual_is_the_median_of_this_hour_on_the_days_before()
    {
        // At 08 h it was 10, 20 and 33 on three days: 20 is usual, whatever it was at other hours.
        Reading[] past =
        [
            Reading(Machine, Temperature, "2026-01-02T08:30:00Z", 10), Reading(Machine, Temperature, "2026-01-02T12:30:00Z", 90),
            Reading(Machine, Temperature, "2026-01-03T08:10:00Z", 15), Reading(Machine, Temperature, "2026-01-03T08:50:00Z", 25),
            Reading(Machine, Temperature, "2026-01-04T08:30:00Z", 33), Reading(Machine, Temperature, "2026-01-05T07:30:00Z", 90),
        ];
        Assert.Equal(["+r 08:40:00"], Run("temperature > usual(temperature, '3d') + 15.0", [.. past, T("08:20:00", 35), T("08:40:00", 36)]));
    }

    [Fact]
    public void What_windows_came_to_is_in_the_cause()
    {
        var raised = RuleTrial.Run(
            With(Rule("r", "count(temperature > 65.0, '1m') >= 2 && temperature > 60.0")), [Machine], [T("08:00:00", 66), T("08:00:01", 67)], Us("2026-01-05T08:00:30Z"))[0];
        Assert.Equal(["temperature: 67", "count(temperature > 65.0, '1m'): 2"], raised.Cause!.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Property}: {value.Value}")));
    }

    [Fact]
    public void A_window_without_readings_neither_raises_nor_clears() =>
        Assert.Equal(["+r 08:00:00"], Run("avg(temperature, '1m') > 65.0", T("08:00:00", 66)));

    private static IEnumerable<string> Run(string when, params Reading[] readings) =>
        Shown(RuleTrial.Run(With(Rule("r", when)), [Machine], readings, Us("2026-01-05T12:00:00Z")));

    private static Reading T(string time, double value) => Reading(Machine, Temperature, time, value);

    private static Reading S(string time, string value) => Reading(Machine, State, time, value);

    private static Reading D(string time, bool value) => Reading(Machine, DoorOpen, time, value);
}

using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Indicators;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

/// <summary>
/// ISO 22400-2:2014 availability (APT / PBT), effectiveness (PRI * PQ / APT), quality ratio (GQ / PQ) and OEE index over one
/// day shift, 2026-01-05 08:00 to 16:00 UTC, computed by hand:
///
///   state          from   to      s      produced  counter growth  PRI   good   growth
///   idle           07:50  08:10   600     07:55     1000   (start)  30    990    (start)
///   producing      08:10  10:00  6600     10:00     1200     200    30   1186     196
///   setup          10:00  10:30  1800
///   producing      10:30  12:00  5400     12:00     1350     150    30   1333     147
///   planned_stop   12:00  12:45  2700     13:30       90 (reset) 90 24     88      88
///   producing      12:45  14:15  5400     14:15      140      50    24    137      49
///   breakdown      14:15  14:40  1500
///   producing      14:40  15:50  4200     15:50      350     210    24    343     206
///   minor_stop     15:50  16:00   600     16:00      355  (next shift)
///
///   APT = 6600 + 5400 + 5400 + 4200 = 21600      PBT = 28800 - 2700 = 26100      availability = 21600 / 26100
///   PQ = 200 + 150 + 90 + 50 + 210 = 700         GQ = 196 + 147 + 88 + 49 + 206 = 686      quality = 686 / 700 = 0.98
///   PRI * PQ = (200 + 150) * 30 + (90 + 50 + 210) * 24 = 10500 + 8400 = 18900      effectiveness = 18900 / 21600 = 0.875
///   OEE = 0.827586206896551... * 0.875 * 0.98 = 0.709655172413793...
/// </summary>
public sealed class OeeOfAShiftTests
{
    private const double Availability = 0.82758620689655172;
    private const double OeeIndex = 0.70965517241379310;

    private static readonly Server.Directory.Thing Machine = Thing("m1");

    private static readonly Reading[] Shift =
    [
        Reading(Machine, State, "07:50:00", "idle"),
        Reading(Machine, IdealCycleTime, "07:50:00", 30),
        Reading(Machine, Produced, "07:55:00", 1000), Reading(Machine, Good, "07:55:00", 990),
        Reading(Machine, State, "08:10:00", "producing"),
        Reading(Machine, Produced, "10:00:00", 1200), Reading(Machine, Good, "10:00:00", 1186),
        Reading(Machine, State, "10:00:00", "setup"),
        Reading(Machine, State, "10:30:00", "producing"),
        Reading(Machine, Produced, "12:00:00", 1350), Reading(Machine, Good, "12:00:00", 1333),
        Reading(Machine, State, "12:00:00", "planned_stop"),
        Reading(Machine, IdealCycleTime, "12:45:00", 24),
        Reading(Machine, State, "12:45:00", "producing"),
        Reading(Machine, Produced, "13:30:00", 90), Reading(Machine, Good, "13:30:00", 88),
        Reading(Machine, Produced, "14:15:00", 140), Reading(Machine, Good, "14:15:00", 137),
        Reading(Machine, State, "14:15:00", "breakdown"),
        Reading(Machine, State, "14:40:00", "producing"),
        Reading(Machine, Produced, "15:50:00", 350), Reading(Machine, Good, "15:50:00", 343),
        Reading(Machine, State, "15:50:00", "minor_stop"),
        Reading(Machine, Produced, "16:00:00", 355), Reading(Machine, Good, "16:00:00", 348),
        Reading(Machine, State, "16:05:00", "producing"),
    ];

    [Fact]
    public void Every_element_and_index_equals_the_hand_computed_shift()
    {
        var trial = Trial(Shift);
        AssertShift(trial);
        Assert.Equal([21600.0, 26100.0], Inputs(trial, "availability"));
        Assert.Equal([18900.0, 21600.0], Inputs(trial, "effectiveness"));
        Assert.Equal([686.0, 700.0], Inputs(trial, "quality"));
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter() =>
        Prop.ForAll(Gen.Shuffle(Shift).ToArbitrary(), order => AssertShift(Trial(order))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_correction_that_arrives_after_the_window_closed_wins()
    {
        // 12:00 counted 1333 good; corrected to 1323: growths 196 + 137, then the reset to 88 as before: 676 / 700.
        var trial = Trial([.. Shift, Reading(Machine, Good, "12:00:00", 1323)]);
        Assert.Equal(676.0 / 700.0, Value(trial, "quality"), 1e-9);
    }

    [Fact]
    public void A_late_state_splits_the_state_that_was_thought_to_hold()
    {
        // 15:00-15:50 was idle, not producing: APT 21600 - 3000.
        var trial = Trial([.. Shift, Reading(Machine, State, "15:00:00", "idle")]);
        Assert.Equal(18600.0 / 26100.0, Value(trial, "availability"), 1e-9);
    }

    [Fact]
    public void Readings_that_are_not_good_do_not_count()
    {
        var bad = Reading(Machine, State, "08:20:00", "breakdown") with { Quality = Quality.Bad };
        var uncertain = Reading(Machine, Good, "15:00:00", 5000) with { Quality = Quality.Uncertain };
        AssertShift(Trial([.. Shift, bad, uncertain]));
    }

    [Fact]
    public void In_mid_shift_time_counts_up_to_now()
    {
        // At 11:00: producing 08:10-10:00 and 10:30-11:00 = 8400 s of 10800 s.
        var (_, outcome) = Trial(Shift).Value("availability", "m1", Us("2026-01-05T09:00:00Z"), Us("2026-01-05T11:00:00Z"))!.Value;
        Assert.Equal(8400.0 / 10800.0, outcome.Value!.Value, 1e-9);
    }

    [Fact]
    public void A_line_adds_up_the_elements_of_its_machines_and_multiplies_the_yields_of_its_children()
    {
        // A second machine: 8 h planned, 4 h producing; 100 made at 36 s, 90 good.
        var line = Thing("l", "line");
        var (first, second) = (Machine with { Parent = "l" }, Thing("m2", parent: "l"));
        Reading[] other =
        [
            Reading(second, State, "08:00:00", "producing"), Reading(second, State, "12:00:00", "idle"),
            Reading(second, IdealCycleTime, "08:00:00", 36),
            Reading(second, Produced, "08:00:00", 0), Reading(second, Produced, "12:00:00", 100),
            Reading(second, Good, "08:00:00", 0), Reading(second, Good, "12:00:00", 90),
        ];
        var trial = new IndicatorTrial(Floor(), [line, first, second], [.. Shift.Select(each => each with { Thing = first }), .. other], TimeZoneInfo.Utc);
        Assert.Equal([36000.0, 54900.0], Inputs(trial, "availability", "l"));
        Assert.Equal([22500.0, 36000.0], Inputs(trial, "effectiveness", "l"));
        Assert.Equal([776.0, 800.0], Inputs(trial, "quality", "l"));
        Assert.Equal(36000.0 / 54900.0 * (22500.0 / 36000.0) * (776.0 / 800.0), Value(trial, "oee", "l"), 1e-9);
        Assert.Equal(0.98 * 0.9, Value(trial, "rolled", "l"), 1e-9);
    }

    [Fact]
    public void An_indicator_that_divides_by_nothing_has_no_value_and_no_band()
    {
        var trial = Trial([Reading(Machine, State, "07:00:00", "planned_stop")]);
        var outcome = trial.Value("availability", "m1", Us("2026-01-05T09:00:00Z"))!.Value.Outcome;
        Assert.Null(outcome.Value);
        Assert.Null(outcome.Band);
        Assert.Equal([0.0, 0.0], outcome.Inputs.Select(input => input.Value!.Value));
    }

    private static IndicatorTrial Trial(IEnumerable<Reading> readings) => new(Floor(), [Machine], readings, TimeZoneInfo.Utc);

    private static void AssertShift(IndicatorTrial trial)
    {
        Assert.Equal(Availability, Value(trial, "availability"), 1e-9);
        Assert.Equal(0.875, Value(trial, "effectiveness"), 1e-9);
        Assert.Equal(0.98, Value(trial, "quality"), 1e-9);
        Assert.Equal(OeeIndex, Value(trial, "oee"), 1e-9);
        Assert.Equal(Server.Packs.Model.Band.Yellow, trial.Value("oee", "m1", Us("2026-01-05T09:00:00Z"))!.Value.Outcome.Band);
    }

    private static double Value(IndicatorTrial trial, string indicator, string thing = "m1") =>
        trial.Value(indicator, thing, Us("2026-01-05T09:00:00Z"))!.Value.Outcome.Value!.Value;

    private static IEnumerable<double> Inputs(IndicatorTrial trial, string indicator, string thing = "m1") =>
        trial.Value(indicator, thing, Us("2026-01-05T09:00:00Z"))!.Value.Outcome.Inputs.Select(input => input.Value!.Value);
}

using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Directory;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Indicators;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

public sealed class LiveIndicatorsTests
{
    private static readonly Thing Line = Thing("l", "line");
    private static readonly Thing First = Thing("m1", parent: "l");
    private static readonly Thing Second = Thing("m2", parent: "l");

    [Fact]
    public async Task The_open_window_grows_with_readings_and_with_time()
    {
        using var floor = new LiveFloor("2026-01-05T08:00:00Z", First);
        await floor.PassAsync(3);
        floor.Arrive(Reading(First, State, "08:00:03", "producing"));
        await floor.GoAsync("2026-01-05T09:00:00Z");
        floor.Arrive(Reading(First, State, "09:00:03", "idle"));
        await floor.GoAsync("2026-01-05T10:00:03Z");

        // Producing for 3600 s, then idle up to the last full evaluation.
        var value = floor.Live.Find("availability", "m1")!;
        Assert.False(value.Complete);
        Assert.Equal(3600.0, value.Outcome.Inputs[0].Value);
        Assert.Equal(7200.0, value.Outcome.Inputs[1].Value!.Value, 10.0);
        Assert.Equal(1, floor.Reads);
    }

    [Fact]
    public async Task A_window_that_is_over_is_stored_once_its_last_readings_had_time_to_arrive()
    {
        using var floor = await ClosedShiftAsync();
        var value = floor.Past("availability", "m1", "2026-01-05T15:00:00Z");
        Assert.Equal(25200.0 / 28800.0, value.Outcome.Value!.Value, 1e-9);
        Assert.True(value.Complete);
        Assert.Null(value.CorrectedAt);
        Assert.Equal(1, value.Version);
        Assert.Equal("day", value.Window.Shift);
    }

    [Fact]
    public async Task A_late_reading_corrects_the_window_and_says_when()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(First, State, "14:00:00", "producing"));
        await floor.PassAsync(4);
        var value = floor.Past("availability", "m1", "2026-01-05T15:00:00Z");
        Assert.Equal(25200.0 / 28800.0, value.Outcome.Value!.Value, 1e-9);
        Assert.Equal(1, value.Version);

        // It broke down at 15:00, not at 15:30: 23400 s producing.
        floor.Arrive(Reading(First, State, "15:00:00", "breakdown"));
        await floor.PassAsync(4);
        value = floor.Past("availability", "m1", "2026-01-05T15:00:00Z");
        Assert.Equal(23400.0 / 28800.0, value.Outcome.Value!.Value, 1e-9);
        Assert.Equal(2, value.Version);
        Assert.InRange(value.CorrectedAt!.Value, At("2026-01-05T16:00:00Z"), floor.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_late_reading_is_announced_for_the_thing_and_what_it_is_part_of()
    {
        using var floor = await ClosedShiftAsync();
        var changes = floor.Live.Changes.Subscribe(1000);
        floor.Arrive(Reading(First, State, "15:00:00", "breakdown"));
        await floor.PassAsync(4);
        var announced = new List<IndicatorValue>();
        while (changes.TryRead(out var value))
        {
            announced.Add(value);
        }

        Assert.Equal(["l", "m1"], announced.Where(value => value is { Complete: true, Indicator: "availability" }).Select(value => value.Thing).Order());
    }

    [Fact]
    public async Task A_late_state_is_carried_into_the_windows_that_follow()
    {
        using var floor = await ClosedShiftAsync();
        await floor.GoAsync("2026-01-06T01:00:00Z");
        Assert.Equal(0.0, floor.Past("availability", "m1", "2026-01-05T20:00:00Z").Outcome.Value);
        floor.Arrive(Reading(First, State, "15:59:00", "producing"));
        await floor.PassAsync(20);
        Assert.Equal(1.0, floor.Past("availability", "m1", "2026-01-05T20:00:00Z").Outcome.Value);
        Assert.Equal(1.0, floor.Live.Find("availability", "m1")!.Outcome.Value);
    }

    [Fact]
    public async Task A_good_reading_that_is_replaced_by_a_bad_one_counts_no_more()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(First, State, "15:30:00", "breakdown") with { Quality = Quality.Bad });
        await floor.PassAsync(4);
        Assert.Equal(27000.0 / 28800.0, floor.Past("availability", "m1", "2026-01-05T15:00:00Z").Outcome.Value!.Value, 1e-9);
    }

    [Fact]
    public async Task Windows_that_ended_while_the_server_was_away_are_made_up_for()
    {
        using var floor = await ClosedShiftAsync();
        await floor.PassAsync(15);
        floor.Time.Advance(TimeSpan.FromHours(10));
        floor.Restart();
        await floor.PassAsync(5);
        Assert.Equal(0.0, floor.Past("availability", "m1", "2026-01-05T20:00:00Z").Outcome.Value);
        Assert.Equal("night", floor.Live.Find("availability", "m1")!.Window.Shift);
    }

    [Fact]
    public async Task The_sequence_that_is_safe_stays_behind_readings_whose_window_is_not_stored_yet()
    {
        using var floor = await ClosedShiftAsync();
        await floor.PassAsync(20);
        var before = floor.Live.ComputedStamp;
        floor.Arrive(Reading(First, State, "15:00:00", "breakdown"));
        await floor.PassAsync(1);
        Assert.Equal(before, floor.Live.ComputedStamp);
        await floor.PassAsync(20);
        Assert.Equal(before + 1, floor.Live.ComputedStamp);
    }

    [Fact]
    public async Task A_span_that_is_handed_in_again_is_computed_anew()
    {
        using var floor = new LiveFloor("2026-01-05T20:00:00Z", First);
        floor.Arrive(Reading(First, State, "08:00:00", "producing"), Reading(First, State, "12:00:00", "idle"));
        floor.Restart();
        floor.Live.Recompute(First, "state", Us("2026-01-05T08:00:00Z"), Us("2026-01-05T12:00:00Z"));
        await floor.PassAsync(15);
        Assert.Equal(0.5, floor.Past("availability", "m1", "2026-01-05T12:00:00Z").Outcome.Value);
    }

    [Fact]
    public async Task An_import_computes_each_window_once_and_corrects_nothing()
    {
        using var floor = new LiveFloor("2026-01-07T12:00:00Z", Line, First, Second);
        await floor.PassAsync(3);
        foreach (var machine in new[] { First, Second })
        {
            for (var hour = 0; hour < 48; hour++)
            {
                var at = At("2026-01-05T00:00:00Z").AddHours(hour);
                floor.Arrive([.. Enumerable.Range(0, 30).Select(minute => Reading(
                    machine, Produced, $"{at.AddMinutes(minute * 2):yyyy-MM-dd'T'HH:mm:ss'Z'}", (hour * 30) + minute))]);
                if (hour % 20 == 19)
                {
                    await floor.PassAsync(1);
                }
            }
        }

        await floor.PassAsync(30);
        Assert.Equal(0, floor.Live.Backlog);
        foreach (var hour in Enumerable.Range(0, 48))
        {
            var values = floor.History.At(Us(At("2026-01-05T00:30:00Z").AddHours(hour)), "quality");
            Assert.Equal(["l", "m1", "m2"], values.Select(value => value.Thing).Order());
            Assert.All(values, value => Assert.Equal(1, value.Version));
        }
    }

    [Fact]
    public async Task New_packs_take_the_place_of_the_old_while_running()
    {
        using var floor = new LiveFloor("2026-01-05T08:00:00Z", First);
        floor.Arrive(Reading(First, State, "07:59:00", "producing"));
        await floor.PassAsync(5);
        floor.Catalog.Swap(Floor([Indicator("busy", "busy", Duration("busy", ["producing"]))]));
        await floor.PassAsync(5);
        Assert.Null(floor.Live.Find("availability", "m1"));
        Assert.InRange(floor.Live.Find("busy", "m1")!.Outcome.Value!.Value, 5.0, 10.0);
    }

    [Fact]
    public async Task A_correction_that_waits_when_new_packs_come_is_made_by_them()
    {
        using var floor = await ClosedShiftAsync();
        floor.Arrive(Reading(First, State, "15:00:00", "breakdown"));
        floor.Catalog.Swap(Floor(Oee));
        await floor.PassAsync(4);
        Assert.Equal(23400.0 / 28800.0, floor.Past("availability", "m1", "2026-01-05T15:00:00Z").Outcome.Value!.Value, 1e-9);
    }

    [Fact]
    public async Task A_reading_ahead_of_the_clock_counts_once_its_time_has_come_also_with_new_packs()
    {
        using var floor = new LiveFloor("2026-01-05T08:00:00Z", First);
        floor.Arrive(Reading(First, State, "07:59:00", "idle"), Reading(First, State, "08:00:10", "producing"));
        await floor.PassAsync(2);
        floor.Catalog.Swap(Floor([Indicator("busy", "busy", Duration("busy", ["producing"]))]));
        await floor.PassAsync(18);
        Assert.InRange(floor.Live.Find("busy", "m1")!.Outcome.Value!.Value, 1.0, 10.0);
    }

    [Fact]
    public async Task A_value_that_did_not_change_is_not_announced_again()
    {
        using var floor = new LiveFloor("2026-01-05T08:00:00Z", First);
        floor.Arrive(Reading(First, State, "07:59:00", "producing"));
        await floor.PassAsync(5);
        var changes = floor.Live.Changes.Subscribe(1000);
        floor.Arrive(Reading(First, Temperature, "08:00:04", 20), Reading(First, State, "08:00:04", "producing"));
        await floor.PassAsync(2);
        Assert.Equal(0, changes.Count);
    }

    /// <summary>Whatever the order of arrival, in the end everything stands as if it had been computed at once from all readings.</summary>
    [Fact]
    public void Values_do_not_depend_on_when_and_in_what_order_readings_arrive()
    {
        var states = Gen.Elements(State.Values.Select(value => value.Id).ToArray());
        var reading =
            from thing in Gen.Elements(First, Second)
            from minute in Gen.Choose(0, 24 * 12).Select(each => each * 10)
            from what in Gen.Choose(0, 3)
            from state in states
            from number in Gen.Choose(1, 1000)
            from quality in Gen.Frequency((9, Gen.Constant(Quality.Good)), (1, Gen.Constant(Quality.Bad)))
            let time = At("2026-01-04T00:00:00Z").AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            let made = what switch
            {
                0 => Reading(thing, State, time, state),
                1 => Reading(thing, Produced, time, number),
                2 => Reading(thing, Good, time, number),
                _ => Reading(thing, IdealCycleTime, time, number),
            }
            select made with { Quality = quality };
        Prop.ForAll(Gen.ArrayOf(reading).Resize(60).ToArbitrary(), readings => EndsAsTrialAsync(readings))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private static async Task EndsAsTrialAsync(Reading[] readings)
    {
        using var floor = new LiveFloor("2026-01-06T00:30:00Z", Line, First, Second);
        await floor.PassAsync(2);
        foreach (var chunk in readings.Chunk(7))
        {
            floor.Arrive(chunk);
            await floor.PassAsync(1);
        }

        await floor.PassAsync(150);
        var trial = floor.Trial;
        foreach (var value in floor.History.At(Us("2026-01-05T12:00:00Z"), null).Concat(floor.History.At(Us("2026-01-04T12:00:00Z"), null)))
        {
            var expected = trial.Value(value.Indicator, value.Thing, value.Window.From)!.Value.Outcome;
            Assert.Equal(expected.Value ?? -1, value.Outcome.Value ?? -1, 1e-9);
        }

        Assert.Equal(0, floor.Live.Backlog);
        foreach (var shift in readings.Where(each => each.Quality == Quality.Good).Select(each => each.Time).Where(time => time < Us("2026-01-06T00:00:00Z")))
        {
            Assert.Contains(floor.History.At(shift, "oee"), value => value.Thing == "l");
        }
    }

    // From the 6th on the line works from 06:00 to 18:00: its machine runs from 07:30 on, 10 h 30 min of the 12.
    [Fact]
    public async Task A_line_with_shifts_of_its_own_has_figures_over_them_from_their_day_on()
    {
        using var floor = new LiveFloor("2026-01-05T15:00:00Z", Line, First, Second);
        floor.Arrive(Reading(First, State, "15:00:00", "idle"));
        await floor.PassAsync(5);
        var plan = new ShiftPlan([new([new(new DateOnly(2026, 1, 6), [new OwnShift("day", new(6, 0), new(18, 0)), new OwnShift("night", new(18, 0), new(6, 0))], "", "", default)])]);
        floor.Shifts = (_, thing) => thing.Id == Line.Id || thing.Parent == Line.Id ? plan : null;
        await floor.GoAsync("2026-01-06T07:30:00Z");
        floor.Arrive(Reading(First, State, "2026-01-06T07:30:00Z", "producing"));
        await floor.GoAsync("2026-01-06T14:00:00Z");
        floor.Arrive(Reading(First, State, "2026-01-06T14:00:00Z", "producing"));
        await floor.GoAsync("2026-01-06T18:00:00Z");
        await floor.PassAsync(15);

        var before = floor.Past("availability", First.Id, "2026-01-05T15:30:00Z");
        Assert.Equal(("day", Us("2026-01-05T08:00:00Z"), Us("2026-01-05T16:00:00Z")), (before.Window.Shift, before.Window.From, before.Window.To));
        Assert.All([First.Id, Line.Id], id =>
        {
            var value = floor.Past("availability", id, "2026-01-06T12:00:00Z");
            Assert.Equal(("day", Us("2026-01-06T06:00:00Z"), Us("2026-01-06T18:00:00Z")), (value.Window.Shift, value.Window.From, value.Window.To));
            Assert.Equal(10.5 / 12, value.Outcome.Value!.Value, 1e-9);
            Assert.Equal(["day 06:00-18:00", "night 18:00-06:00"], floor.History.Definition(value.Definition!)!.Value.Definition.Read().Shifts);
        });
        Assert.Equal(["day 08:00-16:00", "swing 16:00-00:00", "night 00:00-08:00"], floor.History.Definition(before.Definition!)!.Value.Definition.Read().Shifts);
    }

    // The swing of the 5th is over at midnight; what is held then goes on into the first shift of the 6th, which was to begin at 00:00 and begins at 06:00 now.
    [Fact]
    public async Task A_correction_before_a_change_of_shifts_goes_on_into_the_new_ones()
    {
        using var floor = new LiveFloor("2026-01-05T16:00:00Z", Line, First, Second);
        floor.Arrive(Reading(First, State, "16:00:00", "producing"));
        await floor.GoAsync("2026-01-05T23:00:00Z");
        floor.Arrive(Reading(First, State, "14:00:00", "producing"));
        await floor.PassAsync(5);
        var plan = new ShiftPlan([new([new(new DateOnly(2026, 1, 6), [new OwnShift("day", new(6, 0), new(18, 0)), new OwnShift("night", new(18, 0), new(6, 0))], "", "", default)])]);
        floor.Shifts = (_, _) => plan;
        await floor.GoAsync("2026-01-06T07:00:00Z");
        floor.Arrive(Reading(First, State, "23:59:00", "breakdown"));
        await floor.PassAsync(5);
        await floor.GoAsync("2026-01-06T18:00:00Z");
        await floor.PassAsync(15);
        Assert.Equal(0, floor.Past("availability", First.Id, "2026-01-06T12:00:00Z").Outcome.Value);
        Assert.Equal((7 + (59.0 / 60)) / 8, floor.Past("availability", First.Id, "2026-01-05T20:00:00Z").Outcome.Value!.Value, 1e-9);
    }

    // A day shift, 08:00-16:00: 7 h producing, then down for the last half hour; half an hour idle at the start.
    private static async Task<LiveFloor> ClosedShiftAsync()
    {
        var floor = new LiveFloor("2026-01-05T08:00:00Z", Line, First, Second);
        floor.Arrive(Reading(First, State, "07:00:00", "idle"));
        await floor.PassAsync(5);
        await floor.GoAsync("2026-01-05T08:30:00Z");
        floor.Arrive(Reading(First, State, "08:30:00", "producing"));
        await floor.GoAsync("2026-01-05T15:30:00Z");
        floor.Arrive(Reading(First, State, "15:30:00", "breakdown"));
        await floor.GoAsync("2026-01-05T16:00:00Z");
        Assert.Empty(floor.History.At(Us("2026-01-05T15:00:00Z"), null));
        await floor.PassAsync(15);
        return floor;
    }
}

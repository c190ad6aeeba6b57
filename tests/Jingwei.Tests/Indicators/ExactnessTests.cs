using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

/// <summary>
/// Figures that are kept up to date reading by reading are those that all readings together give, to the last bit: whatever came late, was
/// corrected or withdrawn, in whatever order, and however often the server was stopped.
/// </summary>
public sealed class ExactnessTests
{
    private static readonly Thing Line = Thing("l", "line");
    private static readonly Thing First = Thing("m1", parent: "l");
    private static readonly Thing Second = Thing("m2", parent: "l");
    private static readonly string[] Subjects = ["l", "m1", "m2"];
    private static readonly DateTimeOffset Start = At("2026-01-28T00:00:00Z");

    private abstract record Step;

    private sealed record Arrives(Reading[] Readings) : Step;

    private sealed record Passes(int Seconds) : Step;

    private sealed record Jumps(int Minutes) : Step;

    private sealed record Restarts : Step;

    [Fact]
    public void Every_figure_is_the_one_that_all_readings_give()
    {
        var reading =
            from thing in Gen.Elements(First, Second)
            from minute in Gen.Choose(0, 9 * 24 * 60)
            from second in Gen.Elements(0, 0, 0, 17)
            from what in Gen.Choose(0, 4)
            from state in Gen.Elements(State.Values.Select(value => value.Id).ToArray())
            from number in Gen.Choose(1, 100_000)
            from quality in Gen.Frequency((9, Gen.Constant(Quality.Good)), (1, Gen.Constant(Quality.Bad)))
            let time = Start.AddMinutes(minute / 7 * 7).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            let made = what switch
            {
                0 => Reading(thing, State, time, state),
                1 => Reading(thing, Produced, time, number / 10.0),
                2 => Reading(thing, Good, time, number / 7.0),
                3 => Reading(thing, Temperature, time, number / 3.0),
                _ => Reading(thing, IdealCycleTime, time, number / 9.0),
            }
            select made with { Quality = quality };
        var step = Gen.Frequency(
            (6, from readings in Gen.ArrayOf(reading).Resize(12) select (Step)new Arrives(readings)),
            (3, from seconds in Gen.Choose(1, 15) select (Step)new Passes(seconds)),
            (3, from minutes in Gen.Choose(1, 36 * 60) select (Step)new Jumps(minutes)),
            (1, Gen.Constant((Step)new Restarts())));
        Prop.ForAll(Gen.ArrayOf(step).Resize(24).ToArbitrary(), steps => EndsExactAsync(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private static async Task EndsExactAsync(Step[] steps)
    {
        using var floor = new LiveFloor("2026-02-01T00:30:00Z", EveryKind, Line, First, Second);
        await floor.PassAsync(2);
        foreach (var step in steps)
        {
            await TakeAsync(floor, step);
        }

        await floor.PassAsync(150);
        Assert.Equal(0, floor.Live.Backlog);
        var (trial, now) = (floor.Trial, Us(floor.Time.GetUtcNow()));
        var from = Us(Start) - (40 * 86_400_000_000);
        foreach (var indicator in EveryKind)
        {
            foreach (var value in Subjects.SelectMany(thing => floor.History.Of(indicator.Id, thing, from, now)))
            {
                var expected = trial.Value(value.Indicator, value.Thing, value.Window.From)!.Value.Outcome;
                Assert.True(expected.Same(value.Outcome), $"{indicator.Id} of {value.Thing} at {value.Window}: {Text(value.Outcome)} is not {Text(expected)}");
            }
        }

        foreach (var value in floor.Live.Current.Where(value => !value.Complete))
        {
            // Open windows are as of their last evaluation.
            var expected = trial.Value(value.Indicator, value.Thing, value.Window.From, Us(value.ComputedAt))!.Value.Outcome;
            Assert.True(expected.Same(value.Outcome), $"open {value.Indicator} of {value.Thing} at {value.Window}: {Text(value.Outcome)} is not {Text(expected)}");
        }
    }

    private static async Task TakeAsync(LiveFloor floor, Step step)
    {
        switch (step)
        {
            case Arrives arrives:
                // A reading is at most ten minutes ahead of the clock; a device that is further ahead is refused at the door.
                floor.Arrive([.. arrives.Readings.Where(reading => reading.Time <= Us(floor.Time.GetUtcNow().AddMinutes(10)))]);
                break;
            case Passes passes:
                await floor.PassAsync(passes.Seconds);
                break;
            case Jumps jumps:
                floor.Time.Advance(TimeSpan.FromMinutes(jumps.Minutes));
                await floor.PassAsync(1);
                break;
            default:
                floor.Restart();
                break;
        }
    }

    private static string Text(Jingwei.Server.Indicators.Outcome outcome) =>
        $"{outcome.Value:R} of {string.Join(", ", outcome.Inputs.Select(input => $"{input.Id}={input.Value:R} [{string.Join(' ', input.From)}]"))}";
}

using Jingwei.Server.Directory;
using Jingwei.Server.Indicators.Recent;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

public sealed class RecentIndicatorsTests
{
    private static readonly Thing Line = Thing("l", "line");
    private static readonly Thing First = Thing("m1", parent: "l");
    private static readonly Thing Second = Thing("m2", parent: "l");

    [Fact]
    public async Task The_last_minutes_are_counted_with_what_held_when_they_began()
    {
        using var floor = Floor();

        // Of the five minutes up to 09:05:00 the first machine was set up for one, the second never.
        Assert.Equal(240.0 / 300.0, Assert.Single(await ValuesAsync(floor, [First], "5m", 1)), 1e-9);
        Assert.Equal(540.0 / 600.0, Assert.Single(await ValuesAsync(floor, [Line], "5m", 1)), 1e-9);
    }

    [Fact]
    public async Task A_time_cut_into_steps_has_a_value_for_each_oldest_first()
    {
        using var floor = Floor();

        Assert.Equal([1.0, 1.0, 1.0, 0.0, 1.0], await ValuesAsync(floor, [First], "5m", 5));
    }

    [Fact]
    public async Task An_indicator_that_is_made_from_others_is_counted_with_them()
    {
        using var floor = Floor();
        floor.Arrive(
            Reading(First, IdealCycleTime, "08:00:00", 24), Reading(First, Produced, "08:00:00", 100), Reading(First, FactoryFloor.Good, "08:00:00", 90),
            Reading(First, Produced, "09:02:00", 110), Reading(First, FactoryFloor.Good, "09:02:00", 99));

        // availability 240/300, effectiveness 10 * 24 / 240, quality 9 / 10.
        Assert.Equal(0.8 * 1.0 * 0.9, Assert.Single(await ValuesAsync(floor, [First], "5m", 1, "oee")), 1e-9);
    }

    [Fact]
    public async Task More_series_than_are_read_at_once_are_refused()
    {
        var many = Enumerable.Range(0, RecentIndicators.MostSeries + 1).Select(number => Thing($"m{number}")).ToArray();
        using var floor = new LiveFloor("2026-01-05T09:05:02Z", many);

        Assert.Null(await floor.Recent.ValuesAsync(many, "availability", TimeSpan.FromMinutes(5), 1, TestContext.Current.CancellationToken));
        Assert.Equal(0, floor.Reads);
    }

    private static LiveFloor Floor()
    {
        // Two seconds are left for what is on its way.
        var floor = new LiveFloor("2026-01-05T09:05:02Z", Line, First, Second);
        floor.Arrive(
            Reading(First, State, "08:00:00", "producing"), Reading(Second, State, "08:30:00", "producing"),
            Reading(First, State, "09:03:00", "setup"), Reading(First, State, "09:04:00", "producing"), Reading(First, State, "09:05:01", "breakdown"));
        return floor;
    }

    private static async Task<IEnumerable<double>> ValuesAsync(LiveFloor floor, Thing[] things, string last, int steps, string indicator = "availability")
    {
        var values = await floor.Recent.ValuesAsync(things, indicator, TimeSpan.FromMinutes(last[0] - '0'), steps, TestContext.Current.CancellationToken);
        return values!.Select(each => each.Value.Outcome.Value!.Value);
    }
}

using Jingwei.Server.Indicators;
using Jingwei.Server.Packs.Model;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

public sealed class TallyTests
{
    private static readonly WindowSpan Window = new(IndicatorWindow.Hour, 1_000_000, 11_000_000, null);

    [Theory]
    [InlineData(InputKind.Mean, 4.0)]
    [InlineData(InputKind.Last, 2.0)]
    [InlineData(InputKind.Min, 2.0)]
    [InlineData(InputKind.Max, 7.0)]
    [InlineData(InputKind.Sum, 12.0)]
    [InlineData(InputKind.Count, 3.0)]
    public void Statistics_are_of_the_readings_inside_the_window(InputKind kind, double expected) =>
        Assert.Equal(expected, Figure(Input("x", kind, "x"), ("x", 0.5, 100), ("x", 1, 3), ("x", 2, 7), ("x", 10.9, 2), ("x", 11, 50)));

    [Theory]
    [InlineData(InputKind.Mean, null)]
    [InlineData(InputKind.Last, null)]
    [InlineData(InputKind.Sum, 0.0)]
    [InlineData(InputKind.Count, 0.0)]
    [InlineData(InputKind.Increase, null)]
    [InlineData(InputKind.Duration, null)]
    public void Of_no_reading_at_all_there_is_no_mean_but_a_count_of_zero(InputKind kind, double? expected) =>
        Assert.Equal(expected, Figure(Input("x", kind, "x")));

    [Fact]
    public void Growth_belongs_to_the_window_of_the_later_reading() =>
        Assert.Equal(5 + 4, Figure(Increase("x", "x"), ("x", 0.5, 10), ("x", 1, 15), ("x", 10, 19), ("x", 11, 30)));

    [Fact]
    public void A_counter_without_a_reading_before_the_window_starts_at_its_first() =>
        Assert.Equal(4, Figure(Increase("x", "x"), ("x", 2, 1000), ("x", 3, 1004)));

    [Fact]
    public void A_counter_that_falls_was_reset_and_counts_from_zero() =>
        Assert.Equal(10 + 3 + 2, Figure(Increase("x", "x"), ("x", 0.5, 100), ("x", 2, 110), ("x", 3, 3), ("x", 4, 5)));

    [Fact]
    public void Each_growth_is_multiplied_by_the_other_value_as_of_then() =>
        Assert.Equal(
            (10 * 2) + (20 * 3),
            Figure(Increase("x", "x", "y"), ("x", 0.5, 0), ("y", 0.6, 2), ("x", 2, 10), ("x", 4, 30), ("y", 4, 3), ("y", 5, 100)));

    [Fact]
    public void Growth_before_the_first_factor_does_not_count() =>
        Assert.Equal(20 * 3, Figure(Increase("x", "x", "y"), ("x", 0.5, 0), ("x", 2, 10), ("y", 3, 3), ("x", 4, 30)));

    [Fact]
    public void A_sample_out_of_order_is_refused_and_changes_nothing()
    {
        var tally = TallyKind.Of(Increase("x", "x")).Start(Window);
        Assert.True(tally.Add("x", new Sample(2_000_000, 10, null)));
        Assert.True(tally.Add("x", new Sample(4_000_000, 15, null)));
        Assert.False(tally.Add("x", new Sample(3_000_000, 11, null)));
        Assert.False(tally.Add("x", new Sample(4_000_000, 14, null)));
        Assert.Equal(5, tally.At(Window.To).Sum);
    }

    [Fact]
    public void The_next_window_starts_with_what_holds()
    {
        var kinds = new[] { TallyKind.Of(Duration("on", ["on"])), TallyKind.Of(Increase("x", "x")) };
        var runs = new Dictionary<string, SampleRun>
        {
            ["state"] = SampleRun.Of([new Sample(5_000_000, 0, "on")]),
            ["x"] = SampleRun.Of([new Sample(5_000_000, 100, null)]),
        };
        var next = TallySheet.Of(Window, kinds, runs).Follow(new WindowSpan(IndicatorWindow.Hour, 11_000_000, 21_000_000, null));
        Assert.True(next.Add("x", new Sample(12_000_000, 107, null)));
        Assert.Equal(7, next.At(kinds[1], 21_000_000).Sum);
        Assert.Equal(10, next.At(kinds[0], 21_000_000).Sum);
    }

    [Fact]
    public void A_boolean_has_the_states_true_and_false()
    {
        var open = TallyKind.Of(new IndicatorInput("open", InputKind.Duration, "door", ["true"], false, null, Combine.Sum, Word)).Start(Window);
        Assert.True(open.Add("door", Sample.Of(3_000_000, new(PropertyKind.Boolean, 1, null))));
        Assert.True(open.Add("door", Sample.Of(5_000_000, new(PropertyKind.Boolean, 0, null))));
        Assert.Equal(2, open.At(Window.To).Sum);
    }

    private static double? Figure(IndicatorInput input, params (string Property, double Seconds, double Value)[] samples)
    {
        var runs = samples
            .GroupBy(sample => sample.Property)
            .ToDictionary(run => run.Key, run => SampleRun.Of(run.Select(each => new Sample((long)(each.Seconds * 1e6), each.Value, null))));
        var kind = TallyKind.Of(input);
        return TallySheet.Of(Window, [kind], runs).At(kind, Window.To).Figure(input.Kind);
    }
}

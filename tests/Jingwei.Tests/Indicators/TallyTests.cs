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
        Assert.Equal(5, tally.At(Window.To).Figure(InputKind.Increase));
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
        Assert.Equal(7, next.At(kinds[1], 21_000_000).Figure(InputKind.Increase));
        Assert.Equal(10, next.At(kinds[0], 21_000_000).Figure(InputKind.Duration));
    }

    // Down at 2 s, up at 3 s, down again at 4 s and 5 s (still the same stop), up at 6 s, down after the window.
    [Fact]
    public void A_state_is_entered_when_another_one_held_before() =>
        Assert.Equal(2, Entries(("x", 0.5, "up"), ("x", 2, "down"), ("x", 3, "up"), ("x", 4, "down"), ("x", 5, "down"), ("x", 6, "up"), ("x", 12, "down")));

    [Fact]
    public void A_state_that_held_when_the_window_began_was_not_entered_in_it() =>
        Assert.Equal(0, Entries(("x", 0.5, "down"), ("x", 2, "down")));

    [Fact]
    public void The_first_reading_ever_is_no_entry() => Assert.Equal(0, Entries(("x", 2, "down")));

    [Fact]
    public void Of_a_state_that_nobody_knows_there_are_no_entries_to_count() => Assert.Null(Entries());

    // Set up from 2 s to 4 s: what is scrapped at 3, 5 and 6 s (two seconds after) counts, at 1.5 and 7 s it does not.
    [Fact]
    public void Growth_may_count_only_in_a_state_and_for_a_while_after_it()
    {
        var kind = TallyKind.Of(Increase("x", "x") with { After = "state", States = ["setup"], Within = TimeSpan.FromSeconds(2) });
        var runs = new Dictionary<string, SampleRun>
        {
            ["x"] = Run((0.5, 0), (1.5, 1), (3, 3), (5, 7), (6, 15), (7, 31)),
            ["state"] = SampleRun.Of([new Sample(500_000, 0, "run"), new Sample(2_000_000, 0, "setup"), new Sample(4_000_000, 0, "run")]),
        };
        Assert.Equal(2 + 4 + 8, TallySheet.Of(Window, [kind], runs).At(kind, Window.To).Figure(InputKind.Increase));
    }

    // Left at 0.5 s, before the window begins at 1 s: still new at 2 s, no more at 3 s.
    [Fact]
    public void A_state_that_was_left_just_before_the_window_counts_into_it()
    {
        var kind = TallyKind.Of(Increase("x", "x") with { After = "state", States = ["setup"], Within = TimeSpan.FromSeconds(2) });
        var runs = new Dictionary<string, SampleRun>
        {
            ["x"] = Run((0.5, 0), (2, 1), (3, 10)),
            ["state"] = SampleRun.Of([new Sample(100_000, 0, "setup"), new Sample(500_000, 0, "run"), new Sample(900_000, 0, "idle")]),
        };
        Assert.Equal(1, TallySheet.Of(Window, [kind], runs).At(kind, Window.To).Figure(InputKind.Increase));
    }

    [Fact]
    public void A_state_without_a_reading_for_32_days_is_unknown()
    {
        var kind = TallyKind.Of(Duration("on", ["on"]));
        var window = new WindowSpan(IndicatorWindow.Hour, 40 * 86_400_000_000, (40 * 86_400_000_000) + 3_600_000_000, null);
        Assert.Equal(3600, Of(8 * 86_400_000_000));
        Assert.Null(Of((8 * 86_400_000_000) - 1));

        double? Of(long since) => TallySheet
            .Of(window, [kind], new Dictionary<string, SampleRun> { ["state"] = SampleRun.Of([new Sample(since, 0, "on")]) })
            .At(kind, window.To).Figure(InputKind.Duration);
    }

    [Fact]
    public void A_boolean_has_the_states_true_and_false()
    {
        var open = TallyKind.Of(new IndicatorInput("open", InputKind.Duration, "door", ["true"], false, null, Combine.Sum, Word)).Start(Window);
        Assert.True(open.Add("door", Sample.Of(3_000_000, new(PropertyKind.Boolean, 1, null))));
        Assert.True(open.Add("door", Sample.Of(5_000_000, new(PropertyKind.Boolean, 0, null))));
        Assert.Equal(2, open.At(Window.To).Figure(InputKind.Duration));
    }

    private static SampleRun Run(params (double Seconds, double Value)[] samples) =>
        SampleRun.Of(samples.Select(each => new Sample((long)(each.Seconds * 1e6), each.Value, null)));

    private static double? Entries(params (string Property, double Seconds, string State)[] samples)
    {
        var kind = TallyKind.Of(new IndicatorInput("n", InputKind.Entries, "x", ["down"], false, null, Combine.Sum, Word));
        var runs = new Dictionary<string, SampleRun> { ["x"] = SampleRun.Of(samples.Select(each => new Sample((long)(each.Seconds * 1e6), 0, each.State))) };
        return TallySheet.Of(Window, [kind], runs).At(kind, Window.To).Figure(InputKind.Entries);
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

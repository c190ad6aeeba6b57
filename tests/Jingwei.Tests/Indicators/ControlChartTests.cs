using Jingwei.Server.Indicators.Control;

namespace Jingwei.Tests.Indicators;

public sealed class ControlChartTests
{
    // NIST/SEMATECH e-Handbook, 6.3.2.2: flow rates of ten batches; centre 50.81, limits 45.8159 and 55.8041, mean moving range 1.8778.
    private static readonly double[] FlowRates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

    // Montgomery, Introduction to Statistical Quality Control, table 7.1: nonconforming cans in samples of 50.
    private static readonly double[] Cans =
        [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];

    [Fact]
    public void Individuals_have_the_limits_of_the_NIST_handbook()
    {
        var chart = ControlChart.Of(ChartKind.Individuals, [.. FlowRates.Select((value, index) => new ControlSample(index, [value], 1))], _ => true)!;
        Assert.Equal(50.81, chart.Limits.Centre, 1e-9);
        Assert.Equal(45.8159, chart.Limits.Lower, 1e-4);
        Assert.Equal(55.8041, chart.Limits.Upper, 1e-4);
        Assert.Equal(1.8778, chart.Spread!.Value.Centre, 1e-4);
        Assert.Null(chart.Points[0].Spread);
        Assert.All(chart.Points, point => Assert.Empty(point.Rules));
    }

    [Fact]
    public void Fractions_have_the_limits_of_the_published_example_and_show_its_two_points_out_of_control()
    {
        var chart = ControlChart.Of(ChartKind.P, [.. Cans.Select((cans, index) => new ControlSample(index, [cans], 50))], _ => true)!;
        Assert.Equal(0.2313, chart.Limits.Centre, 1e-4);
        Assert.Equal(0.4102, chart.Limits.Upper, 1e-4);
        Assert.Equal(0.0524, chart.Limits.Lower, 1e-4);
        Assert.Equal([14, 22], chart.Points.Select((point, index) => (point, index)).Where(each => each.point.Rules.Contains(1)).Select(each => each.index));
    }

    [Fact]
    public void Fractions_of_larger_samples_have_narrower_limits_that_end_at_zero()
    {
        var chart = ControlChart.Of(ChartKind.P, [new ControlSample(0, [1], 10), new ControlSample(1, [9], 90), new ControlSample(2, [0], 0)], _ => true)!;
        Assert.Equal(2, chart.Points.Length);
        Assert.Equal(0.1, chart.Limits.Centre, 1e-12);
        Assert.Equal(0, chart.Points[0].Limits.Lower);
        Assert.Equal(0.1 + (3 * Math.Sqrt(0.09 / 10)), chart.Points[0].Limits.Upper, 1e-12);
        Assert.Equal(0.1 + (3 * Math.Sqrt(0.09 / 90)), chart.Points[1].Limits.Upper, 1e-12);
    }

    // By hand: means 3, 5, 4; ranges 4, 2, 3; grand mean 4, mean range 3. n = 5: A2 0.577, D3 0, D4 2.114, d2 2.326.
    [Fact]
    public void Subgroups_of_five_have_limits_from_their_mean_range()
    {
        double[][] groups = [[1, 2, 3, 4, 5], [4, 5, 5, 5, 6], [2, 4, 4, 5, 5]];
        var chart = ControlChart.Of(ChartKind.XbarR, [.. groups.Select((group, index) => new ControlSample(index, [.. group], 5))], _ => true)!;
        Assert.Equal(new ControlLimits(4 - (0.577 * 3), 4, 4 + (0.577 * 3)), chart.Limits);
        Assert.Equal(new ControlLimits(0, 3, 2.114 * 3), chart.Spread!.Value);
        Assert.Equal(3 / 2.326, chart.Deviation);
        Assert.Equal([3, 5, 4], chart.Points.Select(point => point.Value));
        Assert.Equal([4, 2, 3], chart.Points.Select(point => point.Spread!.Value));
    }

    [Fact]
    public void Limits_come_from_the_baseline_alone()
    {
        var chart = ControlChart.Of(
            ChartKind.Individuals, [.. FlowRates.Append(60).Select((value, index) => new ControlSample(index, [value], 1))], sample => sample.Time < 10)!;
        Assert.Equal(50.81, chart.Limits.Centre, 1e-9);
        Assert.Contains(1, chart.Points[^1].Rules);
        Assert.True(chart.Points[^1].SpreadOut);
    }

    // In standard errors. The last point alone completes the pattern.
    [Theory]
    [InlineData(new[] { 0.0, 3.1 }, new[] { 1 })]
    [InlineData(new[] { 0.0, 3.0 }, new int[0])]
    [InlineData(new[] { 2.1, 0.0, 2.1 }, new[] { 2 })]
    [InlineData(new[] { 2.1, 0.0, -2.1 }, new int[0])]
    [InlineData(new[] { 2.1, 0.0, 0.0, 2.1 }, new int[0])]
    [InlineData(new[] { -1.1, -1.1, 0.5, -1.1, -1.1 }, new[] { 3 })]
    [InlineData(new[] { -1.1, -1.1, 0.5, -1.1, 0.5 }, new int[0])]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, new[] { 4 })]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, new int[0])]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.0, 0.1, 0.1, 0.1, 0.1 }, new int[0])]
    [InlineData(new[] { 2.5, 0.0, 3.5 }, new[] { 1, 2 })]
    public void The_rules_of_Western_Electric_find_their_patterns(double[] distances, int[] rules) =>
        Assert.Equal(rules, WesternElectric.Rules(distances)[^1]);

    // Montgomery, example 8.2: piston rings 74.001 with mean range 0.023 of five, specification 74 ± 0.05: Cp 1.68.
    [Fact]
    public void Capability_is_that_of_the_published_example()
    {
        var capability = Capability.Of(74.001, 0.023 / ControlConstants.For(5).D2, 73.95, 74.05)!;
        Assert.Equal(1.68, capability.Cp!.Value, 0.006);
        Assert.Equal((74.05 - 74.001) / (3 * 0.023 / 2.326), capability.Cpk, 1e-9);
    }

    [Fact]
    public void With_one_limit_there_is_no_Cp_and_without_variation_nothing()
    {
        Assert.Equal(new Capability(null, 1, null, 16), Capability.Of(10, 2, null, 16));
        Assert.Null(Capability.Of(10, 0, 4, 16));
        Assert.Null(Capability.Of(10, 2, null, null));
    }
}

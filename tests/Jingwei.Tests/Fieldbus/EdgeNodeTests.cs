using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Tests.Fieldbus;

/// <summary>What is known of an edge node between birth and death, by the assertions of Sparkplug 3.0.</summary>
public sealed class EdgeNodeTests
{
    private readonly EdgeNode node = new(limit: 3);

    [Fact]
    public void A_death_ends_the_session_of_its_own_number_alone()
    {
        // tck-id-payloads-ndeath-bdseq, tck-id-topics-nbirth-bdseq-matching: the will of an earlier connection may come after the next birth.
        Assert.False(node.IsDeathOf(7));
        node.Begin(7, 0);
        Assert.False(node.IsDeathOf(6));
        Assert.True(node.IsDeathOf(7));
        node.End();
        Assert.False(node.IsDeathOf(7));
    }

    [Fact]
    public void An_alias_names_a_metric_of_the_device_that_declared_it()
    {
        // tck-id-payloads-alias-uniqueness: one alias an edge node, devices included.
        node.Begin(0, 0);
        node.BeginDevice("press");
        var speed = node.Declare("press", "Motor/Speed", 17, SparkplugDataType.Double);
        Assert.Same(speed, Find("press", "1011"));
        Assert.Null(Find(null, "1011"));
        Assert.Null(Find("press", "1012"));
        Assert.Same(speed, node.Find("press", "Motor/Speed"));
    }

    [Fact]
    public void A_name_is_found_as_it_is_written()
    {
        // tck-id-case-sensitivity-metric-names
        node.Begin(0, 0);
        var speed = node.Declare(null, "Speed", null, SparkplugDataType.Double);
        Assert.Same(speed, Find(null, "0a055370656564"));
        Assert.Null(Find(null, "0a057370656564"));
    }

    [Fact]
    public void A_birth_makes_everything_before_it_void()
    {
        // tck-id-operational-behavior-data-commands-rebirth-action-2: devices are born again after their node.
        node.Begin(0, 0);
        node.BeginDevice("press");
        node.Declare("press", "Speed", 1, SparkplugDataType.Double);
        node.Begin(0, 0);
        Assert.False(node.Has("press"));
        Assert.Null(Find("press", "1001"));
        Assert.Empty(node.Devices);
    }

    [Fact]
    public void A_device_that_died_takes_its_metrics_with_it_and_no_others()
    {
        node.Begin(0, 0);
        node.Declare(null, "Uptime", 2, SparkplugDataType.Int64);
        node.BeginDevice("press");
        node.Declare("press", "Speed", 1, SparkplugDataType.Double);
        node.EndDevice("press");
        Assert.Null(Find("press", "1001"));
        Assert.NotNull(Find(null, "1002"));
        Assert.Equal(["Uptime"], node.Of(null).Select(metric => metric.Name));
        Assert.Empty(node.Of("press"));
    }

    [Fact]
    public void Metrics_beyond_the_limit_are_declared_in_vain_and_those_of_the_dead_do_not_count()
    {
        node.Begin(0, 0);
        node.BeginDevice("press");
        Assert.NotNull(node.Declare("press", "a", null, SparkplugDataType.Double));
        Assert.NotNull(node.Declare("press", "b", null, SparkplugDataType.Double));
        Assert.NotNull(node.Declare(null, "c", null, SparkplugDataType.Double));
        Assert.Null(node.Declare(null, "d", null, SparkplugDataType.Double));
        Assert.NotNull(node.Declare(null, "c", null, SparkplugDataType.Float));
        node.EndDevice("press");
        Assert.NotNull(node.Declare(null, "d", null, SparkplugDataType.Double));
    }

    [Fact]
    public void Messages_in_order_leave_no_gap_over_the_turn_of_the_numbers()
    {
        // tck-id-payloads-sequence-num-incrementing: 255 is followed by 0.
        node.Begin(0, 250);
        for (var number = 251; number < 600; number++)
        {
            node.Sequence.Take((byte)number);
            Assert.False(node.Sequence.HasGap);
        }
    }

    [Fact]
    public void A_gap_lasts_until_every_missing_message_has_come()
    {
        // tck-id-operational-behavior-host-reordering-start and -success
        node.Begin(0, 0);
        node.Sequence.Take(3);
        node.Sequence.Take(4);
        Assert.True(node.Sequence.HasGap);
        node.Sequence.Take(2);
        Assert.True(node.Sequence.HasGap);
        node.Sequence.Take(1);
        Assert.False(node.Sequence.HasGap);
        node.Sequence.Take(5);
        Assert.False(node.Sequence.HasGap);
    }

    [Fact]
    public void A_message_that_comes_twice_is_no_gap_and_a_birth_ends_one()
    {
        node.Begin(0, 0);
        node.Sequence.Take(1);
        node.Sequence.Take(1);
        Assert.False(node.Sequence.HasGap);
        node.Sequence.Take(9);
        Assert.True(node.Sequence.HasGap);
        node.Begin(0, 0);
        Assert.False(node.Sequence.HasGap);
    }

    private MetricDefinition? Find(string? device, string hex)
    {
        Assert.True(SparkplugMetric.TryRead(Convert.FromHexString(hex), out var metric));
        return node.Find(device, metric);
    }
}

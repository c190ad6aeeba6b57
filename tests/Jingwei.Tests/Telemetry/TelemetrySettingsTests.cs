using Jingwei.Server.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Jingwei.Tests.Telemetry;

/// <summary>The section Telemetry of the configuration, as docs/operations.md states it.</summary>
public sealed class TelemetrySettingsTests
{
    [Fact]
    public void What_is_not_set_has_its_default()
    {
        Assert.Equal(new TelemetryOptions(), Read(out var faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void What_is_set_is_taken()
    {
        var options = Read(
            out var faults, ("ValuesInFlight", "7"), ("Patience", "00:00:02"), ("Sync", "interval"), ("Retention:Readings", "90.00:00:00"), ("Engine:BlockRows", "5"));

        Assert.Empty(faults);
        Assert.Equal((7, TimeSpan.FromSeconds(2), LogSync.Interval), (options.ValuesInFlight, options.Patience, options.Sync));
        Assert.Equal((TimeSpan.FromDays(90), null), (options.Retention.Readings, options.Retention.Days));
        Assert.Equal(5, options.Engine.BlockRows);
    }

    [Theory]
    [InlineData("EngineDelay", "00:00:00")]
    [InlineData("DiskLow", "0")]
    [InlineData("DiskCritical", "0")]
    public void Nothing_means_at_once_or_never_where_it_says_so(string name, string value)
    {
        Read(out var faults, (name, value));
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("EngineDelay", "-00:00:01")]
    [InlineData("DiskLow", "-0.1")]
    [InlineData("DiskLow", "1")]
    [InlineData("DiskLow", "NaN")]
    [InlineData("DiskCritical", "-1")]
    [InlineData("ValuesInFlight", "0")]
    [InlineData("RejectAge", "00:00:00")]
    [InlineData("RollupInterval", "00:00:00")]
    [InlineData("SyncInterval", "00:00:00.0001")]
    [InlineData("Sync", "7")]
    [InlineData("Engine:BlockRows", "0")]
    [InlineData("Retention:Readings", "01:00:00")]
    [InlineData("EngineBatchValues", "848449")]
    [InlineData("LogBytes", "67108863")]
    [InlineData("SegmentBytes", "1073741825")]
    [InlineData("WriteBytesInFlight", "268435455")]
    [InlineData("ThingsMade", "0")]
    public void What_cannot_be_is_one_fault_that_names_it(string name, string value)
    {
        Read(out var faults, (name, value));
        Assert.Contains($"Telemetry:{name.Split(':')[0]}", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ValuesInFligth", "7")]
    [InlineData("ValuesInFlight", "many")]
    public void What_cannot_be_read_is_a_fault(string name, string value)
    {
        Read(out var faults, (name, value));
        Assert.Contains(name, Assert.Single(faults), StringComparison.Ordinal);
    }

    private static TelemetryOptions Read(out IReadOnlyList<string> faults, params (string Name, string Value)[] set) => TelemetrySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(set.Select(each => KeyValuePair.Create($"Telemetry:{each.Name}", (string?)each.Value))).Build(),
        out faults);
}

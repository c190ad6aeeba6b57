using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Tests.Telemetry;

public sealed class MessageTimesTests
{
    [Fact]
    public void Messages_that_come_together_have_different_times()
    {
        var times = new MessageTimes();
        Assert.Equal([1_000_000, 1_000_001, 1_000_002, 2_000_000], new[] { 1_000_000L, 1_000_000, 999_000, 2_000_000 }.Select(times.Next));
    }

    [Fact]
    public void A_clock_that_was_set_back_is_followed()
    {
        var times = new MessageTimes();
        const long ahead = 1000 * Instant.PerDay;
        Assert.Equal([ahead, Instant.PerDay, Instant.PerDay + 1], new[] { ahead, Instant.PerDay, Instant.PerDay }.Select(times.Next));
    }
}

using System.Globalization;
using Jingwei.Server.Facts.Subscriptions;

namespace Jingwei.Tests.Facts;

/// <summary>When standing queries are asked (EPCIS 2.0, 8.2.5.3).</summary>
public sealed class QueryScheduleTests
{
    [Theory]
    [InlineData(null, "5", "1", null, null, null, "2026-03-01T00:00:00Z", "2026-03-01T01:05:00Z")]
    [InlineData(null, "5", "1", null, null, null, "2026-03-01T01:05:00Z", "2026-03-02T01:05:00Z")]
    [InlineData("0,30", null, null, null, null, null, "2026-03-01T23:59:31Z", "2026-03-02T00:00:00Z")]
    [InlineData("[10-12]", null, null, null, null, null, "2026-03-01T00:00:10.5Z", "2026-03-01T00:00:11Z")]
    [InlineData(null, null, "8", null, null, "[1-5]", "2026-02-28T00:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData(null, null, null, "31", null, null, "2026-02-01T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData(null, null, null, "29", "2", null, "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData(null, null, null, null, null, "7", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData(null, "[58-59],0", "23", null, null, null, "2026-03-01T23:58:00Z", "2026-03-01T23:59:00Z")]
    public void The_next_time_is_the_first_that_fits(string? second, string? minute, string? hour, string? dayOfMonth, string? month, string? dayOfWeek, string after, string next)
    {
        var schedule = new QuerySchedule(second, minute, hour, dayOfMonth, month, dayOfWeek);
        Assert.Null(schedule.Fault());
        Assert.Equal(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture), schedule.Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("60", null, null, null, null, null)]
    [InlineData(null, "", null, null, null, null)]
    [InlineData(null, null, "1-2", null, null, null)]
    [InlineData(null, null, "[2-1]", null, null, null)]
    [InlineData(null, null, null, "0", null, null)]
    [InlineData(null, null, null, "30", "2", null)]
    [InlineData(null, null, null, null, null, "8")]
    [InlineData(null, null, null, null, null, null)]
    public void What_never_comes_is_refused(string? second, string? minute, string? hour, string? dayOfMonth, string? month, string? dayOfWeek) =>
        Assert.NotNull(new QuerySchedule(second, minute, hour, dayOfMonth, month, dayOfWeek).Fault());
}

using Jingwei.Server.Notifications.Deciding;

namespace Jingwei.Tests.Notifications;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02T13:59:59Z", "2026-03-02T13:59:59Z")]
    [InlineData("Asia/Shanghai", "2026-03-02T14:00:00Z", "2026-03-02T23:00:00Z")]
    [InlineData("Asia/Shanghai", "2026-03-02T22:59:59Z", "2026-03-02T23:00:00Z")]
    [InlineData("Asia/Shanghai", "2026-03-02T23:00:00Z", "2026-03-02T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z")]
    public void From_ten_at_night_to_seven_mail_waits_until_seven_by_the_users_clock(string zone, string now, string until) => Assert.Equal(
        At(until), new QuietHours(new(22, 0), new(7, 0)).Until(At(now), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}

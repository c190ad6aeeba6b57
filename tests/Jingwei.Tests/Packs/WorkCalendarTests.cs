using System.Globalization;
using Jingwei.Server;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Packs;

/// <summary>Expected times are counted by hand on a calendar of 2026.</summary>
public sealed class WorkCalendarTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // 1 October is a Thursday; Saturday the 10th is worked for it.
    private static readonly WorkCalendar Office = new(
        "office",
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        [new(new(13, 30), new(17, 30)), new(new(8, 30), new(12, 0))],
        [new(2026, 10, 1), new(2026, 10, 2)],
        [new(2026, 10, 10)],
        null,
        Label.Of("office"));

    [Theory]
    [InlineData("2026-03-02T09:00+08:00", 60, "2026-03-02T10:00+08:00")]
    [InlineData("2026-03-02T11:30+08:00", 60, "2026-03-02T14:00+08:00")]
    [InlineData("2026-03-02T12:15+08:00", 1, "2026-03-02T13:31+08:00")]
    [InlineData("2026-03-02T09:00+08:00", 180, "2026-03-02T12:00+08:00")]
    [InlineData("2026-03-02T03:00+08:00", 30, "2026-03-02T09:00+08:00")]
    // Friday evening goes on on Monday morning.
    [InlineData("2026-03-06T17:00+08:00", 60, "2026-03-09T09:00+08:00")]
    [InlineData("2026-03-07T10:00+08:00", 450, "2026-03-09T17:30+08:00")]
    // The holiday and the weekend after it are passed over.
    [InlineData("2026-09-30T17:00+08:00", 60, "2026-10-05T09:00+08:00")]
    // The Saturday that is worked is a day as any other.
    [InlineData("2026-10-09T17:30+08:00", 10, "2026-10-10T08:40+08:00")]
    [InlineData("2026-03-02T18:00+08:00", 0, "2026-03-02T18:00+08:00")]
    public void Working_time_alone_counts(string from, int minutes, string expected) =>
        Assert.Equal(Time(expected), Office.After(Time(from), TimeSpan.FromMinutes(minutes), Shanghai));

    [Fact]
    public void A_nights_hours_belong_to_the_day_that_they_begin_on()
    {
        var night = Office with { Days = [DayOfWeek.Friday], Hours = [new(new(22, 0), new(6, 0))], Holidays = [], Workdays = [] };
        Assert.Equal(Time("2026-03-07T01:00+08:00"), night.After(Time("2026-03-06T20:00+08:00"), TimeSpan.FromHours(3), Shanghai));
        Assert.Equal(Time("2026-03-13T23:00+08:00"), night.After(Time("2026-03-07T05:00+08:00"), TimeSpan.FromHours(2), Shanghai));
        Assert.True(night.IsOpen(Time("2026-03-07T05:59+08:00"), Shanghai));
        Assert.False(night.IsOpen(Time("2026-03-07T06:00+08:00"), Shanghai));
    }

    // Berlin's clock goes from 02:00 to 03:00 on 29 March 2026: the night from 22:00 to 06:00 has seven hours.
    [Fact]
    public void A_night_in_which_the_clock_is_set_forward_is_an_hour_shorter()
    {
        var night = new WorkCalendar(
            "night", [.. Enum.GetValues<DayOfWeek>()], [new(new(22, 0), new(6, 0))], [], [], "Europe/Berlin", Label.Of("night"));
        Assert.Equal(Time("2026-03-29T06:00+02:00"), night.After(Time("2026-03-28T22:00+01:00"), TimeSpan.FromHours(7), Shanghai));
    }

    [Fact]
    public void A_calendar_without_end_of_holidays_ends_all_the_same()
    {
        var never = Office with { Holidays = [.. Enumerable.Range(0, 3700).Select(new DateOnly(2026, 3, 1).AddDays)], Workdays = [] };
        Assert.Equal(Time("2026-03-02T09:00+08:00"), never.After(Time("2026-03-02T09:00+08:00"), TimeSpan.FromHours(1), Shanghai));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

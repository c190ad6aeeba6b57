using System.Globalization;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Indicators;

public sealed class WindowCalendarTests
{
    private static readonly WindowCalendar Calendar = new(Shifts);
    private static readonly WindowCalendar Nightly = new([new Shift("late", new TimeOnly(22, 0), new TimeOnly(6, 0), Word)]);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Shifts_follow_the_wall_clock_of_the_zone() =>
        Assert.Equal(
            new WindowSpan(IndicatorWindow.Shift, Us("2026-01-05T00:00:00Z"), Us("2026-01-05T08:00:00Z"), "day"),
            Calendar.WindowAt(IndicatorWindow.Shift, Us("2026-01-05T03:00:00Z"), Shanghai));

    [Fact]
    public void A_boundary_belongs_to_the_window_that_starts_there() =>
        Assert.Equal("swing", Calendar.WindowAt(IndicatorWindow.Shift, Us("2026-01-05T16:00:00Z"), TimeZoneInfo.Utc)!.Value.Shift);

    [Theory]
    [InlineData("2026-01-05T23:00:00Z")]
    [InlineData("2026-01-06T05:59:59Z")]
    public void A_shift_that_crosses_midnight_is_one_window(string time) =>
        Assert.Equal(
            new WindowSpan(IndicatorWindow.Shift, Us("2026-01-05T22:00:00Z"), Us("2026-01-06T06:00:00Z"), "late"),
            Nightly.WindowAt(IndicatorWindow.Shift, Us(time), TimeZoneInfo.Utc));

    [Fact]
    public void Between_two_shifts_there_is_no_window() =>
        Assert.Null(Nightly.WindowAt(IndicatorWindow.Shift, Us("2026-01-06T06:00:00Z"), TimeZoneInfo.Utc));

    [Fact]
    public void The_window_after_a_gap_is_the_next_shift() =>
        Assert.Equal(Us("2026-01-06T22:00:00Z"), Nightly.Next(IndicatorWindow.Shift, Us("2026-01-06T06:00:00Z"), TimeZoneInfo.Utc)!.Value.From);

    // Three shifts of eight hours become two of twelve, 06:00 and 18:00, with the shifts that begin on the 6th.
    [Theory]
    [InlineData("2026-01-05T21:00:00Z", "swing", "2026-01-05T16:00:00Z", "2026-01-06T00:00:00Z")]
    [InlineData("2026-01-06T07:00:00Z", "day", "2026-01-06T06:00:00Z", "2026-01-06T18:00:00Z")]
    [InlineData("2026-01-06T19:00:00Z", "night", "2026-01-06T18:00:00Z", "2026-01-07T06:00:00Z")]
    [InlineData("2026-01-07T05:00:00Z", "night", "2026-01-06T18:00:00Z", "2026-01-07T06:00:00Z")]
    public void A_places_own_shifts_are_those_that_begin_from_their_day_on(string time, string shift, string from, string to) =>
        Assert.Equal(
            new WindowSpan(IndicatorWindow.Shift, Us(from), Us(to), shift),
            Calendar.Of(Changed("2026-01-06", new OwnShift("day", new(6, 0), new(18, 0)), new OwnShift("night", new(18, 0), new(6, 0)))).WindowAt(IndicatorWindow.Shift, Us(time), TimeZoneInfo.Utc));

    // The night of the 5th lasts until 06:00 of the 6th, on which an early shift would begin at 04:00.
    [Fact]
    public void A_shift_that_has_begun_ends_as_it_was_and_the_next_begins_where_it_ends()
    {
        var changed = Nightly.Of(Changed("2026-01-06", new OwnShift("late", new(4, 0), new(12, 0))));
        Assert.Equal(
            [("2026-01-05T22:00:00Z", "2026-01-06T06:00:00Z"), ("2026-01-06T06:00:00Z", "2026-01-06T12:00:00Z"), ("2026-01-07T04:00:00Z", "2026-01-07T12:00:00Z")],
            changed.Windows(IndicatorWindow.Shift, Us("2026-01-05T22:00:00Z"), Us("2026-01-07T05:00:00Z"), TimeZoneInfo.Utc).Select(span => (Text(span.From), Text(span.To))));
    }

    [Fact]
    public void The_nearest_owners_shifts_count_until_they_are_taken_back()
    {
        ShiftChange own(string day, params OwnShift[] shifts) => new(DateOnly.Parse(day, CultureInfo.InvariantCulture), shifts.Length == 0 ? null : [.. shifts], "", "", default);
        var plan = new ShiftPlan(
        [
            new([own("2026-01-07", new OwnShift("day", new(7, 0), new(19, 0))), own("2026-01-08")]),
            new([own("2026-01-06", new OwnShift("day", new(6, 0), new(18, 0)))]),
        ]);
        var hours = Enumerable.Range(5, 4).Select(day => plan.On(new DateOnly(2026, 1, day)) is { } shifts ? shifts[0].From.Hour : (int?)null);
        Assert.Equal([null, 6, 7, 6], hours);
    }

    // Germany: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
    [Theory]
    [InlineData("2026-03-29T12:00:00Z", 23)]
    [InlineData("2026-10-25T12:00:00Z", 25)]
    [InlineData("2026-06-01T12:00:00Z", 24)]
    public void A_day_lasts_from_midnight_to_midnight(string time, int hours)
    {
        var day = Calendar.WindowAt(IndicatorWindow.Day, Us(time), Berlin)!.Value;
        Assert.Equal(hours * 3_600_000_000L, day.To - day.From);
    }

    [Theory]
    [InlineData("2026-03-29T03:00:00Z", 7)]
    [InlineData("2026-10-25T03:00:00Z", 9)]
    public void A_night_shift_is_shorter_or_longer_when_the_clock_changes(string time, int hours)
    {
        var night = Nightly.WindowAt(IndicatorWindow.Shift, Us(time), Berlin)!.Value;
        Assert.Equal(hours * 3_600_000_000L, night.To - night.From);
    }

    [Fact]
    public void A_shift_bound_that_the_clock_skips_is_the_moment_of_the_change()
    {
        var calendar = new WindowCalendar(
            [new Shift("a", new TimeOnly(0, 0), new TimeOnly(2, 30), Word), new Shift("b", new TimeOnly(2, 30), new TimeOnly(0, 0), Word)]);
        Assert.Equal(Us("2026-03-29T01:00:00Z"), calendar.WindowAt(IndicatorWindow.Shift, Us("2026-03-29T00:30:00Z"), Berlin)!.Value.To);
        Assert.Equal("b", calendar.WindowAt(IndicatorWindow.Shift, Us("2026-03-29T01:00:00Z"), Berlin)!.Value.Shift);
    }

    [Theory]
    [InlineData("2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z")]
    public void Windows_touch_and_never_overlap(string from, string to)
    {
        foreach (var kind in Enum.GetValues<IndicatorWindow>())
        {
            var windows = Calendar.Windows(kind, Us(from), Us(to), Berlin).ToList();
            Assert.True(windows[0].Contains(Us(from)));
            Assert.True(windows[^1].To >= Us(to));
            Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.All(windows, window => Assert.Equal(window, Calendar.WindowAt(kind, window.From, Berlin)));
            Assert.All(windows, window => Assert.Equal(window, Calendar.WindowAt(kind, window.To - 1, Berlin)));
        }
    }

    [Fact]
    public void An_hour_of_a_zone_that_is_half_an_hour_off_starts_on_its_own_full_hour()
    {
        var kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        Assert.Equal(Us("2026-01-05T03:30:00Z"), Calendar.WindowAt(IndicatorWindow.Hour, Us("2026-01-05T04:00:00Z"), kolkata)!.Value.From);
    }

    [Fact]
    public void Three_shifts_a_day_make_twenty_one_a_week() =>
        Assert.Equal(21, Calendar.Windows(IndicatorWindow.Shift, Us("2026-01-05T00:00:00Z"), Us("2026-01-12T00:00:00Z"), TimeZoneInfo.Utc).Count());

    // 2026-01-05 is a Monday; it begins at 16:00 UTC of the day before in Shanghai.
    [Theory]
    [InlineData("2026-01-04T16:00:00Z")]
    [InlineData("2026-01-11T15:59:59Z")]
    public void A_week_lasts_from_Monday_to_Monday(string time) =>
        Assert.Equal(
            new WindowSpan(IndicatorWindow.Week, Us("2026-01-04T16:00:00Z"), Us("2026-01-11T16:00:00Z"), null),
            Calendar.WindowAt(IndicatorWindow.Week, Us(time), Shanghai));

    // March has 31 days less the hour that is skipped, February 28.
    [Theory]
    [InlineData("2026-03-15T00:00:00Z", (31 * 24) - 1)]
    [InlineData("2026-02-28T12:00:00Z", 28 * 24)]
    public void A_month_is_a_calendar_month_of_the_zone(string time, int hours)
    {
        var month = Calendar.WindowAt(IndicatorWindow.Month, Us(time), Berlin)!.Value;
        Assert.Equal(hours * 3_600_000_000L, month.To - month.From);
        Assert.Equal(month.To, Calendar.Next(IndicatorWindow.Month, month.To, Berlin)!.Value.From);
    }

    [Theory]
    [InlineData(IndicatorWindow.Week)]
    [InlineData(IndicatorWindow.Month)]
    public void Weeks_and_months_are_made_of_whole_days(IndicatorWindow kind)
    {
        var window = Calendar.WindowAt(kind, Us("2026-03-29T12:00:00Z"), Berlin)!.Value;
        var days = Calendar.Windows(IndicatorWindow.Day, window.From, window.To, Berlin).ToList();
        Assert.Equal((window.From, window.To), (days[0].From, days[^1].To));
        Assert.All(days.Skip(1).Zip(days), pair => Assert.Equal(pair.Second.To, pair.First.From));
    }

    private static ShiftPlan Changed(string day, params OwnShift[] shifts) =>
        new([new([new(DateOnly.Parse(day, CultureInfo.InvariantCulture), [.. shifts], "", "", default)])]);

    private static string Text(long time) => Instant.ToTime(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Building;

/// <summary>Builds the calendars of pack.yaml.</summary>
internal static class CalendarBuilder
{
    // As packs write them, in the order of DayOfWeek.
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static WorkCalendar Build(MapNode node, ImmutableArray<Shift> shifts, Texts texts) => new(
        node.Text("calendar")!,
        [.. node.TextsOf("days").Select(day => (DayOfWeek)Array.IndexOf(Days, day))],
        node["shifts"] is null
            ? [.. node.MapsOf("hours").Select(hours => new WorkHours(Clock(hours.Text("from")!), Clock(hours.Text("to")!)))]
            : [.. shifts.Where(shift => node.TextsOf("shifts").Contains(shift.Id)).Select(shift => new WorkHours(shift.From, shift.To))],
        Dates(node, "holidays"),
        Dates(node, "workdays"),
        node.Text("zone"),
        texts.At("calendars", node.Text("calendar")!));

    /// <summary>The day that a text of the schema's form names, or null for one that no calendar has.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static ImmutableArray<DateOnly> Dates(MapNode node, string key) => [.. node.TextsOf(key).Select(day => Date(day)!.Value)];

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

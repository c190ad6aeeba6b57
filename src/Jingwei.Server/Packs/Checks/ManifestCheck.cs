using System.Globalization;
using System.Reflection;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks pack.yaml: the version it needs, and a shift calendar in which no moment belongs to two shifts.</summary>
internal static class ManifestCheck
{
    private const int DayMinutes = 24 * 60;

    public static void Check(PackDraft draft, ProblemList problems)
    {
        CheckNeeds(draft.Manifest, problems);
        var shifts = draft.Manifest.MapsOf("shifts").ToList();
        for (var i = 0; i < shifts.Count; i++)
        {
            foreach (var earlier in shifts.Take(i))
            {
                Compare(shifts[i], earlier, problems);
            }
        }
    }

    private static void CheckNeeds(MapNode manifest, ProblemList problems)
    {
        var needs = manifest.Map("needs")?.Scalar("jingwei");
        var running = Assembly.GetExecutingAssembly().GetName().Version!;
        if (needs is not null && Version.TryParse(needs.Text.TrimStart('>', '='), out var least) && running < least)
        {
            problems.Add(needs, $"the pack needs Jingwei {least} or later", $"at most {running.ToString(3)}, which this is");
        }
    }

    private static void Compare(MapNode shift, MapNode earlier, ProblemList problems)
    {
        if (shift.Scalar("shift") is { } id && id.Text == earlier.Text("shift"))
        {
            problems.Add(id, $"duplicate shift {id.Text}, first on line {earlier.At.Line}", "every id once");
        }

        if (Span(shift) is { } a && Span(earlier) is { } b && (Starts(a, b) || Starts(b, a)))
        {
            problems.Add(shift, $"shift {shift.Text("shift")} overlaps {earlier.Text("shift")}", "shifts that follow each other");
        }
    }

    // A shift that ends at or before its start ends on the next day; the day is a circle.
    private static (int From, int Length)? Span(MapNode shift)
    {
        if (Minutes(shift.Text("from")) is not { } from || Minutes(shift.Text("to")) is not { } to)
        {
            return null;
        }

        return (from, to > from ? to - from : to - from + DayMinutes);
    }

    private static bool Starts((int From, int Length) one, (int From, int Length) within) =>
        (one.From - within.From + DayMinutes) % DayMinutes < within.Length;

    private static int? Minutes(string? clock) =>
        TimeOnly.TryParseExact(clock, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;
}

using System.Globalization;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Packs.Emergency;

/// <summary>The day's reports joined by likeness alone, one after the other as they come, by the day's own clock: how often that is what the day's stories say.</summary>
public sealed class JoiningTests(ITestOutputHelper output)
{
    private const int Neighbours = 24;

    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset Begin = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private static readonly ModelFolder Models = new(ModelFolder.Shipped);
    private static readonly Places Places = Places.Load();
    private static readonly ReportReader Reports = Models.OpenReports();
    private static readonly ProfileReader Profiles = Models.OpenProfiles();
    private static readonly LikenessModel Likeness = Models.OpenLikeness();

    // Floors, below what was measured (README of the pack).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reports_of_one_story_come_together_and_those_of_two_stay_apart(int seed)
    {
        var joined = Join(new Day(Places, seed, number: 0, month: 11));
        var (right, wrong, split) = (0, 0, 0);
        for (var one = 0; one < joined.Count; one++)
        {
            for (var other = one + 1; other < joined.Count; other++)
            {
                var (same, together) = (joined[one].Story == joined[other].Story, joined[one].Incident == joined[other].Incident);
                right += same && together ? 1 : 0;
                wrong += !same && together ? 1 : 0;
                split += same && !together ? 1 : 0;
            }
        }

        var (precision, recall) = ((double)right / (right + wrong), (double)right / (right + split));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {joined.Count} reports, pair precision {precision:f3}, recall {recall:f3}; flood {Share(joined, "ruian-flood"):f2}, fire {Share(joined, "zhenhai-fire"):f2}"));
        Assert.InRange(precision, 0.65, 1);
        Assert.InRange(recall, 0.85, 1);
        Assert.InRange(Share(joined, "ruian-flood"), 0.85, 1);
        Assert.InRange(Share(joined, "zhenhai-fire"), 0.85, 1);
    }

    // The largest part of a story's reports that is in one incident.
    private static double Share(IReadOnlyList<(string Story, long Incident)> joined, string story)
    {
        var mine = joined.Where(each => each.Story == story).ToList();
        return (double)mine.GroupBy(each => each.Incident).Max(group => group.Count()) / mine.Count;
    }

    private static List<(string Story, long Incident)> Join(Day day)
    {
        using var index = new LikenessIndex(Likeness, LikenessTask.Event);
        var incidents = new List<long>();
        var joined = new List<(string, long)>();
        foreach (var said in day.Reports)
        {
            var profile = Profile(said);
            var near = index.Nearest(profile, Neighbours).ToLookup(each => incidents[(int)each.Id], each => each.Score.Score);
            var alike = near.Where(scores => scores.Max() >= Likeness.SameFrom(LikenessTask.Event)).ToList();
            var best = alike.Count > 0 ? alike.MaxBy(scores => scores.Sum())!.Key : incidents.Count;
            index.Set(incidents.Count, profile);
            incidents.Add(best);
            if (said.Story is { Both: null, Scattered: false })
            {
                joined.Add((said.Story.Id, best));
            }
        }

        return joined;
    }

    // With what the way by which it comes says apart from the text.
    private static ReportProfile Profile(Said said)
    {
        var (began, at) = (Begin.AddMinutes(said.Story.Begins), Begin.AddMinutes(said.At));
        var place = said.Source.Way is Way.Form or Way.Request && said.Line.Place is { } where ? $"。地点：{where}" : "";
        var (text, title) = (Wording.Date(said.Line.Text, began, at) + place, Wording.Date(said.Line.Title ?? "", began, at));
        var time = at.ToOffset(ChinaStandardTime).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var facts = Reports.Read(text, title, time, code => code.StartsWith("33", StringComparison.Ordinal));
        return Profiles.Read(text, title, time, said.Source.KnowsItsRegion || said.Point is not null ? facts with { RegionCode = Shortest(said.Story.Region) } : facts);
    }

    private static string Shortest(string code) => code.EndsWith("00", StringComparison.Ordinal) ? code[..^2] : code;
}

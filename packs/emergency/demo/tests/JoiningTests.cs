using System.Globalization;
using Jingwei.Demo.Emergency.Simulation;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Tests.Packs.Emergency;

/// <summary>The day's reports joined by likeness alone, one after the other as they come, by the day's own clock: how often that is what the day's stories say.</summary>
public sealed class JoiningTests(ITestOutputHelper output)
{
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
        var figures = PairFigures.Of(joined);
        var (flood, fire) = (PairFigures.Largest(joined, "ruian-flood").Share, PairFigures.Largest(joined, "zhenhai-fire").Share);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {figures}; flood {flood:f2}, fire {fire:f2}"));
        Assert.InRange(figures.Precision, 0.65, 1);
        Assert.InRange(figures.Recall, 0.85, 1);
        Assert.InRange(flood, 0.85, 1);
        Assert.InRange(fire, 0.85, 1);
    }

    private static List<(string Story, string Incident)> Join(Day day)
    {
        using var index = new LikenessIndex(Likeness, LikenessTask.Event);
        var incidents = new List<int>();
        var joined = new List<(string, string)>();
        foreach (var said in day.Reports)
        {
            var profile = Profile(said);
            var near = index.Nearest(profile, IncidentMatching.Neighbours).ToLookup(each => incidents[(int)each.Id], each => each.Score.Score);
            var alike = near.Where(scores => scores.Max() >= Likeness.SameFrom(LikenessTask.Event)).ToList();
            var best = alike.Count > 0 ? alike.MaxBy(scores => scores.Sum())!.Key : incidents.Count;
            index.Set(incidents.Count, profile);
            incidents.Add(best);
            if (said.Story is { Both: null, Scattered: false })
            {
                joined.Add((said.Story.Id, best.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return joined;
    }

    // With what the way by which it comes says apart from the text.
    private static ReportProfile Profile(Said said)
    {
        var (began, at) = (Begin.AddMinutes(said.Story.Begins), Begin.AddMinutes(said.At));
        var place = said.Source.Way is Way.Form or Way.Request ? said.Line.Place : null;
        var (text, title) = (Structurer.Words(Wording.Date(said.Line.Text, began, at), place), Wording.Date(said.Line.Title ?? "", began, at));
        var time = at.ToOffset(ChinaStandardTime).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var facts = Reports.Read(text, title, time, code => code.StartsWith("33", StringComparison.Ordinal));
        return Profiles.Read(text, title, time, said.Source.KnowsItsRegion || said.Point is not null ? facts with { RegionCode = Structurer.CodeOf(said.Story.Region) } : facts);
    }
}

using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Tests.Packs.Emergency;

/// <summary>The province's day is as lively as it is meant to be, and says everywhere that it is simulated.</summary>
public sealed class DayTests
{
    private const string Mark = "（模拟）";

    private static readonly Places Places = Places.Load();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 11)]
    public void Some_seventy_incidents_are_told_by_four_to_six_hundred_reports(int seed, int month)
    {
        var day = new Day(Places, seed, number: 0, month);

        Assert.InRange(day.Stories.Count(story => story is { Both: null, Scattered: false }), 60, 80);
        Assert.InRange(day.Reports.Count, 400, 600);
        Assert.Equal(2, day.Stories.Count(story => story.Large));
        Assert.All(day.Stories.Where(story => story.Large), story => Assert.True(story.Reports.Count >= 40));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_begins_in_the_middle_of_events(int seed)
    {
        var reports = new Day(Places, seed, number: 0, month: 11).Reports;

        Assert.InRange(reports.Count(said => said.At <= 2), 35, 55);
        Assert.InRange(reports.Count(said => said.At is > 2 and <= 10) / 8.0, 1, 6);
        Assert.All(reports, said => Assert.InRange(said.At, 0, Day.Length));
    }

    [Fact]
    public void Same_seed_same_day_and_another_day_is_another()
    {
        Assert.Equal(Texts(1, 0), Texts(1, 0));
        Assert.NotEqual(Texts(1, 0), Texts(2, 0));
        Assert.Empty(Truths(1, 0).Intersect(Truths(1, 1)));
        Assert.DoesNotContain(new Day(Places, 1, number: 1, month: 11).Stories, story => story.Large);

        static IEnumerable<string> Texts(int seed, int number) => new Day(Places, seed, number, 11).Reports.Select(said => said.Line.Text);
        static IEnumerable<string> Truths(int seed, int number) => new Day(Places, seed, number, 11).Reports.Select(said => said.Truth);
    }

    [Fact]
    public void Every_report_has_an_id_of_its_own_and_nothing_left_to_fill_in()
    {
        var day = new Day(Places, 1, number: 0, month: 11);

        Assert.Equal(day.Reports.Count, day.Reports.Select(said => said.Truth).Distinct().Count());
        Assert.All(day.Reports, said =>
        {
            var filled = Wording.Date($"{said.Line.Title}{said.Line.Text}{said.Line.Place}{said.SourceName}", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
            Assert.DoesNotContain('{', filled);
        });
    }

    [Fact]
    public void All_sources_and_all_that_is_invented_say_that_they_are_simulated()
    {
        Assert.All(Shipped.List<Source>("sources.json"), source => Assert.EndsWith(Mark, source.Name));
        var invented = Shipped.List<StoryKind>("kinds.json")
            .SelectMany(kind => kind.Words.Where(words => words.Key is "firm" or "estate" or "building" or "school" or "ship" or "river" or "hill"))
            .SelectMany(words => words.Value);
        Assert.All(invented, name => Assert.Contains(Mark, name));
        Assert.All(Archive.Of(Places, 1, DateTimeOffset.UnixEpoch), past => Assert.EndsWith(Mark, past.Title));
        Assert.All(SimulatedLayers.Of(Places, 1).Values.SelectMany(layer => layer["features"]!.AsArray()), feature => Assert.EndsWith(Mark, (string)feature!["properties"]!["name"]!));
    }

    [Fact]
    public void Figures_contradict_each_other_and_rumours_are_refuted()
    {
        var flood = new Day(Places, 1, number: 0, month: 11).Reports.Where(said => said.Story.Id == "ruian-flood").ToList();

        Assert.Contains(flood, said => said.Source.Kind == "media" && said.Line.Text.Contains("5人死亡", StringComparison.Ordinal));
        Assert.Contains(flood, said => said.Source.Kind == "official" && said.Line.Text.Contains("1人死亡", StringComparison.Ordinal));
        var rumour = flood.Where(said => said.Line.Rumour).Max(said => said.At);
        Assert.Contains(flood, said => said.At > rumour && said.Source.Kind == "department" && said.Line.Text.Contains("谣言", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_are_those_of_China()
    {
        var began = new DateTimeOffset(2026, 11, 28, 23, 5, 0, TimeSpan.Zero);

        Assert.Equal("11月29日7时05分，8时40分", Wording.Date("{date}{began}，{at}", began, began.AddMinutes(95)));
    }
}

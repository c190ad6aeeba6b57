using System.Text.Json;
using Jingwei.Civic;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Feeds;
using Jingwei.Tests;

namespace Jingwei.Conformance.Civic;

/// <summary>The feeds of google/cap-library's test data.</summary>
[Trait("Category", "Vectors")]
public sealed class FeedVectorTests
{
    [Theory]
    [InlineData("amber.atom", FeedKind.Atom, 1)]
    [InlineData("canada_signed.atom", FeedKind.Atom, 1)]
    [InlineData("empty_weather_index.atom", FeedKind.Atom, 0)]
    [InlineData("no_entries.atom", FeedKind.Atom, 0)]
    [InlineData("ny_index.rss", FeedKind.Rss2, 2)]
    [InlineData("weather_index.atom", FeedKind.Atom, 2)]
    public void Right_feeds_are_read_without_errors(string file, FeedKind kind, int entries)
    {
        var feed = Read(file);
        Assert.Equal((kind, entries), (feed.Kind, feed.Entries.Count));
        Assert.Empty(Errors(feed));
        Assert.All(feed.Entries.Select(entry => entry.Alert).OfType<CapReading>(), alert => Assert.True(alert.IsValid));
    }

    // As CapFeedParserTest expects, and by RSS 2.0 what a channel must have.
    [Theory]
    [InlineData("invalid_element.atom", "UnknownElement /feed[1]/foo[1]")]
    [InlineData("invalid.rss", "Missing /rss[1]/channel[1]", "Missing /rss[1]/channel[1]", "Missing /rss[1]/channel[1]/item[1]")]
    public void Wrong_feeds_have_the_errors_that_they_were_made_for(string file, params string[] errors) => Assert.Equal(errors.Order(), Errors(Read(file)).Order());

    [Fact]
    public void An_index_says_what_its_alerts_are_about_and_where_they_are()
    {
        var entry = Read("weather_index.atom").Entries[0];
        Assert.Equal("http://www.weather.gov/alerts-beta/wwacapget.php?x=CT20100831030400OKXAirQualityAlertOKX20100901031500CT", entry.AlertLink);
        Assert.Equal((CapStatus.Actual, CapMsgType.Alert, CapUrgency.Unknown, CapSeverity.Unknown), (entry.Index!.Status, entry.Index.MsgType, entry.Index.Urgency, entry.Index.Severity));
        Assert.Equal(new DateTimeOffset(2010, 8, 31, 23, 15, 0, TimeSpan.FromHours(-4)), entry.Index.Expires);
        Assert.Equal([new("FIPS6", "009007 009009 009011 044009")], entry.Index.Geocodes);
        Assert.StartsWith("Middlesex; New Haven", entry.Index.AreaDesc, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_that_stand_in_entries_are_read_with_them()
    {
        Assert.Equal("http://doj.dc.gov/amber12345", Read("amber.atom").Entries[0].Alert!.Alert!.Identifier);
        var canada = Read("canada_signed.atom").Entries[0];
        Assert.Equal(("2.49.0.1.124.f2c83f5f.2013", true), (canada.Alert!.Alert!.Identifier, canada.Alert.Alert.IsSigned));
        Assert.Equal(("Environment Canada", "rainfall warning in effect"), (canada.Author, canada.Title));
        // An alert beside the entries is foreign markup.
        Assert.Empty(Read("no_entries.atom").Entries);
    }

    [Fact]
    public void An_index_of_rss_links_to_its_alerts()
    {
        var feed = Read("ny_index.rss", new() { LinksAreAlerts = true });
        Assert.Equal(("NYAlert-ALLHAZALERT-3167113", "http://www.nyalert.gov/Public/News/GetCapAlert.aspx?capID=NYAlert-ALLHAZALERT-3167113"), (feed.Entries[0].Id, feed.Entries[0].AlertLink));
        Assert.Equal(new DateTimeOffset(2011, 2, 4, 20, 20, 0, TimeSpan.Zero), feed.Entries[0].Published);
        Assert.Null(Read("ny_index.rss").Entries[0].AlertLink);
    }

    [Theory]
    [InlineData("canada_signed.cap", true)]
    [InlineData("canada_signed.cap", false)]
    [InlineData("earthquake-iso8859-1.cap", true)]
    public void An_index_that_is_written_is_read_as_it_was(string file, bool holdsAlert)
    {
        var alert = CapReader.Read(File.ReadAllBytes(Path.Combine(External.Vectors("cap", "open"), file))).Alert! with { IsSigned = false };
        var stream = new MemoryStream();
        CapIndexWriter.Write(new()
        {
            Id = "urn:x:index",
            Title = "预警",
            Updated = new(2026, 7, 1, 8, 0, 0, TimeSpan.FromHours(8)),
            Author = "局",
            Address = "http://example.org/alerts.atom",
            Language = "fr",
            Entries = [new("urn:x:1", "http://example.org/alerts/1.cap", alert, holdsAlert)],
        }, stream);
        var feed = FeedReader.Read(stream.ToArray());

        Assert.Empty(feed.Problems);
        Assert.Equal(("urn:x:index", "预警", new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.FromHours(8))), (feed.Id, feed.Title, feed.Updated));
        var entry = Assert.Single(feed.Entries);
        Assert.Empty(entry.Problems);
        var info = alert.Infos.FirstOrDefault(info => info.Language == "fr-CA") ?? alert.Infos[0];
        Assert.Equal((info.Headline, alert.Sent, info.SenderName), (entry.Title, entry.Updated, entry.Author));
        Assert.Equal((info.Event, info.Expires, info.Severity, alert.Status), (entry.Index!.Event, entry.Index.Expires, entry.Index.Severity, entry.Index.Status));
        Assert.Equal(info.Areas.SelectMany(area => area.Geocodes), entry.Index.Geocodes);
        Assert.Equal(info.Areas.Sum(area => area.Polygons.Count), entry.Index.Polygons.Count);
        Assert.NotNull(entry.Point);
        Assert.Equal(holdsAlert ? null : "http://example.org/alerts/1.cap", entry.AlertLink);
        Assert.Equal(holdsAlert ? JsonSerializer.Serialize(alert) : "null", JsonSerializer.Serialize(entry.Alert?.Alert));
    }

    private static FeedReading Read(string file, FeedReadOptions? options = null) => FeedReader.Read(File.ReadAllBytes(Path.Combine(External.Vectors("cap", "open"), file)), options);

    private static IEnumerable<string> Errors(FeedReading feed) =>
        feed.Problems.Concat(feed.Entries.SelectMany(entry => entry.Problems)).Where(problem => problem.Level == ProblemLevel.Error).Select(problem => $"{problem.Code} {problem.Path}");
}

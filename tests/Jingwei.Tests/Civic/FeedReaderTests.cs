using System.Text;
using Jingwei.Civic;
using Jingwei.Civic.Feeds;

namespace Jingwei.Tests.Civic;

public sealed class FeedReaderTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static string Rss(string items, string declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>") => $"""
        {declaration}
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
        <channel><title>应急要闻</title><link>http://example.org/</link><description>d</description>
        {items}
        </channel></rss>
        """;

    private static string Item(int number, string more = "") => $"<item><title>第{number}条</title><guid isPermaLink=\"false\">n{number}</guid>{more}</item>\n";

    private static string Atom(string entries) => $"""
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/a/">
        <id>urn:x:1</id><title type="html">A &amp;lt; B</title><updated>2026-07-01T08:00:00+08:00</updated><author><name>局</name></author>
        {entries}
        </feed>
        """;

    private static FeedReading Read(string document, FeedReadOptions? options = null) => FeedReader.Read(Encoding.UTF8.GetBytes(document), options);

    private static IEnumerable<string> Codes(IEnumerable<DocumentProblem> problems) => problems.Select(problem => $"{problem.Code} {problem.Path}");

    [Fact]
    public void An_item_of_rss_is_what_it_says()
    {
        var feed = Read(Rss("""
            <item><title>洪水 &amp;amp; 内涝</title><link>/1.html</link><guid isPermaLink="false">id-1</guid><author>a@b.cn (张三)</author>
            <description><![CDATA[<p>第一段&nbsp;A<br/>第二行</p><script>alert("<p>")</script><!-- x > y --><ul><li>一</li><li>3 < 4</li></ul>]]></description>
            <content:encoded>&lt;b&gt;全文&lt;/b&gt;</content:encoded><category>汛情</category><dc:subject>水</dc:subject>
            <pubDate>Wed, 01 Jul 2026 08:30:00 +0800</pubDate><georss:point>30.25 120.17</georss:point></item>
            """), new() { Address = new("http://example.org/feeds/rss.xml") });

        Assert.Empty(feed.Problems);
        Assert.Equal((FeedKind.Rss2, "应急要闻", "http://example.org/"), (feed.Kind, feed.Title, feed.Link));
        var entry = Assert.Single(feed.Entries);
        Assert.Empty(entry.Problems);
        Assert.Equal(("id-1", "洪水 & 内涝", "http://example.org/1.html", "a@b.cn (张三)"), (entry.Id, entry.Title, entry.Link, entry.Author));
        Assert.Equal("第一段 A\n第二行\n一\n3 < 4", entry.Summary);
        Assert.Equal("全文", entry.Content);
        Assert.Equal(["汛情", "水"], entry.Categories);
        Assert.Equal((new(2026, 7, 1, 8, 30, 0, TimeSpan.FromHours(8)), new GeoPoint(30.25, 120.17)), (entry.Published!.Value, entry.Point!.Value));
    }

    [Fact]
    public void An_entry_of_atom_is_what_it_says()
    {
        var feed = Read(Atom("""
            <entry xml:base="b/"><id>urn:x:2</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">一<b>二</b><p>三</p></div></title>
            <updated>2026-07-01T08:30:00.25Z</updated><published>2026-07-01T08:00:00-03:30</published>
            <link rel="related" type="application/cap+xml" href="c.cap"/><link href="c.html"/><category term="Met"/><summary>3 &amp;lt; 4</summary></entry>
            """));
        Assert.Empty(feed.Problems);
        Assert.Equal((FeedKind.Atom, "urn:x:1", "A < B"), (feed.Kind, feed.Id, feed.Title));
        var entry = Assert.Single(feed.Entries);
        Assert.Empty(entry.Problems);
        Assert.Equal(("urn:x:2", "一二\n三", "3 &lt; 4", "局"), (entry.Id, entry.Title, entry.Summary, entry.Author));
        Assert.Equal(("http://example.org/a/b/c.html", "http://example.org/a/b/c.cap"), (entry.Link, entry.AlertLink));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 30, 0, 250, TimeSpan.Zero), entry.Updated);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 0, 0, new(-3, -30, 0)), entry.Published);
        Assert.Equal(["Met"], entry.Categories);
    }

    [Theory]
    [InlineData("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"c\"><title>t</title><link>l</link><description>d</description></channel><item rdf:about=\"http://a/1\"><title>一</title><link>http://a/1</link><dc:date>2026-07-01T08:00:00+08:00</dc:date></item></rdf:RDF>", FeedKind.Rss1)]
    [InlineData("<rss version=\"0.91\"><channel><title>t</title><link>l</link><description>d</description><item><title>一</title><link>http://a/1</link><pubDate>1 Jul 26 08:00:00 +0800</pubDate></item></channel></rss>", FeedKind.Rss2)]
    public void Older_kinds_of_rss_are_read(string document, FeedKind kind)
    {
        var feed = Read(document);
        Assert.Equal(kind, feed.Kind);
        var entry = Assert.Single(feed.Entries);
        Assert.Equal(("http://a/1", "一"), (entry.Id, entry.Title));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.FromHours(8)), entry.Published);
    }

    // RFC 822, 5 and its examples in RSS 2.0; RFC 2822, 4.3.
    [Theory]
    [InlineData("Fri, 04 Feb 2011 20:32:08 GMT", "2011-02-04T20:32:08+00:00", "")]
    [InlineData("Sat, 07 Sep 02 00:00:01 GMT", "2002-09-07T00:00:01+00:00", "")]
    [InlineData("7 Sep 1997 09:05 EDT", "1997-09-07T09:05:00-04:00", "")]
    [InlineData("Tue, 03 Jun 2003 09:39:21 +0530 (IST)", "2003-06-03T09:39:21+05:30", "")]
    [InlineData("2026-07-01T08:00:00+08:00", "2026-07-01T08:00:00+08:00", "InvalidTime")]
    [InlineData("2026-07-01 08:00:00", "2026-07-01T08:00:00+08:00", "InvalidTime")]
    [InlineData("2026/7/1", "2026-07-01T00:00:00+08:00", "InvalidTime")]
    [InlineData("Mon, 32 Jan 2011 00:00:00 GMT", null, "InvalidTime")]
    [InlineData("yesterday", null, "InvalidTime")]
    [InlineData("", null, "InvalidTime")]
    public void Times_of_rss_are_read_with_their_offset(string text, string? expected, string problem)
    {
        var entry = Read(Rss(Item(1, $"<pubDate>{text}</pubDate>")), new() { AssumedOffset = TimeSpan.FromHours(8) }).Entries[0];
        Assert.Equal(expected, entry.Published?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(problem, string.Concat(entry.Problems.Select(found => found.Code)));
    }

    [Fact]
    public void A_time_without_an_offset_is_none_where_none_is_assumed() =>
        Assert.Null(Read(Rss(Item(1, "<pubDate>2026-07-01 08:00:00</pubDate>"))).Entries[0].Published);

    public static TheoryData<string?, string, string> Lies() => new()
    {
        { null, "utf-8", "GB18030" },
        { null, "GBK", "GB18030" },
        { null, "gb2312", "utf-8" },
        { "utf-8", "gb2312", "GB18030" },
        { "gb2312", "utf-8", "utf-8" },
        { "ISO-8859-1", "utf-8", "GB18030" },
        { "ISO-8859-1", "utf-8", "utf-8" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Feeds_are_read_whatever_they_say_of_their_encoding(string? charset, string declared, string actual)
    {
        var document = Rss(string.Concat(Enumerable.Range(1, 5).Select(number => Item(number))), $"<?xml version=\"1.0\" encoding=\"{declared}\"?>");
        var bytes = actual == "utf-8" ? Encoding.UTF8.GetBytes(document) : Gb18030.GetBytes(document);
        var feed = FeedReader.Read(bytes, new() { Charset = charset });
        Assert.Equal(("应急要闻", "第5条"), (feed.Title, feed.Entries[4].Title));
        Assert.Equal(actual, feed.Encoding, ignoreCase: true);
        Assert.Equal(declared != "GBK" || actual != "GB18030", feed.Problems.Any(problem => problem.Code == ProblemCode.WrongEncoding));
    }

    [Theory]
    [InlineData("<item><title>坏<b></title></item>")]
    [InlineData("<item><title>坏</title>")]
    [InlineData("<item><title>坏</item>")]
    [InlineData("<item title=坏></item>")]
    [InlineData("<item><title><![CDATA[坏</title></item>")]
    [InlineData("<item><title><!-- 坏 -- x --></title></item>")]
    [InlineData("<item><x:title>坏</x:title></item>")]
    [InlineData("<item><title>&#x110000;</title></item>")]
    public void One_bad_entry_harms_no_other(string bad)
    {
        var feed = Read(Rss(Item(1) + bad + "\n" + Item(2) + Item(3)));
        Assert.Equal(["n1", "n2", "n3"], feed.Entries.Select(entry => entry.Id));
        Assert.Equal((ProblemCode.NotWellFormed, ProblemLevel.Error), (Assert.Single(feed.Problems).Code, feed.Problems[0].Level));
        Assert.All(feed.Entries, entry => Assert.Empty(entry.Problems));
    }

    [Fact]
    public void Several_bad_entries_are_left_out_up_to_a_limit()
    {
        const string bad = "<item><title>坏<b></title></item>\n";
        var document = Rss(string.Concat(Enumerable.Range(1, 6).Select(number => bad + Item(number))));
        Assert.Equal(6, Read(document).Entries.Count);
        var limited = Read(document, new() { Limits = new() { DamagedEntries = 3 } });
        Assert.Equal(["n1", "n2", "n3"], limited.Entries.Select(entry => entry.Id));
        Assert.Equal(4, limited.Problems.Count(problem => problem.Code == ProblemCode.NotWellFormed));
    }

    [Fact]
    public void What_a_feed_that_was_cut_off_holds_is_kept()
    {
        var document = Rss(Item(1) + Item(2) + Item(3));
        var feed = Read(document[..document.IndexOf("第3条", StringComparison.Ordinal)]);
        Assert.Equal(["n1", "n2"], feed.Entries.Select(entry => entry.Id));
        Assert.Contains(feed.Problems, problem => problem.Code == ProblemCode.NotWellFormed);
    }

    [Fact]
    public void Entries_without_ids_are_known_by_their_link_or_by_what_they_say()
    {
        var feed = Read(Rss("<item><title>甲</title><link>http://a/1</link></item><item><title>乙</title></item><item><title>丙</title></item><item><title>乙</title></item>"));
        Assert.Equal("http://a/1", feed.Entries[0].Id);
        Assert.StartsWith("urn:sha256:", feed.Entries[1].Id, StringComparison.Ordinal);
        Assert.NotEqual(feed.Entries[1].Id, feed.Entries[2].Id);
        Assert.Equal(feed.Entries[1].Id, feed.Entries[3].Id);
        Assert.Equal(["DuplicateId /rss[1]/channel[1]/item[4]", "Missing /rss[1]/channel[1]/item[4]"], Codes(feed.Entries[3].Problems).Order());
    }

    [Fact]
    public void Entries_end_at_their_limit()
    {
        var feed = Read(Rss(string.Concat(Enumerable.Range(1, 10).Select(number => Item(number)))), new() { Limits = new() { Entries = 4 } });
        Assert.Equal(4, feed.Entries.Count);
        Assert.Equal(ProblemCode.TooManyEntries, Assert.Single(feed.Problems).Code);
    }

    [Fact]
    public void Elements_end_at_their_limit_and_no_entry_is_half_read()
    {
        // Ten of the feed itself, its declarations of namespaces included, and four of each item.
        var feed = Read(Rss(string.Concat(Enumerable.Range(1, 10).Select(number => Item(number)))), new() { Limits = new() { Nodes = 26 } });
        Assert.Equal(["n1", "n2", "n3", "n4"], feed.Entries.Select(entry => entry.Id));
        Assert.Equal(ProblemCode.TooManyNodes, Assert.Single(feed.Problems).Code);
    }

    // What google/cap-library's CapFeedParserTest and CapFeedValidatorTest expect of the same.
    [Fact]
    public void What_atom_asks_for_and_is_not_there_is_named()
    {
        var feed = Read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><updated>2010-08-29T16:29:00-04:00</updated><title>t</title><entry><updated>2010-08-29</updated><title>t</title></entry></feed>");
        Assert.Equal(["Missing /feed[1]"], Codes(feed.Problems));
        Assert.Equal(
            ["InvalidTime /feed[1]/entry[1]/updated[1]", "Missing /feed[1]/entry[1]", "Missing /feed[1]/entry[1]", "Missing /feed[1]/entry[1]", "Missing /feed[1]/entry[1]"],
            Codes(feed.Entries[0].Problems).Order());
    }

    [Theory]
    [InlineData("<link href=\"http://a/1\"/>", false, null)]
    [InlineData("<link href=\"http://a/1\"/>", true, "http://a/1")]
    [InlineData("<link href=\"http://a/1\" type=\"text/xml\"/>", true, "http://a/1")]
    [InlineData("<link href=\"http://a/1\" type=\"text/html\"/>", true, null)]
    [InlineData("<link href=\"http://a/1\" type=\"text/html\"/><link href=\"http://a/2\" type=\"application/cap+xml\"/>", false, "http://a/2")]
    [InlineData("<link href=\"http://a/1\"/><link href=\"http://a/2\" type=\"application/common-alerting-protocol+xml\" rel=\"related\"/>", false, "http://a/2")]
    [InlineData("<link href=\"http://a/1\"/><cap:urgency xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\">Future</cap:urgency>", false, "http://a/1")]
    public void An_alert_is_where_its_link_says(string links, bool areAlerts, string? expected) =>
        Assert.Equal(expected, Read(Atom($"<entry><id>urn:x:3</id><title>t</title><updated>2026-07-01T08:00:00Z</updated>{links}</entry>"), new() { LinksAreAlerts = areAlerts }).Entries[0].AlertLink);

    [Fact]
    public void An_alert_is_found_in_an_entry_also_as_text()
    {
        var alert = CapSample.Alert();
        var bare = alert[(alert.IndexOf("?>", StringComparison.Ordinal) + 2)..];
        var feed = Read(Rss(Item(1, $"<description><![CDATA[{alert}]]></description>") + Item(2, bare) + Item(3, $"<description>{System.Net.WebUtility.HtmlEncode(alert)}</description>")));
        Assert.All(feed.Entries, entry => Assert.Equal(("43b080713727", true), (entry.Alert!.Alert!.Identifier, entry.Alert.IsValid)));
        var wrong = Read(Rss(Item(1) + Item(2, bare.Replace("<scope>Private</scope>", ""))));
        Assert.Equal(["Missing /rss[1]/channel[1]/item[2]/alert[1]"], Codes(wrong.Entries[1].Alert!.Problems));
    }

    [Theory]
    [InlineData("", ProblemCode.NotWellFormed)]
    [InlineData("<html/>", ProblemCode.OtherDocument)]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss/>", ProblemCode.DtdProhibited)]
    public void Other_documents_are_no_feeds(string document, ProblemCode code)
    {
        var feed = Read(document);
        Assert.Equal((FeedKind.None, code), (feed.Kind, Assert.Single(feed.Problems).Code));
        Assert.Empty(feed.Entries);
    }

    [Fact]
    public void Any_bytes_are_answered()
    {
        var random = new Random(20_260_730);
        var sample = Encoding.UTF8.GetBytes(Rss(Item(1) + Item(2) + Item(3)));
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = sample.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)"<>&\"'/!\0\xFF"[random.Next(9)];
            }

            Assert.NotNull(FeedReader.Read(bytes.AsSpan(0, random.Next(bytes.Length))));
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Jingwei.Acceptance.Reports;

/// <summary>Feeds and alerts of others over HTTP, as they come; and ours, as others read them.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly string[] Wenzhou = ["330300"];

    private ReportHost host = null!;
    private FeedServer others = null!;

    public async ValueTask InitializeAsync()
    {
        others = await FeedServer.StartAsync();
        host = await ReportHost.StartAsync("--webhook-networks", "127.0.0.0/8", "--public-warnings");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await others.DisposeAsync();
    }

    [Fact]
    public async Task A_feed_that_says_UTF_8_and_is_GB18030_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var feed = """
            <?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>新闻</title><link>http://example.org/</link><description>d</description>
            <item><title>瑞安市一化工厂爆炸</title><description>瑞安市塘下镇一家化工厂发生爆炸，2人死亡。</description><guid>1</guid><pubDate>Sun, 29 Nov 2026 08:00:00 +0800</pubDate></item>
            </channel></rss>
            """;
        others.Put("/news.rss", "application/rss+xml; charset=utf-8", Encoding.GetEncoding("GB18030").GetBytes(feed));
        var added = await AddAsync("/news.rss");
        var item = await ReadAsync(added, found => (int)found["entries"]! == 1);
        Assert.Equal((1, 0, 0), ((int)item["taken"]!, (int)item["warnings"]!, (int)item["refused"]!));
        var report = (await host.Server.UntilAsync("/api/reports?state=settled", found => found["items"]!.AsArray().Count == 1))["items"]![0]!;
        Assert.Equal(("瑞安市一化工厂爆炸", "feed", "330381", "2026-11-29T00:00:00+00:00"), ((string)report["title"]!, (string)report["channel"]!, (string)report["region"]!, (string)report["reportedAt"]!));
        Assert.NotEmpty((await host.Server.GetAsync($"/api/feeds/{added}/problems"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_entity_bomb_is_refused_and_the_next_feed_is_read()
    {
        others.Put("/bomb.xml", "application/xml", """<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&x;</title></item></channel></rss>"""u8.ToArray());
        others.Put("/good.atom", "application/atom+xml", """<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>f</title><updated>2026-11-29T00:00:00Z</updated><entry><id>e</id><title>乐清市柳市镇火灾</title><updated>2026-11-29T00:00:00Z</updated></entry></feed>"""u8.ToArray());
        var bomb = await AddAsync("/bomb.xml");
        var good = await AddAsync("/good.atom");
        Assert.Equal(1, (int)(await ReadAsync(good, found => (int)found["entries"]! == 1))["taken"]!);
        var refused = await ReadAsync(bomb, found => found["last"] is not null);
        Assert.NotNull((string?)refused["fault"]);
        Assert.Equal(0, (int)refused["taken"]!);
    }

    [Fact]
    public async Task What_comes_again_is_a_duplicate_and_what_says_something_else_is_not()
    {
        others.Put("/f.atom", "application/atom+xml", Entry("乐清市柳市镇火灾"));
        var id = await AddAsync("/f.atom");
        await ReadAsync(id, found => (int)found["taken"]! == 1);
        await ReadAgainAsync(id, "/f.atom");
        Assert.Equal((1, 1), await CountsAsync(id, 2));
        others.Put("/f.atom", "application/atom+xml", Entry("乐清市柳市镇火灾已扑灭，无人员伤亡"));
        await ReadAgainAsync(id, "/f.atom");
        Assert.Equal((2, 1), await CountsAsync(id, 3));

        static byte[] Entry(string title) => Encoding.UTF8.GetBytes(
            $"""<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>f</title><updated>2026-11-29T00:00:00Z</updated><entry><id>e</id><title>{title}</title><updated>2026-11-29T00:00:00Z</updated></entry></feed>""");
    }

    [Fact]
    public async Task A_feed_is_read_at_once_when_asked_and_not_while_it_is_off()
    {
        others.Put("/f.rss", "application/rss+xml", "<rss version=\"2.0\"><channel><title>f</title><link>http://example.org/</link><description>d</description><item><title>乐清市柳市镇火灾</title><guid>1</guid></item></channel></rss>"u8.ToArray());
        var id = await AddAsync("/f.rss");
        Assert.Equal("RSS 2.0", (string)(await ReadAsync(id, found => (int)found["taken"]! == 1))["format"]!);
        Assert.Equal(HttpStatusCode.Accepted, (await host.Server.Admin.PostAsync(new Uri($"/api/feeds/{id}/fetch", UriKind.Relative), null)).StatusCode);
        await ReadAsync(id, found => (int)found["duplicates"]! == 1);

        (await host.Server.Admin.PutAsJsonAsync($"/api/feeds/{id}", new { name = "f", url = $"{others.Address}/f.rss", every = 3600, disabled = true })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Conflict, (await host.Server.Admin.PostAsync(new Uri($"/api/feeds/{id}/fetch", UriKind.Relative), null)).StatusCode);
    }

    [Fact]
    public async Task A_private_address_is_no_feed_unless_the_operator_says_so()
    {
        await using var closed = await ReportHost.StartAsync();
        var answer = await closed.Server.Admin.PostAsJsonAsync("/api/feeds", new { name = "x", url = $"{others.Address}/f.atom" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(others.Asked);
    }

    [Fact]
    public async Task An_alert_of_others_colours_its_regions_until_it_is_cancelled()
    {
        var sent = TimeProvider.System.GetUtcNow();
        others.Put("/warning.cap", "application/cap+xml", Alert("w-1", "Alert", sent, null));
        var id = await AddAsync("/warning.cap");
        Assert.Equal(1, (int)(await ReadAsync(id, found => found["last"] is not null))["warnings"]!);
        var warning = (await host.Server.GetAsync("/api/warnings?inForce=true"))["items"]!.AsArray().Single()!;
        Assert.Equal(("red", "330300"), ((string)warning["severity"]!, (string)warning["regions"]![0]!));
        var region = (await host.Server.GetAsync("/api/incidents/map"))["items"]!.AsArray().Single(each => (string)each!["region"]! == "330381")!;
        Assert.Equal(4, (int)region["figures"]!["warning"]!);

        // Another sender cannot cancel it; its own can.
        await SendAlertAsync(Alert("w-2", "Cancel", sent.AddSeconds(5), ("weather.example", "w-1"), "stranger.example"));
        Assert.Single((await host.Server.GetAsync("/api/warnings?inForce=true"))["items"]!.AsArray());
        await SendAlertAsync(Alert("w-3", "Cancel", sent.AddSeconds(5), ("weather.example", "w-1")));
        await host.Server.UntilAsync("/api/warnings?inForce=true", found => found["items"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task A_cancel_that_comes_before_what_it_cancels_counts()
    {
        var sent = TimeProvider.System.GetUtcNow();
        await SendAlertAsync(Alert("w-3", "Cancel", sent.AddSeconds(-5), ("weather.example", "w-1")));
        await SendAlertAsync(Alert("w-1", "Alert", sent.AddSeconds(-10), null));
        Assert.Empty((await host.Server.GetAsync("/api/warnings?inForce=true"))["items"]!.AsArray());
        Assert.Equal(2, (await host.Server.GetAsync("/api/warnings"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Our_warning_is_an_alert_that_anybody_reads_by_the_index()
    {
        var now = TimeProvider.System.GetUtcNow();
        var issued = await host.Server.Admin.PostAsJsonAsync("/api/warnings", new
        {
            @event = "暴雨",
            headline = "温州市暴雨红色预警",
            description = "三小时雨量将达一百毫米以上。",
            instruction = "停止集会。",
            severity = "red",
            category = "Met",
            regions = Wenzhou,
            to = now.AddHours(6),
        });
        Assert.Equal(HttpStatusCode.Created, issued.StatusCode);
        var index = XDocument.Parse(await host.Server.Anonymous.GetStringAsync("/cap/index.atom"));
        var entry = index.Root!.Element(Atom + "entry")!;
        Assert.Equal("Extreme", (string)entry.Element(Cap + "severity")!);
        var alert = XDocument.Parse(await host.Server.Anonymous.GetStringAsync(new Uri((string)entry.Element(Atom + "link")!.Attribute("href")!)));
        Assert.Equal(("Actual", "Alert", "Public"), ((string)alert.Root!.Element(Cap + "status")!, (string)alert.Root.Element(Cap + "msgType")!, (string)alert.Root.Element(Cap + "scope")!));
        Assert.Equal("330300", (string)alert.Root.Element(Cap + "info")!.Element(Cap + "area")!.Element(Cap + "geocode")!.Element(Cap + "value")!);

        var id = (string)(await issued.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await host.Server.Admin.PostAsJsonAsync("/api/warnings/cancel", new { id, reason = "雨已停" })).StatusCode);
        Assert.Null(XDocument.Parse(await host.Server.Anonymous.GetStringAsync("/cap/index.atom")).Root!.Element(Atom + "entry"));
        // The warning, and the notice that took it back.
        var ended = await host.Server.UntilAsync("/api/warnings?over=true&own=true", found => found["items"]!.AsArray().Count == 2);
        Assert.Equal([true, false], ended["items"]!.AsArray().Select(each => (bool)each!["cancels"]!));
        Assert.Empty((await host.Server.GetAsync("/api/warnings?over=false"))["items"]!.AsArray());
        Assert.Empty((await host.Server.GetAsync("/api/warnings?own=false"))["items"]!.AsArray());
    }

    private static byte[] Alert(string identifier, string kind, DateTimeOffset sent, (string Sender, string Identifier)? of, string sender = "weather.example")
    {
        string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";
        var references = of is { } earlier ? $"<references>{earlier.Sender},{earlier.Identifier},{Time(sent)}</references>" : "";
        return Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier><sender>{sender}</sender><sent>{Time(sent)}</sent><status>Actual</status>
            <msgType>{kind}</msgType><scope>Public</scope>{references}<info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>
            <severity>Extreme</severity><certainty>Observed</certainty><expires>{Time(sent.AddHours(6))}</expires><area><areaDesc>温州市</areaDesc></area></info></alert>
            """);
    }

    private async Task SendAlertAsync(byte[] alert)
    {
        using var content = new ByteArrayContent(alert);
        (await host.Server.Admin.PostAsync("/api/warnings/cap", content)).EnsureSuccessStatusCode();
    }

    private async Task<string> AddAsync(string path)
    {
        var answer = await host.Server.Admin.PostAsJsonAsync("/api/feeds", new { name = path, url = others.Address + path, every = 3600 });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    // Saving a feed has it read at once.
    private async Task ReadAgainAsync(string id, string path) =>
        (await host.Server.Admin.PutAsJsonAsync($"/api/feeds/{id}", new { name = path, url = others.Address + path, every = 3600 })).EnsureSuccessStatusCode();

    private async Task<(int Taken, int Duplicates)> CountsAsync(string id, int entries)
    {
        var item = await ReadAsync(id, found => (int)found["entries"]! == entries);
        return ((int)item["taken"]!, (int)item["duplicates"]!);
    }

    private async Task<JsonNode> ReadAsync(string id, Func<JsonNode, bool> wanted)
    {
        var list = await host.Server.UntilAsync("/api/feeds", found => wanted(found["items"]!.AsArray().Single(each => (string)each!["id"]! == id)!));
        return list["items"]!.AsArray().Single(each => (string)each!["id"]! == id)!;
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Jingwei.Acceptance.Reports;
using Jingwei.Tests;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>What a duty has to do beside its incidents: what may be one is decided, feeds are kept, the public is warned, the shift is handed over, the review is read.</summary>
public sealed class DutyJourneyTests : IAsyncLifetime
{
    private const string Next = "next-officer";
    private const string NextPassword = "next officer's password";
    private const string Choice = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option";

    // Told of one place by two callers in other words: which of them the model leaves to a person is its own.
    private static readonly XNamespace Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly (string Path, string Name)[] Pages =
    [
        ("/reports/feeds", "feeds"), ("/incidents/warnings", "warnings"), ("/incidents/warnings?view=over", "warnings-over"), ("/duty", "duty-log"),
    ];

    private FeedServer others = null!;
    private ServerProcess server = null!;
    private Browser desk = null!;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        others = await FeedServer.StartAsync();
        server = await ServerProcess.StartAsync(null, "serve", "--webhook-networks", "127.0.0.0/8", "--public-warnings");
        await IncidentJourneyTests.AddRegionsAsync(server);
        desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, "/incidents");
        await Expect(desk.Find("page-incidents")).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        await server.DisposeAsync();
        await others.DisposeAsync();
    }

    [Fact]
    public async Task A_duty_decides_reads_warns_and_hands_over()
    {
        await KeepFeedAsync();
        await WarnAsync();
        var number = await DecideAsync();
        await ReviewAsync(number);
        await HandOverAsync();
        await LookAsync();
        Assert.True(desk.Faults.Count == 0, string.Join('\n', desk.Faults));
    }

    // Tried, added, read, switched off, and away again; what it brought stays.
    private async Task KeepFeedAsync()
    {
        others.Put(
            "/news.atom",
            "application/atom+xml",
            """<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>f</title><updated>2026-11-29T00:00:00Z</updated><entry><id>e</id><title>乐清市柳市镇火灾</title><updated>2026-11-29T00:00:00Z</updated></entry></feed>"""u8.ToArray());
        await desk.GoAsync("/reports/feeds");
        await Expect(desk.Find("feeds").GetByTestId("empty")).ToBeVisibleAsync();
        await Expect(desk.Find("way-index")).ToHaveAttributeAsync("data-open", "true");
        await Expect(desk.Find("way-services")).ToHaveAttributeAsync("data-open", "false");
        await desk.Find("feed-add").First.ClickAsync();
        await desk.Find("feed-name").FillAsync("晚报");
        await desk.Find("feed-url").FillAsync($"{others.Address}/nothing");
        await desk.Find("feed-test").ClickAsync();
        await Expect(desk.Find("feed-trial")).ToContainTextAsync("服务器应答 404。");
        await desk.Find("feed-url").FillAsync($"{others.Address}/news.atom");
        await desk.Find("feed-test").ClickAsync();
        await Expect(desk.Find("feed-trial")).ToContainTextAsync("乐清市柳市镇火灾");
        await desk.Find("feed-save").ClickAsync();
        await Expect(desk.Find("feed-drawer").GetByTestId("feed-state")).ToHaveAttributeAsync("data-state", "fine");
        await Expect(desk.Find("feed-drawer")).ToContainTextAsync("Atom 1.0");
        await server.UntilAsync("/api/reports", found => found["items"]!.AsArray().Count == 1);

        await desk.Find("feed-fetch").ClickAsync();
        await server.UntilAsync("/api/feeds", found => (int)found["items"]![0]!["duplicates"]! == 1);
        await desk.Find("feed-turn").ClickAsync();
        await Expect(desk.Find("feed-drawer").GetByTestId("feed-state")).ToHaveAttributeAsync("data-state", "off");
        await desk.ShootAsync("feed-drawer-zh-dark");
        await desk.Find("feed-remove").ClickAsync();
        await desk.Find("feed-remove-sure").ClickAsync();
        await Expect(desk.Find("feeds").GetByTestId("empty")).ToBeVisibleAsync();
        Assert.Empty((await server.GetAsync("/api/feeds"))["items"]!.AsArray());
        Assert.Single((await server.GetAsync("/api/reports"))["items"]!.AsArray());
    }

    private async Task WarnAsync()
    {
        await desk.GoAsync("/incidents/warnings");
        await desk.Find("warning-issue").First.ClickAsync();
        await desk.Find("warning-event").FillAsync("暴雨");
        await desk.Find("warning-severity").ClickAsync();
        await desk.Page.Locator(Choice).GetByText("红").ClickAsync();
        await desk.Find("warning-regions").ClickAsync();
        await desk.Page.Locator(Choice).GetByText("温州市").ClickAsync();
        await Expect(desk.Find("warning-headline")).ToHaveValueAsync("温州市暴雨红色预警");
        // A headline of another colour is refused: whoever reads the alert goes by it.
        await desk.Find("warning-headline").FillAsync("温州市暴雨蓝色预警");
        await desk.Find("warning-text").FillAsync("三小时雨量将达一百毫米以上。");
        await desk.Find("warning-send").ClickAsync();
        await Expect(desk.Find("warning-form")).ToContainTextAsync("与所选颜色不同");
        await desk.Find("warning-headline").FillAsync("温州市暴雨红色预警");
        await Expect(desk.Find("warning-form")).Not.ToContainTextAsync("与所选颜色不同");
        await desk.ShootAsync("warning-form-zh-dark");
        await desk.Find("warning-send").ClickAsync();
        await Expect(desk.Find("warning-title")).ToHaveTextAsync("温州市暴雨红色预警");
        var address = (await desk.Find("warning-cap").GetAttributeAsync("href"))!;
        var alert = XDocument.Parse(await server.Anonymous.GetStringAsync(new Uri(address, UriKind.Relative)));
        Assert.Equal(("Actual", "Extreme"), ((string)alert.Root!.Element(Cap + "status")!, (string)alert.Root.Element(Cap + "info")!.Element(Cap + "severity")!));
        await desk.ShootAsync("warning-drawer-zh-dark");

        await desk.Find("warning-update").ClickAsync();
        await desk.Find("warning-text").FillAsync("雨势减弱，仍需防范。");
        await desk.Find("warning-send").ClickAsync();
        await Expect(desk.Find("warning-drawer")).ToContainTextAsync("雨势减弱");
        Assert.Single((await server.GetAsync("/api/warnings?inForce=true"))["items"]!.AsArray());
        await desk.Find("warning-cancel").ClickAsync();
        await desk.Find("warning-cancel-reason").FillAsync("雨已停");
        await desk.Find("warning-cancel-send").ClickAsync();
        await Expect(desk.Find("warning-drawer").GetByTestId("warning-state")).ToHaveAttributeAsync("data-state", "over");
        Assert.Empty((await server.GetAsync("/api/warnings?inForce=true"))["items"]!.AsArray());
    }

    private async Task<string> DecideAsync()
    {
        var (first, second) = await ProposedAsync();
        await desk.GoAsync($"/incidents/{second}");
        await desk.Find("proposal-why").First.ClickAsync();
        await Expect(desk.Find("compared")).ToBeVisibleAsync();
        await Expect(desk.Find("likeness").First).ToBeVisibleAsync();
        await desk.ShootAsync("proposal-zh-dark");
        await desk.Find("proposal-merge").First.ClickAsync();
        await desk.Find("decide-reason").FillAsync("同一场险情");
        await desk.Find("decide-send").ClickAsync();
        var merged = await server.UntilAsync($"/api/incidents/{second}", detail => detail["incident"]!["mergedInto"] is not null);
        Assert.Equal(first, (string)merged["incident"]!["mergedInto"]!);
        await Expect(desk.Find("proposals")).ToHaveCountAsync(0);
        Assert.Equal(0, (int)(await server.GetAsync($"/api/incidents/{first}"))["incident"]!["proposals"]!);
        return first;
    }

    // A report that speaks of both proposes that they are one.
    private async Task<(string First, string Second)> ProposedAsync()
    {
        var first = await SendAsync("瑞安市高楼镇镇前路一家制衣厂起火，浓烟很大。", "119");
        var second = await SendAsync("瑞安市湖岭镇永安村山洪进村，村民爬上屋顶。", "110");
        Assert.NotEqual(first, second);
        await SendAsync("瑞安市今天两处险情：高楼镇镇前路一家制衣厂起火，浓烟很大；湖岭镇永安村山洪进村，村民爬上屋顶。", "12345");
        return (first, second);
    }

    private async Task<string> SendAsync(string text, string source)
    {
        var answer = await server.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text, sourceKind = "hotline", source });
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["report"]!["incident"]!;
    }

    // A document of its own: it needs no script, and says how it ended up with the other's reports.
    private async Task ReviewAsync(string number)
    {
        await desk.GoAsync($"/incidents/{number}");
        var review = await desk.Page.RunAndWaitForPopupAsync(() => desk.Find("incident-review").ClickAsync());
        await Expect(review.Locator("h1")).ToContainTextAsync($"复盘 {number}");
        await Expect(review.Locator("body")).ToContainTextAsync("同一场险情");
        Assert.Equal(0, await review.Locator("script").CountAsync());
        await review.CloseAsync();
    }

    private async Task HandOverAsync()
    {
        (await server.Admin.PostAsJsonAsync("/api/users", new { id = Next, name = "接班员", password = NextPassword })).EnsureSuccessStatusCode();
        (await server.Admin.PostAsJsonAsync($"/api/users/{Next}/grants", new { role = "operator", party = "root", region = "root" })).EnsureSuccessStatusCode();
        await desk.GoAsync("/duty");
        await desk.Find("duty-text").FillAsync("气象台来电，雨势减弱。");
        await desk.Find("duty-send").ClickAsync();
        await Expect(desk.Find("duty-entry")).ToContainTextAsync("雨势减弱");
        await desk.Find("duty-make").ClickAsync();
        await desk.Find("duty-taker").ClickAsync();
        await desk.Page.Locator(Choice).GetByText("接班员").ClickAsync();
        await desk.Find("duty-remark").FillAsync("瑞安火情还在处置。");
        await desk.Find("duty-make-send").ClickAsync();
        await Expect(desk.Find("handover-state")).ToHaveAttributeAsync("data-state", "open");
        await desk.ShootAsync("hand-over-zh-dark");

        await using var taker = await Browser.OpenAsync(server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(taker, "/duty", Next, NextPassword);
        await taker.Find("handovers-row").First.ClickAsync();
        await Expect(taker.Find("handover-drawer")).ToContainTextAsync("瑞安火情还在处置。");
        await taker.ShootAsync("hand-over-phone");
        Assert.Empty(await taker.ClippedAsync());
        await taker.Find("handover-accept").ClickAsync();
        await Expect(taker.Find("handover-state")).ToHaveAttributeAsync("data-state", "accepted");
        Assert.Equal("accepted", (string)(await server.GetAsync("/api/duty/handovers"))["items"]!.AsArray().Single()!["state"]!);
        Assert.True(taker.Faults.Count == 0, string.Join('\n', taker.Faults));
    }

    private async Task LookAsync()
    {
        foreach (var (width, height, size) in new[] { (1366, 768, "laptop"), (390, 844, "phone") })
        {
            await desk.Page.SetViewportSizeAsync(width, height);
            foreach (var (path, name) in Pages)
            {
                await desk.GoAsync(path);
                await Expect(desk.Page.Locator("[data-testid^=page-]").First).ToBeVisibleAsync();
                await desk.ShootAsync($"{name}-{size}");
                Assert.Empty(await desk.ClippedAsync());
                Assert.True(await desk.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth + 1"), $"{name} is wider than a {size}");
            }

            await desk.Find("language").ClickAsync();
            await desk.Find("theme").ClickAsync();
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Tests;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>From a telephone to the duty officer's screen: reported, seen, verified, dispatched, merged, put right, explained.</summary>
public sealed class IncidentJourneyTests
{
    private const string County = "330324";
    private const string Flood = "温州市永嘉县岩坦镇突发山洪，2人死亡，5人被困，请求救援";
    private const string Fire = "温州市瑞安市塘下镇一仓库起火，浓烟很大";

    private static readonly (string Path, string Name)[] Pages =
    [
        ("/?view=duty-overview", "duty"), ("/incidents", "incidents"), ("/incidents/map", "incident-map"), ("/incidents/heat", "heat"), ("/incidents/drills", "drills"),
        ("/reports", "reports"), ("/reports/new", "report-form"), ("/admin/layers", "layers"), ("/wall/duty-overview", "duty-wall"),
    ];

    [Fact]
    public async Task A_report_from_a_telephone_becomes_an_incident_that_is_handled()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        await using var server = await ServerProcess.StartAsync();
        await AddRegionsAsync(server);
        await using var desk = await Browser.OpenAsync(server.Http);
        await SignInAsync(desk, "/?view=duty-overview");
        await Expect(desk.Find("region-map")).ToBeVisibleAsync();
        await Expect(desk.Find("widget-incident-list").GetByTestId("empty")).ToBeVisibleAsync();

        await ReportAsync(server);
        var number = await SeeAsync(desk);
        await HandleAsync(desk, server, number);
        await MergeAsync(desk, server, number);
        await PutRightAsync(desk, server, number);
        await ExplainAsync(desk);
        await LookAsync(desk, number);
        Assert.True(desk.Faults.Count == 0, string.Join('\n', desk.Faults));
    }

    [Fact]
    public async Task The_list_is_walked_with_the_keyboard_and_shows_ten_thousand()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        await using var server = await ServerProcess.StartAsync();
        await AddRegionsAsync(server);
        await using var desk = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await SignInAsync(desk, "/incidents?view=ended");
        await Expect(desk.Find("empty")).ToBeVisibleAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var part = 0; part < 2; part++)
        {
            var archive = Enumerable.Range(part * 5000, 5000).Select(each => new
            {
                number = $"A-{each:00000}",
                title = $"永嘉县山洪 {each}",
                region = County,
                severity = "yellow",
                opened = now.AddMinutes(-20 - each),
                closed = now.AddMinutes(-10 - each),
            });
            (await server.Admin.PostAsJsonAsync("/api/incidents/archive", archive)).EnsureSuccessStatusCode();
        }

        await desk.GoAsync("/incidents?view=ended");
        var rows = desk.Find("incidents");
        await Expect(desk.Find("incidents-row").First).ToBeVisibleAsync();
        // Only what is in sight is drawn, and more comes with the end of the list.
        Assert.True(await desk.Find("incidents-row").CountAsync() < 100);
        await rows.FocusAsync();
        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("k");
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Find("incident-drawer")).ToBeVisibleAsync();
        await Expect(desk.Find("incident-title")).ToContainTextAsync("永嘉县山洪 0");
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Find("incident-drawer")).ToHaveCountAsync(0);
        await desk.ShootAsync("incidents-many-en-dark");
        Assert.Empty(await desk.ClippedAsync());
    }

    internal static async Task AddRegionsAsync(ServerProcess server)
    {
        foreach (var (id, name, parent, kind) in new[]
        {
            ("330000", "浙江省", "root", "province"), ("330300", "温州市", "330000", "city"), (County, "永嘉县", "330300", "county"), ("330381", "瑞安市", "330300", "county"),
            ("330382", "乐清市", "330300", "county"), ("330302", "鹿城区", "330300", "county"),
        })
        {
            (await server.Admin.PostAsJsonAsync("/api/regions", new { id, name, parent, kind })).EnsureSuccessStatusCode();
        }
    }

    internal static async Task SignInAsync(Browser browser, string path, string user = "admin", string password = ServerProcess.AdminPassword)
    {
        await browser.GoAsync(path);
        await browser.Find("sign-in-user").FillAsync(user);
        await browser.Find("sign-in-password").FillAsync(password);
        await browser.Find("sign-in-submit").ClickAsync();
    }

    // Half a minute at 390x844: words, a press, and what became of it.
    private static async Task ReportAsync(ServerProcess server)
    {
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await SignInAsync(phone, "/reports/new");
        await phone.Find("report-text-input").FillAsync(Flood);
        await phone.ShootAsync("report-form-phone");
        await phone.Find("report-send").ClickAsync();
        await Expect(phone.Find("became")).ToHaveAttributeAsync("data-how", "began");
        await Expect(phone.Find("became-facts")).ToContainTextAsync("死亡 2");
        await phone.ShootAsync("report-became-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.Single((await server.GetAsync("/api/reports"))["items"]!.AsArray());
        Assert.True(phone.Faults.Count == 0, string.Join('\n', phone.Faults));
    }

    // The screen was never loaded again.
    private static async Task<string> SeeAsync(Browser desk)
    {
        var item = desk.Find("incident-item");
        await Expect(item).ToHaveCountAsync(1);
        await Expect(item).ToContainTextAsync("死亡 2");
        await Expect(desk.Find("feed-item").First).ToContainTextAsync("岩坦镇");
        await Expect(desk.Page.Locator($"path[data-id='{County}']")).Not.ToHaveAttributeAsync("data-band", "green");
        await desk.ShootAsync("duty-one-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
        return (await item.GetAttributeAsync("data-id"))!;
    }

    private static async Task HandleAsync(Browser desk, ServerProcess server, string number)
    {
        await desk.Find("incident-item").ClickAsync();
        await Expect(desk.Find("incident-drawer")).ToBeVisibleAsync();
        await Expect(desk.Find("risk-parts")).ToContainTextAsync("被困 5");
        await desk.Find("severity-explain").ClickAsync();
        await Expect(desk.Find("severity-why")).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Find("case-transition-verify").ClickAsync();
        await UntilStateAsync(server, number, "verified");
        await desk.Find("case-transition-dispatch").ClickAsync();
        await desk.Find("case-assignee").ClickAsync();
        await desk.Page.Locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").First.ClickAsync();
        await desk.Find("case-transition-submit").ClickAsync();
        await UntilStateAsync(server, number, "dispatched");
        await desk.ShootAsync("incident-drawer-zh-dark");
    }

    // Another thing altogether, which a person says is the same; then he finds that it was not.
    private static async Task MergeAsync(Browser desk, ServerProcess server, string number)
    {
        var answer = await server.Admin.PostAsJsonAsync("/api/reports?wait=5", new { text = Fire, sourceKind = "hotline", source = "119" });
        var other = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["report"]!["incident"]!;
        Assert.NotEqual(number, other);
        await desk.GoAsync($"/incidents/{other}");
        await desk.Find("incident-merge").ClickAsync();
        await desk.Find("incident-pick").ClickAsync();
        await desk.Page.Locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").First.ClickAsync();
        await desk.Find("decide-reason").FillAsync("同一次强降雨引起");
        await desk.Find("decide-send").ClickAsync();
        var merged = await server.UntilAsync($"/api/incidents/{other}", detail => detail["incident"]!["mergedInto"] is not null);
        Assert.Equal(number, (string)merged["incident"]!["mergedInto"]!);
        Assert.Equal(2, (int)(await server.GetAsync($"/api/incidents/{number}"))["incident"]!["reports"]!);

        await desk.Find("incident-undo").ClickAsync();
        await desk.Find("undo-reason").FillAsync("核实后不是同一事件");
        await desk.Find("undo-send").ClickAsync();
        await server.UntilAsync($"/api/incidents/{other}", detail => detail["incident"]!["mergedInto"] is null);
        Assert.Equal(1, (int)(await server.GetAsync($"/api/incidents/{number}"))["incident"]!["reports"]!);
    }

    private static async Task PutRightAsync(Browser desk, ServerProcess server, string number)
    {
        await desk.GoAsync($"/incidents/{number}");
        await Expect(desk.Find("sources")).ToContainTextAsync("死亡");
        await Expect(desk.Find("report-text")).ToContainTextAsync("岩坦镇");
        await desk.Find("edit-dead").ClickAsync();
        await desk.Find("fact-number").FillAsync("3");
        await desk.ShootAsync("incident-page-zh-dark");
        await desk.Find("fact-save").ClickAsync();
        var detail = await server.UntilAsync(
            $"/api/incidents/{number}", each => each["incident"]!["facts"]!.AsArray().Any(fact => (string)fact!["fact"]! == "dead" && (double)fact["number"]! == 3));
        Assert.Equal("admin", (string)detail["incident"]!["facts"]!.AsArray().Single(fact => (string)fact!["fact"]! == "dead")!["by"]!);
        await Expect(desk.Find("read-dead")).ToContainTextAsync("3");
        await Expect(desk.Find("report-decisions")).ToContainTextAsync("更正");
    }

    private static async Task ExplainAsync(Browser desk)
    {
        await desk.GoAsync("/incidents/map");
        await desk.Page.Locator($"path[data-id='{County}']").ClickAsync();
        await Expect(desk.Find("map-explain")).ToBeVisibleAsync();
        await Expect(desk.Find("map-when")).ToContainTextAsync(">");
        await Expect(desk.Find("explain-incident")).ToHaveCountAsync(1);
        await desk.ShootAsync("map-explained-zh-dark");

        // An hour ago nothing had happened yet.
        await desk.Find("map-back").ClickAsync();
        await Expect(desk.Page.Locator($"path[data-id='{County}']")).ToHaveAttributeAsync("data-band", "green");
        await Expect(desk.Find("map-time")).Not.ToHaveAttributeAsync("data-step", "now");
        await desk.Find("map-now").ClickAsync();
        await Expect(desk.Page.Locator($"path[data-id='{County}']")).Not.ToHaveAttributeAsync("data-band", "green");

        await desk.Find("map-level-city").ClickAsync();
        await desk.Page.Locator("path[data-id='330300']").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Find("map-drill").ClickAsync();
        await Expect(desk.Find("map-region")).ToHaveCountAsync(4);
    }

    // Each page at a desk's, a laptop's and a telephone's size, in both languages and themes.
    private static async Task LookAsync(Browser desk, string number)
    {
        foreach (var (width, height, size) in new[] { (1920, 1080, "desk"), (1366, 768, "laptop"), (390, 844, "phone") })
        {
            await desk.Page.SetViewportSizeAsync(width, height);
            foreach (var (path, name) in Pages.Append(($"/incidents/{number}", "incident")))
            {
                await desk.GoAsync(path);
                await Expect(desk.Page.Locator("[data-testid^=page-]").First).ToBeVisibleAsync();
                await desk.ShootAsync($"{name}-{size}");
                Assert.Empty(await desk.ClippedAsync());
                Assert.True(await desk.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth + 1"), $"{name} is wider than a {size}");
            }

            await desk.GoAsync("/incidents");
            await desk.Find("language").ClickAsync();
            await desk.Find("theme").ClickAsync();
        }
    }

    private static async Task UntilStateAsync(ServerProcess server, string number, string state) =>
        await server.UntilAsync($"/api/cases/{number}", item => (string)item["state"]! == state);
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Jingwei.Tests;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>
/// An association reads figures over makers that agreed to be counted; a maker finds what its failed boards have in common; the operator blocks an identifier and a party.
/// </summary>
public sealed class FiguresJourneyTests : IAsyncLifetime
{
    private const string Handle = "88.118.5/LAM-1";
    private const string Drill = "urn:epc:id:sgln:6912345.00003.drill7";
    private const string Place = $$"""{"id":"{{Drill}}","attributes":[{"id":"cbvmda:name","attribute":"深圳钻孔车间"}]}""";
    private const int Failed = 12;
    private const int Good = 5;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        server = await ServerProcess.StartAsync();
        await server.AddCompanyAsync("laminates", "华东覆铜板厂");
        await server.AddCompanyAsync("boards", "一电路板厂");
        await server.AddCompanyAsync("association", "电路板行业协会");
        await ShareAsync("laminates");
        await ShareAsync("boards");
        await CaptureLaminatesAsync();
        await CaptureBoardsAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Figures_are_read_over_those_who_share_and_small_groups_count_nowhere()
    {
        await using var desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, "/identifiers/agreements", "association-user", Companies.Password);
        await desk.Find("identifiers-figures").ClickAsync();
        await Expect(desk.Find("figures-row")).ToHaveCountAsync(3);
        await Expect(desk.Find("figures-chart").Locator("canvas")).ToBeVisibleAsync();
        await desk.ShootAsync("figures-zh-dark");

        await desk.Find("figures-yield").ClickAsync();
        await desk.Find("figures-by").ClickAsync();
        await desk.Page.GetByTitle("分组：主体").ClickAsync();
        await Expect(desk.Find("figures-row")).ToHaveCountAsync(2);
        // The worst stands first: of 41 boards 28 were conformant at first.
        await Expect(desk.Find("figures-row").First).ToContainTextAsync("一电路板厂");
        await Expect(desk.Find("figures-row").First).ToContainTextAsync("68.3");
        await Expect(desk.Find("figures-row").Last).ToContainTextAsync("100.0");
        await Expect(desk.Find("figures-refused")).ToHaveTextAsync("另有 1 个不足 10 件的小组不计入任何数字。");
        await desk.ShootAsync("figures-yield-zh-dark");
        var file = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Find("figures-csv").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(["\"主体\",\"标识\",\"物品数\",\"一次合格率 0–1\"", "\"一电路板厂\",\"boards\",41,0.6829268292682927", "\"华东覆铜板厂\",\"laminates\",11,1"], lines);
        Assert.Empty(desk.Faults);

        await desk.GoAsync("/identifiers/figures?measure=yield&from=2020-01&to=2020-03");
        await Expect(desk.Find("empty")).ToContainTextAsync("这些月份没有可计的数字");
        await desk.GoAsync("/identifiers/figures?measure=yield&from=2020-01&to=2024-03");
        await Expect(desk.Find("problem")).ToContainTextAsync("至多 24 个月");
        Assert.All(desk.Faults, fault => Assert.Contains("400", fault, StringComparison.Ordinal));
        await FiguresElsewhereAsync();
    }

    [Fact]
    public async Task What_failed_boards_have_in_common_and_good_ones_do_not_is_found_and_followed()
    {
        await using var maker = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(maker, "/identifiers/trace", "boards-user", Companies.Password);
        await maker.Find("trace-common").ClickAsync();
        await Expect(maker.Find("empty")).ToContainTextAsync("从几件失效的物品开始");
        await maker.ShootAsync("common-empty-zh-dark");
        await maker.Find("common-failed").FillAsync(string.Join('\n', Enumerable.Range(1, 51).Select(Board)));
        await Expect(maker.Find("common-limit")).ToContainTextAsync("现有 51 件");
        await Expect(maker.Find("common-find")).ToBeDisabledAsync();
        await maker.Find("common-failed").FillAsync(string.Join(", ", Enumerable.Range(1, Failed).Select(Board)));
        await maker.Find("common-good").FillAsync(string.Join('\n', Enumerable.Range(Failed + 1, Good).Select(Board)));
        await maker.Find("common-find").ClickAsync();

        // The panel as it was drilled, the panel, and nothing of what its maker does not show.
        await Expect(maker.Find("common-row")).ToHaveCountAsync(2);
        await Expect(maker.Find("common-row").First).ToContainTextAsync("D-11");
        await Expect(maker.Find("common-where").First).ToHaveTextAsync("12 件失效件中的 12 件、5 件合格件中的 0 件");
        await Expect(maker.Find("common-only")).ToHaveCountAsync(2);
        await Expect(maker.Find("trace-gap")).ToContainTextAsync("华东覆铜板厂 还有 P-11 的事件");
        await maker.ShootAsync("common-zh-dark");
        await maker.Find("common-event").First.ClickAsync();
        await Expect(maker.Find("event-drawer")).ToContainTextAsync("深圳钻孔车间");
        await Expect(maker.Find("event-drawer")).ToContainTextAsync("一电路板厂");
        await maker.ShootAsync("common-event-zh-dark");
        await maker.Find("side-close").ClickAsync();
        await maker.Find("trace-ask").ClickAsync();
        await Expect(maker.Find("agreement-form")).ToContainTextAsync("华东覆铜板厂");
        await maker.Page.Keyboard.PressAsync("Escape");
        await maker.Find("common-row").First.ClickAsync();
        await Expect(maker.Find("trace-nodes-row")).ToHaveCountAsync(1 + Failed);
        await maker.Page.GoBackAsync();
        await Expect(maker.Find("common-row")).ToHaveCountAsync(2);
        Assert.Empty(maker.Faults);
        await CommonElsewhereAsync();
    }

    [Fact]
    public async Task An_identifier_and_a_party_are_blocked_with_a_reason_and_answered_again()
    {
        await server.SendAsync("/api/prefixes", new { prefix = "88.118.5", party = "laminates" });
        using var put = await server.Admin.PutAsJsonAsync($"/api/identifiers/{Handle}", new { values = new[] { new { index = 1, type = "URL", data = "https://laminates.example.cn/" } } }, TestContext.Current.CancellationToken);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var asker = await server.SignInAsync("boards-user", Companies.Password);
        Assert.Equal(HttpStatusCode.OK, await ResolveAsync(asker));

        await using var desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, $"/identifiers/list?below=88.118.5&identifier={Uri.EscapeDataString(Handle)}");
        await desk.Find("identifier-block").ClickAsync();
        await desk.Find("block-send").ClickAsync();
        // Without a reason nothing is blocked.
        await desk.Find("block-reason").FillAsync("假冒产品，市场监管通报 2026-118");
        await desk.ShootAsync("block-ask-zh-dark");
        await desk.Find("block-send").ClickAsync();
        await Expect(desk.Find("identifier-blocked")).ToContainTextAsync("假冒产品");
        Assert.Equal(HttpStatusCode.NotFound, await ResolveAsync(asker));
        await desk.ShootAsync("identifier-blocked-zh-dark");

        await desk.GoAsync("/identifiers/prefixes");
        await desk.Find("prefixes-blocks").ClickAsync();
        await Expect(desk.Find("blocks-row")).ToHaveCountAsync(1);
        await BlockPartyAsync(desk);
        await desk.Find("blocks-row").First.GetByTestId("block-end").ClickAsync();
        await desk.Find("block-end-sure").ClickAsync();
        await Expect(desk.Find("blocks-row")).ToHaveCountAsync(1);
        // The identifier is answered again, but to nobody of the blocked party.
        Assert.Equal(HttpStatusCode.OK, await ResolveAsync(server.Admin));
        Assert.Equal(HttpStatusCode.NotFound, await ResolveAsync(asker));
        Assert.Empty(desk.Faults);
        await BlocksElsewhereAsync();
    }

    private static async Task BlockPartyAsync(Browser desk)
    {
        await desk.Find("block-add").ClickAsync();
        await desk.Find("block-kind-party").ClickAsync();
        await desk.Find("block-party").ClickAsync();
        await desk.Page.GetByTitle("一电路板厂").ClickAsync();
        await desk.Find("block-reason").FillAsync("每秒上千次遍历解析，多次劝阻无效");
        await desk.ShootAsync("block-add-zh-dark");
        await desk.Find("block-send").ClickAsync();
        await Expect(desk.Find("blocks-row")).ToHaveCountAsync(2);
        await desk.ShootAsync("blocks-zh-dark");
    }

    private async Task FiguresElsewhereAsync()
    {
        await using var office = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await IncidentJourneyTests.SignInAsync(office, "/identifiers/figures?measure=lead-time&by=party", "association-user", Companies.Password);
        await office.Find("theme").ClickAsync();
        await Expect(office.Find("figures-row")).ToContainTextAsync("4.50");
        await office.ShootAsync("figures-lead-time-en-light");
        await office.GoAsync("/identifiers/figures?by=bizStep");
        await Expect(office.Find("figures-row").First).ToBeVisibleAsync();
        await Expect(office.Find("figures")).ToContainTextAsync("Inspecting");
        await office.ShootAsync("figures-steps-en-light");
        Assert.Empty(await office.ClippedAsync());
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(phone, "/identifiers/figures?measure=yield&by=product", "association-user", Companies.Password);
        await Expect(phone.Find("figures-row").First).ToContainTextAsync("06912345300032");
        await phone.ShootAsync("figures-zh-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.Empty(office.Faults.Concat(phone.Faults));
    }

    private async Task CommonElsewhereAsync()
    {
        var (failed, good) = (Together(1, Failed), Together(Failed + 1, Good));
        await using var office = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await IncidentJourneyTests.SignInAsync(office, $"/identifiers/trace?way=common&failed={failed}&good={good}");
        await office.Find("theme").ClickAsync();
        // Who sees all sees the lot of laminate behind the panel.
        await Expect(office.Find("common-row")).ToHaveCountAsync(3);
        await Expect(office.Find("common-where").Last).ToHaveTextAsync("in 12 of 12 failed, in 0 of 5 good");
        await office.ShootAsync("common-en-light");
        Assert.Empty(await office.ClippedAsync());
        await office.GoAsync($"/identifiers/trace?way=common&failed={Together(1, 2)}&good={Together(2, 2)}");
        await Expect(office.Find("common-both")).ToContainTextAsync("B-2");
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(phone, $"/identifiers/trace?way=common&failed={failed}&good={good}", "boards-user", Companies.Password);
        await Expect(phone.Find("common-row")).ToHaveCountAsync(2);
        await phone.ShootAsync("common-zh-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.Empty(office.Faults.Concat(phone.Faults));
    }

    private async Task BlocksElsewhereAsync()
    {
        await using var office = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await IncidentJourneyTests.SignInAsync(office, "/identifiers/prefixes?show=blocks");
        await office.Find("theme").ClickAsync();
        await Expect(office.Find("blocks-row")).ToHaveCountAsync(1);
        await office.ShootAsync("blocks-en-light");
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(phone, "/identifiers/prefixes?show=blocks");
        await Expect(phone.Find("blocks-row")).ToHaveCountAsync(1);
        await phone.ShootAsync("blocks-zh-phone");
        await phone.Find("block-end").ClickAsync();
        await phone.Find("block-end-sure").ClickAsync();
        await Expect(phone.Find("empty")).ToContainTextAsync("没有封禁");
        await using var maker = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(maker, "/identifiers/prefixes?show=blocks", "laminates-user", Companies.Password);
        // Who administers nothing sees the prefixes alone.
        await Expect(maker.Find("prefixes-row")).ToHaveCountAsync(1);
        await Expect(maker.Find("prefixes-blocks")).ToHaveCountAsync(0);
        Assert.Empty(office.Faults.Concat(phone.Faults).Concat(maker.Faults));
    }

    private static string Together(int from, int count) => Uri.EscapeDataString(string.Join(' ', Enumerable.Range(from, count).Select(Board)));

    private static string Board(int number) => Item("030003.B", number);

    private static string Item(string item, int number) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:id:sgtin:6912345.{item}-{number}");

    private static string Lot(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:class:lgtin:6912345.010001.L-{number}");

    private static string Items(string item, int from, int count) => $"\"{string.Join("\",\"", Enumerable.Range(from, count).Select(number => Item(item, number)))}\"";

    // On a day of a month that is over, so that each stands in a month of its own.
    private static DateTimeOffset Before(int months, double day) => new DateTimeOffset(Now.Year, Now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-months).AddDays(day);

    private static string At(DateTimeOffset time) => $"\"eventTime\":\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\",\"eventTimeZoneOffset\":\"+08:00\"";

    private static string Seen(DateTimeOffset time, string step, string disposition, string items) =>
        $$"""{"type":"ObjectEvent",{{At(time)}},"action":"OBSERVE","bizStep":"{{step}}","disposition":"{{disposition}}","epcList":[{{items}}]}""";

    private static string Made(DateTimeOffset time, string inputs, string outputs) =>
        $$"""{"type":"TransformationEvent",{{At(time)}},"bizStep":"assembling","readPoint":{"id":"{{Drill}}"},"inputEPCList":[{{inputs}}],"outputEPCList":[{{outputs}}]}""";

    private static string Pressed(DateTimeOffset time, int lot, int panel) =>
        $$"""{"type":"TransformationEvent",{{At(time)}},"bizStep":"assembling","inputQuantityList":[{"epcClass":"{{Lot(lot)}}","quantity":2,"uom":"MTK"}],"outputEPCList":["{{Item("020002.P", panel)}}"]}""";

    private Task CaptureLaminatesAsync() => server.CaptureAsync(
        "laminates",
        Place,
        Pressed(Before(2, 20), 1, 11),
        Pressed(Before(2, 20), 2, 12),
        Seen(Before(1, 5), "inspecting", "conformant", Items("020002.P", 11, 11)),
        Seen(Before(2, 5), "inspecting", "conformant", Items("020009.X", 1, 3)),
        Seen(Before(1, 10), "shipping", "in_transit", Items("020002.P", 11, 11)));

    private Task CaptureBoardsAsync() => server.CaptureAsync(
        "boards",
        Place,
        Seen(Before(1, 14.5), "receiving", "in_progress", Items("020002.P", 11, 11)),
        Made(Before(1, 16), Items("020002.P", 11, 1), Items("040004.D", 11, 1)),
        Made(Before(1, 16), Items("020002.P", 12, 1), Items("040004.D", 12, 1)),
        Made(Before(1, 17), Items("040004.D", 11, 1), Items("030003.B", 1, Failed)),
        Made(Before(1, 17), Items("040004.D", 12, 1), Items("030003.B", Failed + 1, Good)),
        Seen(Before(2, 15), "inspecting", "conformant", Items("030003.B", 101, 11)),
        Seen(Before(2, 15), "inspecting", "non_conformant", Items("030003.B", 112, 1)),
        Seen(Before(1, 18), "inspecting", "conformant", Items("030003.B", 201, 12)),
        Seen(Now.AddSeconds(-5), "inspecting", "non_conformant", Items("030003.B", 1, Failed)),
        Seen(Now.AddSeconds(-5), "inspecting", "conformant", Items("030003.B", Failed + 1, Good)));

    private static async Task<HttpStatusCode> ResolveAsync(HttpClient client)
    {
        using var answer = await client.GetAsync($"/api/handles/{Handle}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task ShareAsync(string from)
    {
        var body = new { from, to = "association", products = Array.Empty<string>(), eventTypes = Array.Empty<string>(), fields = Array.Empty<string>(), values = Array.Empty<string>(), statistics = true, purpose = "行业统计", until = Now.AddDays(60) };
        var made = await server.SendAsync("/api/agreements", body);
        await server.SendAsync($"/api/agreements/{made!["id"]}/accept", new { });
    }
}

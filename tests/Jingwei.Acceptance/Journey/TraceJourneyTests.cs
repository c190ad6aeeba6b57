using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jingwei.Acceptance.Transparency;
using Jingwei.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>A board fails: its maker traces it back as far as he may see, and the laminate's maker traces the lot forward and takes the recall list along.</summary>
public sealed class TraceJourneyTests : IAsyncLifetime
{
    private const string Laminate = "urn:epc:class:lgtin:6912345.010001.L-2602";
    private const string Panel = "urn:epc:id:sgtin:6912345.020002.P-11";
    private const string Inspector = "王小敏";
    private const int Boards = 6;

    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        server = await ServerProcess.StartAsync();
        await server.AddCompanyAsync("laminates", "华东覆铜板厂");
        await server.AddCompanyAsync("boards", "一电路板厂");
        await server.CaptureAsync(
            "laminates", "",
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-01T08:00:00Z","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"https://boards.example.cn/steps/pressing","quantityList":[{"epcClass":"{{Laminate}}","quantity":40,"uom":"MTK"}]}""",
            Made("assembling", "2026-03-02T08:00:00Z", $$""","inputQuantityList":[{"epcClass":"{{Laminate}}","quantity":2,"uom":"MTK"}]""", $$""","outputEPCList":["{{Panel}}"]"""));
        var boards = string.Join("\",\"", Enumerable.Range(1, Boards).Select(Board));
        await server.CaptureAsync(
            "boards", "",
            Made("assembling", "2026-03-03T08:00:00Z", $$""","inputEPCList":["{{Panel}}"]""", $$""","outputEPCList":["{{boards}}"]"""),
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-04T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["{{boards}}"],"action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","@context":[{"ext":"http://boards.example.cn/ext/"}],"ext:inspector":"{{Inspector}}","bizLocation":{"id":"urn:epc:id:sgln:6912345.00003.0"} }""");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_failed_board_is_traced_back_and_its_laminate_forward()
    {
        await using var maker = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(maker, "/identifiers/trace", "boards-user", Companies.Password);
        await Expect(maker.Find("empty")).ToContainTextAsync("从一件物品开始");
        await maker.Find("trace-object").Locator("input").FillAsync(Board(3));
        await maker.Find("trace-object").Locator("input").PressAsync("Enter");
        await Expect(maker.Find("trace-nodes-row")).ToHaveCountAsync(2);
        // The panel's own history is its maker's.
        await Expect(maker.Find("trace-hidden")).ToContainTextAsync("请询问 华东覆铜板厂");
        await Expect(maker.Find("trace-graph").Locator("canvas")).ToBeVisibleAsync();
        await maker.ShootAsync("trace-backward-zh-dark");
        await maker.GoAsync($"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}");
        await Expect(maker.Find("empty")).ToContainTextAsync("没有这件物品的事件");

        await using var desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, $"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}");
        await desk.Find("trace-forward").ClickAsync();
        await Expect(desk.Find("trace-nodes-row")).ToHaveCountAsync(2 + Boards);
        await Expect(desk.Find("trace-hidden")).ToHaveCountAsync(0);
        await desk.ShootAsync("trace-forward-zh-dark");
        var recall = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Find("trace-recall").ClickAsync());
        var rows = await File.ReadAllLinesAsync(await recall.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(1 + 2 + Boards, rows.Length);
        Assert.Equal(Boards, rows.Count(row => row.Contains("一电路板厂", StringComparison.Ordinal) && row.Contains("shipping", StringComparison.Ordinal)));
        await desk.Find("trace-events").ClickAsync();
        await Expect(desk.Find("trace-timeline-row")).ToHaveCountAsync(4);
        await desk.ShootAsync("trace-timeline-zh-dark");

        await using var phone = await Browser.OpenAsync(server.Http, 390, 844, "en-US");
        await IncidentJourneyTests.SignInAsync(phone, $"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}&way=forward");
        await Expect(phone.Find("trace-nodes-row").First).ToBeVisibleAsync();
        await phone.ShootAsync("trace-forward-en-phone");
        // What he may not see is not there for him: 404.
        Assert.Contains("404", Assert.Single(maker.Faults), StringComparison.Ordinal);
        Assert.Empty(desk.Faults.Concat(phone.Faults));
    }

    // The name goes out of the event, which has a new id then; the entry that proves it is the same. Then the event goes whole.
    [Fact]
    public async Task What_an_event_said_is_erased_and_it_still_proves()
    {
        const string Shipping = "/epcis/events?EQ_bizStep=shipping";
        var trace = $"/identifiers/trace?object={Uri.EscapeDataString(Board(3))}&show=events";
        var commitment = await CheckAsync(IdOf(await server.GetAsync(Shipping)));
        await using var maker = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(maker, trace, "boards-user", Companies.Password);
        await maker.Find("trace-timeline-row").Last.ClickAsync();
        await Expect(maker.Find("event-drawer")).ToContainTextAsync(Inspector);
        await maker.Find("event-erase").ClickAsync();
        await maker.Find("erase-reason").FillAsync("本人要求删除姓名。");
        await maker.Find("erase-send").ClickAsync();
        await Expect(maker.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("请选择要清除的字段");
        await maker.Page.Locator("[data-testid=erase-field][data-name='ext:inspector']").ClickAsync();
        await maker.ShootAsync("event-erase-zh-dark");
        await maker.Find("erase-send").ClickAsync();
        await Expect(maker.Page.GetByText("已清除：inspector。事件换了新编号。")).ToBeVisibleAsync();
        await Expect(maker.Find("event-erased")).ToContainTextAsync("本人要求删除姓名。");
        await Expect(maker.Find("event-erased")).ToContainTextAsync("一电路板厂");
        await Expect(maker.Find("event-drawer")).Not.ToContainTextAsync(Inspector);
        await Expect(maker.Find("in-ledger")).ToContainTextAsync("在账本中");
        await maker.ShootAsync("event-erased-zh-dark");

        var left = IdOf(await server.GetAsync(Shipping));
        await Expect(maker.Page).ToHaveURLAsync(new Regex(Regex.Escape(Uri.EscapeDataString(left))));
        Assert.Equal(commitment, await CheckAsync(left));
        await maker.Find("trace-timeline-row").Last.ClickAsync();
        await Expect(maker.Find("event-erased")).ToBeVisibleAsync();
        await ReadErasedAsync($"{trace}&event={Uri.EscapeDataString(left)}");

        await maker.Find("event-erase").ClickAsync();
        await maker.Find("erase-all").ClickAsync();
        await maker.Find("erase-reason").FillAsync("误登。");
        await maker.ShootAsync("event-erase-all-zh-dark");
        await maker.Find("erase-send").ClickAsync();
        await Expect(maker.Find("event-drawer")).ToHaveCountAsync(0);
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(1);
        Assert.Equal("", string.Join('\n', maker.Faults));
    }

    // In both languages, at a desk and on a phone; who may only look is offered nothing.
    private async Task ReadErasedAsync(string path)
    {
        await server.SendAsync("/api/users", new { id = "auditor", name = "审计员", password = Companies.Password, party = "boards" });
        await server.SendAsync("/api/users/auditor/grants", new { role = "viewer", party = "boards", region = "root" });
        await using var office = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await IncidentJourneyTests.SignInAsync(office, path, "auditor", Companies.Password);
        await Expect(office.Find("event-erased")).ToContainTextAsync("inspector");
        await Expect(office.Find("event-erase")).ToHaveCountAsync(0);
        await office.Find("event-erased").ScrollIntoViewIfNeededAsync();
        await office.ShootAsync("event-erased-en-dark");
        Assert.Empty(await office.ClippedAsync());
        Assert.Empty(office.Faults);
        foreach (var locale in new[] { "zh-CN", "en-GB" })
        {
            await using var phone = await Browser.OpenAsync(server.Http, 390, 844, locale);
            await IncidentJourneyTests.SignInAsync(phone, path, "boards-user", Companies.Password);
            await phone.Find("event-erased").ScrollIntoViewIfNeededAsync();
            await phone.ShootAsync($"event-erased-{locale[..2]}-phone");
            await phone.Find("event-erase").ClickAsync();
            await Expect(phone.Find("erase-field").First).ToBeVisibleAsync();
            await phone.ShootAsync($"event-erase-{locale[..2]}-phone");
            Assert.Empty(await phone.ClippedAsync());
            Assert.Empty(phone.Faults);
        }
    }

    private async Task<string> CheckAsync(string id) => OpenedFact.Check(await server.GetAsync($"/api/ledger/proofs/facts/{Uri.EscapeDataString(id)}?wait=5"));

    private static string IdOf(JsonNode answer) => (string)Assert.Single(answer["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray())!["eventID"]!;

    private static string Board(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:id:sgtin:6912345.030003.B-{number}");

    private static string Made(string step, string time, string inputs, string outputs) =>
        $$"""{"type":"TransformationEvent","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","bizStep":"{{step}}"{{inputs}}{{outputs}}}""";
}

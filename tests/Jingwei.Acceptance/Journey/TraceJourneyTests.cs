using System.Globalization;
using Jingwei.Tests;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>A board fails: its maker traces it back as far as he may see, and the laminate's maker traces the lot forward and takes the recall list along.</summary>
public sealed class TraceJourneyTests : IAsyncLifetime
{
    private const string Laminate = "urn:epc:class:lgtin:6912345.010001.L-2602";
    private const string Panel = "urn:epc:id:sgtin:6912345.020002.P-11";
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
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-04T08:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["{{boards}}"],"action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","bizLocation":{"id":"urn:epc:id:sgln:6912345.00003.0"} }""");
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

    private static string Board(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:id:sgtin:6912345.030003.B-{number}");

    private static string Made(string step, string time, string inputs, string outputs) =>
        $$"""{"type":"TransformationEvent","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","bizStep":"{{step}}"{{inputs}}{{outputs}}}""";
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Jingwei.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>
/// A board's maker asks the laminate's maker from a trace, which accepts in the console; then the trace shows more, until the agreement is revoked.
/// </summary>
public sealed class SharingJourneyTests : IAsyncLifetime
{
    private const string Laminate = "urn:epc:class:lgtin:6912345.010001.L-2602";
    private const string Panel = "urn:epc:id:sgtin:6912345.020002.P-11";
    private const string PanelClass = "https://id.gs1.org/01/06912345200028";
    private const string Press = "urn:epc:id:sgln:6912345.00001.press2";
    private const string Drill = "urn:epc:id:sgln:6912345.00003.drill7";
    private const int Boards = 6;

    private static readonly string[] Panels = [PanelClass];
    private static readonly string[] Everything = ["*"];
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        server = await ServerProcess.StartAsync();
        await server.AddCompanyAsync("laminates", "华东覆铜板厂", "administrator");
        await server.AddCompanyAsync("boards", "一电路板厂", "engineer");
        await AddDrillAsync();
        await server.CaptureAsync(
            "laminates",
            $"{Place("urn:epc:id:sgln:6912345.00001.0", "苏州压合一厂", 31.30, 120.62)},{Place("urn:epc:id:sgln:6912345.00002.0", "苏州成品库", 31.38, 120.98)}",
            $$"""{"type":"TransformationEvent",{{At(-50)}},"bizStep":"assembling","disposition":"conformant","readPoint":{"id":"{{Press}}"},"inputQuantityList":[{"epcClass":"{{Laminate}}","quantity":2,"uom":"MTK"}],"outputEPCList":["{{Panel}}"],"ilmd":{"cbvmda:lotNumber":"P2602"},"certificationInfo":"https://certificates.example.cn/ul94","sensorElementList":[{"sensorMetadata":{"time":"{{Time(-50)}}"},"sensorReport":[{"type":"gs1:Temperature","meanValue":185.4,"minValue":183.9,"maxValue":187.2,"uom":"CEL"},{"type":"gs1:Pressure","value":2.8,"uom":"MPA"}]}]}""",
            $$"""{"type":"ObjectEvent",{{At(-48)}},"action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","epcList":["{{Panel}}"],"readPoint":{"id":"urn:epc:id:sgln:6912345.00002.0"},"bizTransactionList":[{"type":"desadv","bizTransaction":"urn:x:desadv:8871"}]}""");
        var boards = string.Join("\",\"", Enumerable.Range(1, Boards).Select(Board));
        await server.CaptureAsync(
            "boards",
            $"{Place("urn:epc:id:sgln:6912345.00003.0", "深圳钻孔车间", 22.75, 113.83)},{Place("urn:epc:id:sgln:6912345.00004.0", "惠州成品仓", 23.08, 114.41)}",
            $$"""{"type":"TransformationEvent",{{At(-2)}},"bizStep":"assembling","readPoint":{"id":"{{Drill}}"},"inputEPCList":["{{Panel}}"],"outputEPCList":["{{boards}}"],"bizTransactionList":[{"type":"prodorder","bizTransaction":"urn:x:order:4711"}],"sensorElementList":[{"sensorMetadata":{"startTime":"{{Time(-3)}}","endTime":"{{Time(-2)}}","deviceID":"{{Drill}}"},"sensorReport":[{"type":"gs1:Temperature","maxValue":58.5,"uom":"CEL"}]}]}""",
            $$"""{"type":"ObjectEvent",{{At(-1.5)}},"action":"OBSERVE","bizStep":"inspecting","disposition":"conformant","epcList":["{{boards}}"],"readPoint":{"id":"urn:epc:id:sgln:6912345.00003.0"} }""",
            $$"""{"type":"ObjectEvent",{{At(-1)}},"action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","epcList":["{{boards}}"],"readPoint":{"id":"urn:epc:id:sgln:6912345.00004.0"} }""");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_a_trace_hides_is_asked_for_shown_and_taken_back()
    {
        await using var maker = await Browser.OpenAsync(server.Http);
        await using var supplier = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(maker, $"/identifiers/trace?object={Uri.EscapeDataString(Board(3))}&show=events", "boards-user", Companies.Password);
        await IncidentJourneyTests.SignInAsync(supplier, "/identifiers/agreements", "laminates-user", Companies.Password);
        await Expect(supplier.Find("empty")).ToContainTextAsync("还没有数据共享协议");
        await supplier.ShootAsync("agreements-empty-zh-dark");

        await AskAsync(maker);
        await AcceptAsync(supplier);
        await LookAsync(maker);
        await RevokeAsync(supplier);
        await maker.Page.ReloadAsync();
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(3);
        await Expect(maker.Find("trace-ask")).ToBeVisibleAsync();
        Assert.Equal("", string.Join("\n", maker.Faults.Concat(supplier.Faults)));
    }

    [Fact]
    public async Task Lists_drawers_and_the_map_are_readable_in_both_languages_and_on_a_phone()
    {
        await ProposeAsync("laminates", "boards", "sixty days of quality data for the complaint 2026-118");
        await RegisterAsync();
        await OutlineAsync();
        await using var office = await Browser.OpenAsync(server.Http, 1366, 768, "en-GB");
        await ReadAtDeskAsync(office);
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await ReadOnPhoneAsync(phone);
        Assert.Equal("", string.Join("\n", office.Faults.Concat(phone.Faults)));
    }

    [Fact]
    public async Task The_map_of_a_trace_zooms_by_button_key_wheel_and_pinch_and_what_is_chosen_stays_in_sight()
    {
        var path = $"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}&way=forward&view=map&show=events";
        await using var desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, path);
        await Expect(desk.Find("trace-stop")).ToHaveCountAsync(4);
        var apart = await ApartAsync(desk);
        await Expect(desk.Find("map-zoom-out")).ToBeDisabledAsync();
        await desk.Find("map-zoom-in").ClickAsync();
        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "1.50");
        // Dots that lie on each other are pushed apart by some pixels.
        Assert.InRange(await ApartAsync(desk) / apart, 1.4, 1.6);

        await DragAsync(desk);
        await WheelAsync(desk);
        await PinchAsync(path);
        Assert.Equal("", string.Join("\n", desk.Faults));
    }

    // The last stop is at the edge: zoomed in around it, it is where it was, and dragged away it is held back.
    private static async Task DragAsync(Browser desk)
    {
        var last = desk.Find("trace-stop").Last;
        await last.ClickAsync();
        for (var times = 0; times < 5; times++)
        {
            await desk.Find("map-zoom-in").ClickAsync();
        }

        await Expect(desk.Find("trace-timeline-row")).ToHaveCountAsync(1);
        await InSightAsync(desk, last);
        var box = (await desk.Find("trace-map").BoundingBoxAsync())!;
        foreach (var (x, y) in ((double, double)[])[(0.9, 0.9), (-0.9, -0.9)])
        {
            await desk.Page.Mouse.MoveAsync((float)(box.X + (box.Width / 2)), (float)(box.Y + (box.Height / 2)));
            await desk.Page.Mouse.DownAsync();
            await desk.Page.Mouse.MoveAsync((float)(box.X + (box.Width * (0.5 + (x / 2)))), (float)(box.Y + (box.Height * (0.5 + (y / 2)))), new() { Steps = 5 });
            await desk.Page.Mouse.UpAsync();
            await InSightAsync(desk, last);
        }

        // A drag is no click: what was chosen still is.
        await Expect(last).ToHaveAttributeAsync("aria-pressed", "true");
        await desk.ShootAsync("trace-map-zoomed-zh-dark");
        await desk.Find("trace-map").FocusAsync();
        await desk.Page.Keyboard.PressAsync("0");
        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "1.00");
        await desk.Page.Keyboard.PressAsync("+");
        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "1.50");
        await desk.Page.Keyboard.PressAsync("-");
        await last.ClickAsync();
    }

    // What lies under the wheel stays under it, once dots lie so far apart that none is pushed aside.
    private static async Task WheelAsync(Browser desk)
    {
        var first = desk.Find("trace-stop").First;
        await first.ClickAsync();
        for (var times = 0; times < 6; times++)
        {
            await desk.Page.Keyboard.PressAsync("+");
        }

        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "11.39");
        var before = await MiddleAsync(first);
        await desk.Page.Mouse.MoveAsync(before.X, before.Y);
        await desk.Page.Mouse.WheelAsync(0, -100);
        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "17.09");
        var after = await MiddleAsync(first);
        Assert.InRange(Math.Abs(after.X - before.X) + Math.Abs(after.Y - before.Y), 0, 4);
        await desk.Page.Mouse.WheelAsync(0, 3_000);
        await Expect(desk.Find("trace-map")).ToHaveAttributeAsync("data-scale", "1.00");
    }

    private async Task PinchAsync(string path)
    {
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(phone, path);
        await Expect(phone.Find("trace-stop")).ToHaveCountAsync(4);
        await phone.Find("trace-map").ScrollIntoViewIfNeededAsync();
        var box = (await phone.Find("trace-map").BoundingBoxAsync())!;
        var touch = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        await SendAsync("touchStart", 20);
        for (var far = 30; far <= 60; far += 10)
        {
            await SendAsync("touchMove", far);
        }

        await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Expect(phone.Find("trace-map")).ToHaveAttributeAsync("data-scale", "3.00");
        await phone.ShootAsync("trace-map-pinched-zh-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.Equal("", string.Join("\n", phone.Faults));

        Task SendAsync(string type, int far)
        {
            var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
            return touch.SendAsync(
                "Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new object[] { new { x = x - far, y, id = 0 }, new { x = x + far, y, id = 1 } } });
        }
    }

    // Between the first stop and the last, in pixels.
    private static async Task<double> ApartAsync(Browser desk)
    {
        var (a, b) = (await MiddleAsync(desk.Find("trace-stop").First), await MiddleAsync(desk.Find("trace-stop").Last));
        return Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
    }

    private static async Task InSightAsync(Browser desk, ILocator stop)
    {
        var (map, at) = ((await desk.Find("trace-map").BoundingBoxAsync())!, await MiddleAsync(stop));
        Assert.InRange(at.X, map.X, map.X + map.Width);
        Assert.InRange(at.Y, map.Y, map.Y + map.Height);
    }

    private static async Task<(float X, float Y)> MiddleAsync(ILocator stop)
    {
        var box = (await stop.Locator("circle").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private static async Task ReadAtDeskAsync(Browser office)
    {
        await IncidentJourneyTests.SignInAsync(office, "/identifiers/agreements");
        // Keyboard only: down to the first, open, and close again.
        await office.Find("agreements").FocusAsync();
        await office.Page.Keyboard.PressAsync("j");
        await office.Page.Keyboard.PressAsync("Enter");
        await Expect(office.Find("agreement-sentence")).ToContainTextAsync("offers to show");
        await office.ShootAsync("agreements-en-dark");
        Assert.Empty(await office.ClippedAsync());
        await office.Page.Keyboard.PressAsync("Escape");
        await Expect(office.Find("agreement-drawer")).ToHaveCountAsync(0);
        await office.GoAsync("/identifiers/agreements?create=ask");
        await Expect(office.Find("agreement-form")).ToBeVisibleAsync();
        await office.ShootAsync("agreement-ask-en-dark");
        await office.GoAsync($"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}&way=forward&view=map&show=events");
        await Expect(office.Find("trace-stop")).ToHaveCountAsync(4);
        await office.ShootAsync("trace-map-en-dark");
        await office.Find("theme").ClickAsync();
        await office.ShootAsync("trace-map-en-light");
        await office.GoAsync($"/identifiers/trace?object={Uri.EscapeDataString(Laminate)}&way=forward");
        await Expect(office.Find("trace-nodes-row")).ToHaveCountAsync(8);
        await office.ShootAsync("trace-en-light");
        await office.GoAsync("/identifiers");
        await Expect(office.Find("enterprise-agreements")).ToContainTextAsync("华东覆铜板厂 shows 一电路板厂");
        await office.ShootAsync("enterprise-en-light");
        Assert.Empty(await office.ClippedAsync());
    }

    private static async Task ReadOnPhoneAsync(Browser phone)
    {
        await IncidentJourneyTests.SignInAsync(phone, "/identifiers/agreements");
        await Expect(phone.Find("agreements-row")).ToBeVisibleAsync();
        await phone.ShootAsync("agreements-zh-phone");
        await phone.Find("agreements-row").ClickAsync();
        await Expect(phone.Find("agreement-sentence")).ToBeVisibleAsync();
        await phone.ShootAsync("agreement-zh-phone");
        await phone.GoAsync($"/identifiers/trace?object={Uri.EscapeDataString(Board(3))}&show=events&view=map");
        await Expect(phone.Find("trace-stop").First).ToBeVisibleAsync();
        await phone.ShootAsync("trace-map-zh-phone");
        await phone.Find("trace-timeline-row").First.ClickAsync();
        await Expect(phone.Find("event-drawer")).ToBeVisibleAsync();
        await phone.ShootAsync("trace-event-zh-phone");
        await phone.GoAsync("/identifiers/enterprise");
        await Expect(phone.Find("enterprise-figures")).ToBeVisibleAsync();
        await phone.ShootAsync("enterprise-zh-phone");
        Assert.Empty(await phone.ClippedAsync());
    }

    private static async Task AskAsync(Browser maker)
    {
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(3);
        await Expect(maker.Find("trace-gap")).ToContainTextAsync("华东覆铜板厂 还有 P-11 的事件");
        await maker.ShootAsync("trace-gap-zh-dark");
        await maker.Find("trace-ask").ClickAsync();
        await Expect(maker.Find("agreement-form")).ToContainTextAsync("华东覆铜板厂");
        await Expect(maker.Find("agreement-products")).ToContainTextAsync(PanelClass);
        await maker.Find("agreement-purpose").FillAsync("客诉 2026-118：查压合温度");
        await maker.ShootAsync("agreement-ask-zh-dark");
        await maker.Find("agreement-send").ClickAsync();
        await Expect(maker.Find("agreement-sentence")).ToContainTextAsync("一电路板厂 请求 华东覆铜板厂");
        await Expect(maker.Find("trace-asked")).ToBeVisibleAsync();
        await maker.ShootAsync("trace-asked-zh-dark");
    }

    private static async Task AcceptAsync(Browser supplier)
    {
        await supplier.Page.ReloadAsync();
        await supplier.Find("agreements-waiting").ClickAsync();
        await supplier.Find("agreements-row").ClickAsync();
        await Expect(supplier.Find("agreement-fields")).ToContainTextAsync("传感数据");
        await supplier.ShootAsync("agreement-waiting-zh-dark");
        // The request is a case too, and each leads to the other.
        await supplier.Find("agreement-case").ClickAsync();
        await Expect(supplier.Find("case-agreement")).ToBeVisibleAsync();
        await supplier.ShootAsync("agreement-case-zh-dark");
        await supplier.Find("case-agreement").ClickAsync();
        await supplier.Find("agreement-accept").ClickAsync();
        await supplier.Find("agreement-decide-send").ClickAsync();
        await Expect(supplier.Find("agreement-drawer").GetByTestId("agreement-state")).ToHaveAttributeAsync("data-state", "accepted");
        await Expect(supplier.Find("agreement-change")).ToHaveCountAsync(2);
    }

    private static async Task LookAsync(Browser maker)
    {
        await maker.Page.ReloadAsync();
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(5);
        await maker.Find("side-close").ClickAsync();
        // The oldest is the pressing: its laminate is not in the agreement.
        await maker.Find("trace-timeline-row").First.ClickAsync();
        await Expect(maker.Find("event-inputs")).ToContainTextAsync("协议之外的物品");
        await Expect(maker.Find("event-sensors")).ToContainTextAsync("185.4 °C");
        await Expect(maker.Find("event-drawer")).ToContainTextAsync("苏州压合一厂");
        await Expect(maker.Find("event-drawer")).Not.ToContainTextAsync("certificates.example.cn");
        await maker.ShootAsync("trace-event-shared-zh-dark");
        await maker.Find("trace-timeline-row").Nth(2).ClickAsync();
        await Expect(maker.Find("event-thing")).ToHaveTextAsync("七号钻机");
        await Expect(maker.Find("event-charts").Locator("canvas")).ToBeVisibleAsync();
        await Expect(maker.Find("in-ledger")).ToBeVisibleAsync();
        await maker.ShootAsync("trace-event-machine-zh-dark");
        await maker.Find("side-close").ClickAsync();
        await maker.Find("trace-view-map").ClickAsync();
        await Expect(maker.Find("trace-stop")).ToHaveCountAsync(4);
        await maker.Find("trace-stop").First.ClickAsync();
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(1);
        await maker.ShootAsync("trace-map-zh-dark");
        await maker.Find("trace-stop").First.ClickAsync();
        await Expect(maker.Find("trace-timeline-row")).ToHaveCountAsync(5);
    }

    private static async Task RevokeAsync(Browser supplier)
    {
        await supplier.Page.ReloadAsync();
        await Expect(supplier.Find("agreement-uses")).ToContainTextAsync("追溯");
        await supplier.ShootAsync("agreement-uses-zh-dark");
        await supplier.Find("agreement-revoke").ClickAsync();
        await supplier.Find("agreement-decide-send").ClickAsync();
        // Without a reason nothing is taken back.
        await Expect(supplier.Find("agreement-reason")).ToBeVisibleAsync();
        await supplier.Find("agreement-reason").FillAsync("客诉已结案");
        await supplier.Find("agreement-decide-send").ClickAsync();
        await Expect(supplier.Find("agreement-change").First).ToContainTextAsync("客诉已结案");
        await Expect(supplier.Find("agreement-sentence")).ToContainTextAsync("不生效");
        await Expect(supplier.Find("agreement-revoke")).ToHaveCountAsync(0);
        await supplier.ShootAsync("agreement-revoked-zh-dark");
    }

    private static string Board(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:id:sgtin:6912345.030003.B-{number}");

    private static string Time(double hours) => Now.AddHours(hours).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string At(double hours) => $"\"eventTime\":\"{Time(hours)}\",\"eventTimeZoneOffset\":\"+08:00\"";

    private static string Place(string id, string name, double latitude, double longitude) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","attributes":[{"id":"cbvmda:name","attribute":"{{name}}"},{"id":"cbvmda:latitude","attribute":"{{latitude}}"},{"id":"cbvmda:longitude","attribute":"{{longitude}}"}]}""");

    private async Task AddDrillAsync()
    {
        await server.SendAsync("/api/things", new { id = "drill-7", type = "drilling-machine", name = "七号钻机", party = "boards", identifiers = new { site = Drill } });
        var lines = string.Join('\n', Enumerable.Range(0, 360).Select(each => string.Create(
            CultureInfo.InvariantCulture, $"drill,machine=drill-7 spindle_temperature={40 + (18 * Math.Sin(each / 60.0)):0.00} {Now.AddHours(-3).AddSeconds(each * 10).ToUnixTimeMilliseconds()}")));
        using var content = new StringContent(lines);
        (await server.Admin.PostAsync("/write?db=factory&precision=ms", content, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private async Task ProposeAsync(string from, string to, string purpose) => await server.SendAsync(
        "/api/agreements",
        new { from, to, products = Panels, eventTypes = Array.Empty<string>(), fields = Everything, values = Everything, statistics = true, purpose, until = Now.AddDays(60) });

    // Two provinces, roughly.
    private async Task OutlineAsync()
    {
        const string Regions =
            """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"320000","name":"江苏省","level":"province"},"geometry":{"type":"Polygon","coordinates":[[[116.4,34.6],[119.2,35.1],[120.3,34.0],[121.9,32.0],[121.3,31.4],[120.6,30.95],[119.5,31.1],[118.7,32.4],[117.3,34.0],[116.4,34.6]]]}},
            {"type":"Feature","properties":{"code":"440000","name":"广东省","level":"province"},"geometry":{"type":"Polygon","coordinates":[[[109.7,20.3],[111.8,24.5],[113.9,25.4],[116.8,24.7],[117.1,23.6],[114.6,22.5],[112.0,21.7],[110.5,20.4],[109.7,20.3]]]}}]}
            """;
        using var content = new StringContent(Regions, Encoding.UTF8, "application/geo+json");
        using var answer = await server.Admin.PostAsync("/api/regions/import", content, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task RegisterAsync()
    {
        await server.SendAsync("/api/prefixes", new { prefix = "88.118.5", party = "laminates" });
        for (var each = 1; each <= 12; each++)
        {
            using var put = await server.Admin.PutAsJsonAsync($"/api/identifiers/88.118.5/LAM-{each}", new { values = new[] { new { index = 1, type = "URL", data = "https://laminates.example.cn/" } } }, TestContext.Current.CancellationToken);
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            using var found = await server.Admin.GetAsync($"/api/handles/88.118.5/LAM-{(each % 3 == 0 ? each * 9 : each)}", TestContext.Current.CancellationToken);
        }
    }
}

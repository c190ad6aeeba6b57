using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jingwei.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>
/// The story of the supply chain in the console: a customer's quality engineer looks for what failed assemblies share, opens the press cycle, takes the
/// recall list along and brings the recall to its end; the laminator looks at its press and answers a request.
/// </summary>
public sealed partial class RecallJourneyTests : IAsyncLifetime
{
    private const string Quality = "customer-1-quality";
    private const string Manager = "customer-1-manager";
    private const string Laminator = "laminate-1-manager";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private ChainDemo demo = null!;

    private ServerProcess Server => demo.Server;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        demo = await ChainDemo.StartAsync();
    }

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    [Fact]
    public async Task What_failed_assemblies_share_is_found_and_recalled_to_the_end()
    {
        var goods = int.Parse(Told().Match(demo.Said).Groups[1].Value, CultureInfo.InvariantCulture);
        var (failed, good) = await InspectedAsync();
        await using var desk = await Browser.OpenAsync(Server.Http);
        await IncidentJourneyTests.SignInAsync(desk, "/", Quality, demo.Password);
        await ContainAsync(desk);
        var lot = await FindAsync(desk, failed, good);
        var list = await ListAsync(desk, goods);
        await ProveAsync(desk, list);
        await using var office = await Browser.OpenAsync(Server.Http, 1366, 768, "en-GB");
        await IncidentJourneyTests.SignInAsync(office, "/cases", Manager, demo.Password);
        await RecallAsync(office, lot, goods);
        await Expect(desk.Find("case-drawer").Locator("[data-state=closed]").First).ToBeVisibleAsync();
        await ReadOnPhoneAsync(lot, failed, good);
        Assert.True(desk.Faults.Count + office.Faults.Count == 0, string.Join('\n', desk.Faults.Concat(office.Faults)));
    }

    [Fact]
    public async Task A_laminator_looks_at_its_press_and_answers_who_asks()
    {
        await using var desk = await Browser.OpenAsync(Server.Http);
        await IncidentJourneyTests.SignInAsync(desk, "/", Laminator, demo.Password);
        await Expect(desk.Find("case-item")).ToContainTextAsync("请求共享数据");
        await desk.ShootAsync("chain-laminator-zh-dark");
        await PressAsync(desk);
        await AnswerAsync(desk);
        await desk.GoAsync("/wall/chain-overview");
        await Expect(desk.Find("widget-cases")).ToHaveCountAsync(2);
        await desk.ShootAsync("chain-wall-zh-dark");
        Assert.Empty(await desk.ClippedAsync());

        await using var phone = await Browser.OpenAsync(Server.Http, 390, 844, "en-GB");
        await IncidentJourneyTests.SignInAsync(phone, "/things/laminate-1-press-2", Laminator, demo.Password);
        await Expect(phone.Find("widget-latest")).ToBeVisibleAsync();
        await phone.ShootAsync("chain-press-en-phone");
        await phone.GoAsync("/rules?rule=press-cool");
        await Expect(phone.Find("try")).ToBeVisibleAsync();
        await phone.ShootAsync("chain-rule-en-phone");
        await phone.GoAsync("/boards/chain-overview");
        await Expect(phone.Find("widget-cases").First).ToBeVisibleAsync();
        await phone.ShootAsync("chain-board-en-phone");
        await Expect(phone.Find("board-last")).ToHaveCountAsync(0);
        await phone.GoAsync("/notifications/rotas");
        await phone.Find("rota-create").ClickAsync();
        await Expect(phone.Find("rota-form")).ToContainTextAsync("东莞青石覆铜板");
        Assert.Empty(await phone.ClippedAsync());
        Assert.True(desk.Faults.Count + phone.Faults.Count == 0, string.Join('\n', desk.Faults.Concat(phone.Faults)));
    }

    // The complaint lies on the overview; what a step waits for is said, and what is done for it is ticked.
    private static async Task ContainAsync(Browser desk)
    {
        await Expect(desk.Find("widget-cases")).ToHaveCountAsync(2);
        await Expect(desk.Find("case-item")).ToContainTextAsync("分层起泡");
        await Expect(desk.Find("widget-case-pareto")).ToContainTextAsync("质量召回按根本原因类别");
        await desk.ShootAsync("chain-overview-zh-dark");
        await desk.Find("case-item").ClickAsync();
        await Expect(desk.Find("case-object")).ToHaveTextAsync(Assembly());
        await Expect(desk.Find("case-why-not")).ToContainTextAsync("库存已隔离");
        await desk.ShootAsync("chain-complaint-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
        foreach (var task in (string[])["form_team", "hold_stock", "tell_suppliers"])
        {
            await desk.Find($"task-{task}-done").ClickAsync();
            await Expect(desk.Find($"task-{task}")).ToHaveAttributeAsync("data-progress", "done");
        }

        await desk.Find("check-stock_held").ClickAsync();
        await desk.Find("case-transition-contain").ClickAsync();
        await desk.Page.GetByLabel("围堵措施（D3）").FillAsync("成品库与在制品按批次隔离，停止出货");
        await desk.ShootAsync("chain-contain-zh-dark");
        await desk.Find("case-transition-submit").ClickAsync();
        await StateAsync(desk, "contained");
    }

    // What all that failed come from, and the press cycle that made it.
    private static async Task<string> FindAsync(Browser desk, string[] failed, string[] good)
    {
        await desk.GoAsync("/identifiers/trace?way=common");
        await desk.Find("common-failed").FillAsync(string.Join('\n', failed));
        await desk.Find("common-good").FillAsync(string.Join('\n', good));
        await desk.Find("common-find").ClickAsync();
        var first = desk.Find("common-row").First;
        await Expect(first.GetByTestId("common-where")).ToHaveTextAsync($"{failed.Length} 件失效件中的 {failed.Length} 件、{good.Length} 件合格件中的 0 件");
        await Expect(first.GetByTestId("common-only")).ToBeVisibleAsync();
        await desk.ShootAsync("chain-common-zh-dark");
        await desk.Find("common-event").First.ClickAsync();
        await Expect(desk.Find("event-drawer")).ToContainTextAsync("2 号层压机");
        await Expect(desk.Find("event-sensors")).ToContainTextAsync(TooCool());
        await Expect(desk.Find("event-outputs")).ToContainTextAsync("40 件");
        await Expect(desk.Find("in-ledger")).ToBeVisibleAsync();
        await desk.ShootAsync("chain-press-cycle-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
        await desk.Find("side-close").ClickAsync();
        return (await first.GetAttributeAsync("data-id"))!;
    }

    // All that came of the lot, on the map too, and the list of it.
    private async Task<string> ListAsync(Browser desk, int goods)
    {
        await desk.Find("common-row").First.ClickAsync();
        await Expect(desk.Find("trace-summary")).ToContainTextAsync($"{goods + 1} 件物品");
        await Expect(desk.Find("trace-gap")).ToHaveCountAsync(3);
        await desk.ShootAsync("chain-forward-zh-dark");
        await desk.Find("trace-gaps-more").ClickAsync();
        await Expect(desk.Find("trace-gap")).Not.ToHaveCountAsync(3);
        await desk.Find("trace-gaps-more").ClickAsync();
        await desk.Find("trace-view-map").ClickAsync();
        await Expect(desk.Find("trace-stop").First).ToBeVisibleAsync();
        await desk.Find("trace-events").ClickAsync();
        await desk.ShootAsync("chain-map-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Find("trace-recall").ClickAsync());
        var list = await download.PathAsync();
        Assert.Equal(1 + 1 + goods, (await File.ReadAllLinesAsync(list, cancellation)).Length);
        return list;
    }

    // The cause is found and the list made: both are put to the case, with what they prove.
    private async Task ProveAsync(Browser desk, string list)
    {
        await desk.GoAsync("/cases");
        await desk.Find("cases-row").Filter(new() { HasText = "分层起泡" }).ClickAsync();
        foreach (var task in (string[])["trace_cause", "list_affected"])
        {
            await desk.Find($"task-{task}-done").ClickAsync();
            await Expect(desk.Find($"task-{task}")).ToHaveAttributeAsync("data-progress", "done");
        }

        foreach (var check in (string[])["proof_verified", "list_complete"])
        {
            await desk.Find($"check-{check}").ClickAsync();
            await Expect(desk.Find($"check-{check}")).ToBeCheckedAsync();
        }

        await desk.Find("evidence-kind").ClickAsync();
        await desk.Page.GetByTitle("召回清单", new() { Exact = true }).ClickAsync();
        await desk.Find("evidence-file").SetInputFilesAsync(new FilePayload { Name = "recall.csv", MimeType = "text/csv", Buffer = await File.ReadAllBytesAsync(list, cancellation) });
        await Expect(desk.Find("case-evidence")).ToContainTextAsync("recall.csv");
        await desk.Find("case-evidence").ScrollIntoViewIfNeededAsync();
        await desk.ShootAsync("chain-evidence-zh-dark");
    }

    // From here on it is the manager's.
    private static async Task RecallAsync(Browser office, string lot, int goods)
    {
        await office.Find("case-create").ClickAsync();
        await Expect(office.Find("case-form")).ToContainTextAsync("Lot that it was traced to");
        await office.ShootAsync("chain-create-en-dark");
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await office.ShootAsync("chain-cases-en-dark");
        await office.Find("cases-row").Filter(new() { HasText = "分层起泡" }).ClickAsync();
        await office.Find("case-transition-recall").ClickAsync();
        await office.Page.GetByLabel("Lot that it was traced to").FillAsync(lot);
        await office.Page.GetByLabel("Pieces affected").FillAsync(goods.ToString(CultureInfo.InvariantCulture));
        await office.Page.GetByLabel("Kind of root cause").ClickAsync();
        await office.Page.GetByTitle("Press cycle", new() { Exact = true }).ClickAsync();
        await office.ShootAsync("chain-recall-en-dark");
        await SubmitAsync(office, "recalling");
        await office.Find("theme").ClickAsync();
        await office.Find("task-tell_customers-done").ClickAsync();
        await Expect(office.Find("task-tell_customers")).ToHaveAttributeAsync("data-progress", "done");
        await office.Find("case-transition-confirm").ClickAsync();
        await office.Page.GetByLabel("Pieces recovered").FillAsync(goods.ToString(CultureInfo.InvariantCulture));
        await office.Page.GetByLabel("Root cause (D4)").FillAsync("Heating oil of press 2 ran 17 °C short; the dwell ended early on a faulty timer.");
        await office.Page.GetByLabel("Corrective action (D5, D6)").FillAsync("Pump replaced, timer locked; every cycle below 175 °C holds its lot.");
        await office.ShootAsync("chain-confirm-en-light");
        await SubmitAsync(office, "effective");
        await office.Find("case-transition-close").ClickAsync();
        await office.Page.GetByLabel("Prevention (D7)").FillAsync("The laminator shows press cycles of every lot before it ships.");
        await SubmitAsync(office, "closed");
        await office.ShootAsync("chain-closed-en-light");
        Assert.Empty(await office.ClippedAsync());
        await office.GoAsync("/boards/chain-overview");
        await Expect(office.Find("widget-case-pareto").Locator("canvas")).ToBeVisibleAsync();
        await office.ShootAsync("chain-board-en-light");
        Assert.Empty(await office.ClippedAsync());
    }

    private async Task ReadOnPhoneAsync(string lot, string[] failed, string[] good)
    {
        await using var phone = await Browser.OpenAsync(Server.Http, 390, 844);
        await IncidentJourneyTests.SignInAsync(phone, "/", Quality, demo.Password);
        await Expect(phone.Find("widget-cases").First).ToBeVisibleAsync();
        await phone.ShootAsync("chain-overview-zh-phone");
        await phone.GoAsync("/cases?view=closed");
        await phone.Find("cases-row").ClickAsync();
        await Expect(phone.Find("case-drawer")).ToBeVisibleAsync();
        await phone.ShootAsync("chain-closed-zh-phone");
        await phone.GoAsync($"/identifiers/trace?way=common&failed={Uri.EscapeDataString(string.Join(' ', failed))}&good={Uri.EscapeDataString(string.Join(' ', good))}");
        await Expect(phone.Find("common-row").First).ToBeVisibleAsync();
        await phone.ShootAsync("chain-common-zh-phone");
        await phone.Find("common-event").Locator("visible=true").First.ClickAsync();
        await Expect(phone.Find("event-sensors")).ToContainTextAsync(TooCool());
        await phone.ShootAsync("chain-press-cycle-zh-phone");
        await phone.GoAsync($"/identifiers/trace?object={Uri.EscapeDataString(lot)}&way=forward&view=map");
        await Expect(phone.Find("trace-stop").First).ToBeVisibleAsync();
        await phone.ShootAsync("chain-map-zh-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.True(phone.Faults.Count == 0, string.Join('\n', phone.Faults));
    }

    // The press reports what it does; its rule, asked about the last month, names the cycle of the story and no other.
    private static async Task PressAsync(Browser desk)
    {
        await desk.GoAsync("/things/laminate-1-press-2");
        await Expect(desk.Find("widget-latest")).ToContainTextAsync("待机");
        await Expect(desk.Find("widget-latest")).ToContainTextAsync("°C");
        await Expect(desk.Find("widget-facts")).ToContainTextAsync("GS1 标识");
        await Expect(desk.Find("widget-chart").Locator("canvas")).ToBeVisibleAsync();
        await desk.ShootAsync("chain-press-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
        await desk.GoAsync("/rules?rule=press-cool");
        await Expect(desk.Find("rule-drawer")).ToContainTextAsync("热盘温度 < 175 °C");
        await desk.Page.GetByText("最近 30 天").ClickAsync();
        await desk.Find("try-start").ClickAsync();
        await Expect(desk.Find("try-raised")).ToHaveTextAsync("1");
        await Expect(desk.Find("try-alarms")).ToContainTextAsync("2 号层压机");
        await desk.ShootAsync("chain-rule-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
    }

    // Another customer asks for what the press measured; the case ends with the answer.
    private static async Task AnswerAsync(Browser desk)
    {
        await desk.GoAsync("/cases");
        await desk.Find("cases-row").ClickAsync();
        await Expect(desk.Find("case-agreement")).ToBeVisibleAsync();
        await desk.ShootAsync("chain-request-zh-dark");
        await desk.Find("case-transition-review").ClickAsync();
        await StateAsync(desk, "reviewed");
        await desk.Find("case-agreement").ClickAsync();
        await Expect(desk.Find("agreement-sentence")).ToContainTextAsync("苏州太湖通信设备");
        await desk.ShootAsync("chain-agreement-zh-dark");
        await desk.Find("agreement-accept").ClickAsync();
        await desk.Find("agreement-decide-send").ClickAsync();
        await Expect(desk.Find("agreement-drawer").GetByTestId("agreement-state")).ToHaveAttributeAsync("data-state", "accepted");
        await desk.GoAsync("/cases?view=closed");
        await desk.Find("cases-row").ClickAsync();
        await StateAsync(desk, "granted");
        await desk.ShootAsync("chain-granted-zh-dark");
        Assert.Empty(await desk.ClippedAsync());
    }

    private static async Task SubmitAsync(Browser browser, string state)
    {
        await browser.Find("case-transition-submit").ClickAsync();
        await StateAsync(browser, state);
    }

    private static Task StateAsync(Browser browser, string state) => Expect(browser.Find("case-drawer").Locator($"[data-state={state}]").First).ToBeVisibleAsync();

    // What the customer found bad, and as many that passed beside them.
    private async Task<(string[] Failed, string[] Good)> InspectedAsync()
    {
        using var quality = await Server.SignInAsync(Quality, demo.Password);
        var bad = await InspectedAsync(quality, "non_conformant", 1000);
        var failed = bad.Where(each => (string?)each["demo:defect"] == "delamination").SelectMany(each => each["epcList"]!.AsArray()).Select(each => (string)each!).ToArray();
        var site = Uri.EscapeDataString((string)bad[0]["bizLocation"]!["id"]!);
        var good = await InspectedAsync(quality, $"conformant&EQ_bizLocation={site}", 30);
        return (failed, [.. good.Select(each => (string)each["epcList"]![0]!)]);
    }

    private async Task<JsonNode[]> InspectedAsync(HttpClient quality, string how, int most)
    {
        var answer = await quality.GetFromJsonAsync<JsonNode>($"/epcis/events?EQ_bizStep=inspecting&EQ_disposition={how}&perPage={most}", cancellation);
        return [.. answer!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => each!)];
    }

    // Below 175 °C epoxy for FR-4 does not cure in the time of a cycle.
    [GeneratedRegex("温度.*1[0-6][0-9]\\.[0-9] °C")]
    private static partial Regex TooCool();

    [GeneratedRegex("^A[0-9]+$")]
    private static partial Regex Assembly();

    [GeneratedRegex("([0-9]+) panels, boards and assemblies")]
    private static partial Regex Told();
}

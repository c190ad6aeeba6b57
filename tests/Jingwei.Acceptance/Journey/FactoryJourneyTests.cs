using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>What the quick start promises, in a real browser against the demo: watch, be warned, act, close, attach.</summary>
public sealed partial class FactoryJourneyTests
{
    [Fact]
    public async Task A_stranger_watches_a_factory_closes_a_case_and_attaches_a_device()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        var publisher = External.Program("mosquitto_pub", "apt-get install mosquitto-clients");
        await using var server = await ServerProcess.StartAsync(null, "demo");
        await using var browser = await Browser.OpenAsync(server.Http);

        await SignInAsync(browser);
        await server.UntilAsync(
            "/api/progress", answer => answer["items"]!.AsArray().Any(task => (string)task!["task"]! == "history-fill" && (long)task["done"]! == (long)task["total"]!));
        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0 && (long)answer["stored"]! > 400_000);
        Assert.Equal(0, (long)accounting["rejected"]!);
        await WatchAsync(browser);
        var hot = (await server.UntilAsync("/api/alarms?rule=spindle-hot&limit=1", answer => answer["items"]!.AsArray().Count == 1))["items"]![0]!;
        await AcknowledgeAsync(browser, (string)hot["id"]!);
        var stopped = (await server.UntilAsync(
            $"/api/alarms?rule=breakdown&thing={hot["thing"]}&limit=1",
            answer => answer["items"]!.AsArray() is [{ } first, ..] && first["case"] is not null))["items"]![0]!;
        await CloseCaseAsync(browser, server, (string)stopped["case"]!);
        await AttachAsync(browser, server, publisher);
        await LookRoundAsync(browser);
        await AccountAsync(browser);
        await InEnglishAndLightAsync(browser);

        Assert.True(browser.Faults.Count == 0, string.Join('\n', browser.Faults));
    }

    private static async Task SignInAsync(Browser browser)
    {
        await browser.GoAsync("/");
        await Expect(browser.Find("sign-in")).ToBeVisibleAsync();
        await browser.ShootAsync("sign-in-zh-dark");
        await browser.Find("sign-in-user").FillAsync("admin");
        await browser.Find("sign-in-password").FillAsync(ServerProcess.AdminPassword);
        await browser.Find("sign-in-submit").ClickAsync();
        await Expect(browser.Find("machine-tile").First).ToBeVisibleAsync();
    }

    private static async Task WatchAsync(Browser browser)
    {
        await Expect(browser.Find("machine-tile")).ToHaveCountAsync(40);
        // The history has come in and OEE has a value: a percentage between nothing and all.
        await Expect(browser.Find("figure").First).ToContainTextAsync(Percentage());
        await Expect(browser.Find("worst-row")).ToHaveCountAsync(8);
        await Expect(browser.Find("loss-share").First).ToBeVisibleAsync();
        await browser.ShootAsync("overview-zh-dark");
        Assert.Empty(await browser.ClippedAsync());
    }

    private static async Task AcknowledgeAsync(Browser browser, string alarm)
    {
        await browser.GoAsync("/alarms");
        await Expect(browser.Find("page-alarms")).ToBeVisibleAsync();
        await browser.ShootAsync("alarms-zh-dark");
        await browser.GoAsync($"/alarms?alarm={alarm}");
        await Expect(browser.Find("alarm-drawer")).ToBeVisibleAsync();
        await Expect(browser.Find("alarm-cause")).ToContainTextAsync("°C");
        await browser.ShootAsync("alarm-zh-dark");
        if (await browser.Find("alarm-state").GetAttributeAsync("data-state") == "raised")
        {
            await browser.Find("alarm-drawer").GetByTestId("alarm-acknowledge").ClickAsync();
            await Expect(browser.Find("alarm-state")).Not.ToHaveAttributeAsync("data-state", "raised");
        }
    }

    private static async Task CloseCaseAsync(Browser browser, ServerProcess server, string id)
    {
        await browser.GoAsync($"/cases?case={Uri.EscapeDataString(id)}");
        await Expect(browser.Find("case-drawer")).ToBeVisibleAsync();
        await browser.ShootAsync("case-opened-zh-dark");
        await browser.Find("case-transition-take").ClickAsync();
        await UntilStateAsync(server, id, "assigned");

        await browser.Find("case-transition-repair").ClickAsync();
        await Expect(browser.Find("case-transition-form")).ToBeVisibleAsync();
        await FillAsync(browser.Find("case-transition-form"), browser.Page);
        await browser.ShootAsync("case-repair-zh-dark");
        await browser.Find("case-transition-submit").ClickAsync();
        await UntilStateAsync(server, id, "repaired");

        await browser.Find("case-transition-verify").ClickAsync();
        if (await browser.Find("case-transition-submit").IsVisibleAsync())
        {
            await FillAsync(browser.Find("case-transition-form"), browser.Page);
            await browser.Find("case-transition-submit").ClickAsync();
        }

        await UntilStateAsync(server, id, "verified");
        await browser.ShootAsync("case-closed-zh-dark");
    }

    // Every field that the step asks for gets something: the first choice of a list, a sentence, a number.
    private static async Task FillAsync(ILocator form, IPage page)
    {
        foreach (var text in await form.Locator("textarea:visible").AllAsync())
        {
            await text.FillAsync("更换主轴冷却泵并试钻合格");
        }

        foreach (var number in await form.Locator("input.ant-input-number-input").AllAsync())
        {
            await number.FillAsync("12");
        }

        foreach (var select in await form.Locator(".ant-select").AllAsync())
        {
            await select.ClickAsync();
            await page.Locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").First.ClickAsync();
        }
    }

    private static async Task UntilStateAsync(ServerProcess server, string id, string state) =>
        await server.UntilAsync($"/api/cases/{Uri.EscapeDataString(id)}", item => (string)item["state"]! == state);

    private static async Task AttachAsync(Browser browser, ServerProcess server, string publisher)
    {
        var secret = await server.AddThingAsync("drill-of-mine", "drilling-machine");
        await browser.GoAsync("/things/drill-of-mine");
        await Expect(browser.Find("widget-latest")).ToBeVisibleAsync();
        foreach (var value in (double[])[41.5, 42.25])
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            var (exitCode, output) = await ExternalProgram.RunAsync(
                publisher, "-h", server.MqttHost, "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-u", "drill-of-mine", "-P", secret,
                "-q", "1", "-t", "jw/drill-of-mine/readings", "-m", "{\"values\":{\"spindle_temperature\":" + text + ",\"state\":\"producing\"}}");
            Assert.True(exitCode == 0, output);
            // The same page, never reloaded.
            await Expect(browser.Find("widget-latest")).ToContainTextAsync(text);
        }

        await browser.ShootAsync("own-device-zh-dark");
    }

    private static async Task LookRoundAsync(Browser browser)
    {
        foreach (var (path, name) in Pages)
        {
            await browser.GoAsync(path);
            await Expect(browser.Page.Locator("[data-testid^=page-]").First).ToBeVisibleAsync();
            await browser.ShootAsync($"{name}-zh-dark");
            Assert.Empty(await browser.ClippedAsync());
        }
    }

    private static async Task AccountAsync(Browser browser)
    {
        await browser.GoAsync("/accounting");
        await Expect(browser.Find("accounting-equation")).ToContainTextAsync("账目相符");
        await Expect(browser.Find("channel-row").First).ToContainTextAsync(Count());
        await browser.GoAsync("/admin/storage");
        await Expect(browser.Find("storage-state")).Not.ToBeEmptyAsync();
        await Expect(browser.Find("storage-table").First).ToContainTextAsync("iB");
    }

    private static async Task InEnglishAndLightAsync(Browser browser)
    {
        await browser.GoAsync("/");
        await browser.Find("language").ClickAsync();
        await browser.Find("theme").ClickAsync();
        await Expect(browser.Find("machine-tile").First).ToBeVisibleAsync();
        await browser.ShootAsync("overview-en-light");
        Assert.Empty(await browser.ClippedAsync());
        foreach (var (path, name) in Pages)
        {
            await browser.GoAsync(path);
            await Expect(browser.Page.Locator("[data-testid^=page-]").First).ToBeVisibleAsync();
            await browser.ShootAsync($"{name}-en-light");
            Assert.Empty(await browser.ClippedAsync());
        }
    }

    private static readonly (string Path, string Name)[] Pages =
    [
        ("/boards", "boards"), ("/things", "things"), ("/things/drill-of-mine", "thing"), ("/alarms", "alarms-list"), ("/cases", "cases"),
        ("/indicators", "indicators"), ("/rules", "rules"), ("/packs", "packs"), ("/accounting", "accounting"), ("/admin/users", "users"),
        ("/admin/tokens", "tokens"), ("/admin/audit", "audit"), ("/admin/storage", "storage"), ("/wall/andon", "wall"),
        ("/rules/held", "held"), ("/indicators/sign-offs", "sign-offs"), ("/notifications/rotas", "rotas"), ("/boards/losses-board", "losses"), ("/packs/factory", "pack"),
    ];

    [GeneratedRegex(@"\d")]
    private static partial Regex Count();

    [GeneratedRegex(@"^\d{1,2}\.\d")]
    private static partial Regex Percentage();
}

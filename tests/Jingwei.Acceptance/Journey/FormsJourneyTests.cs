using System.Text.RegularExpressions;
using Jingwei.Tests;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>What is planned, set and signed in the console holds in the server: maintenance, a threshold of a thing's own, a period that was reported.</summary>
public sealed partial class FormsJourneyTests
{
    private const string Thing = "d1";

    // The day before yesterday in UTC; its first eight hours are a shift in the installation's zone.
    private readonly DateTimeOffset shift = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2), TimeSpan.Zero);

    private static readonly (string Path, string Name)[] Pages =
    [
        ($"/things/{Thing}?tab=rules", "thing-rules"), ("/rules/held?held-view=all", "held"), ("/indicators/sign-offs?signoff=1", "sign-offs"),
    ];

    private DateTimeOffset next;

    [Fact]
    public async Task What_is_planned_set_and_signed_in_the_console_holds()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        await using var server = await ServerProcess.StartAsync();
        await server.AddThingAsync(Thing, "drilling-machine");
        await using var browser = await Browser.OpenAsync(server.Http);
        await browser.GoAsync($"/things/{Thing}?tab=rules");
        await browser.Find("sign-in-user").FillAsync("admin");
        await browser.Find("sign-in-password").FillAsync(ServerProcess.AdminPassword);
        await browser.Find("sign-in-submit").ClickAsync();

        await SilenceAsync(server, browser);
        await SetThresholdAsync(server, browser);
        await SignOffAsync(server, browser);
        await LookAsync(browser);
        Assert.True(browser.Faults.Count == 0, string.Join('\n', browser.Faults));
    }

    [Fact]
    public async Task Everything_that_the_audit_keeps_has_words()
    {
        await using var server = await ServerProcess.StartAsync();
        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();
        var written = paths.SelectMany(path => path.Value!.AsObject().Select(route => $"{route.Key.ToUpperInvariant()} {path.Key}")).Where(route => !route.StartsWith("GET ", StringComparison.Ordinal) && !route.StartsWith("HEAD ", StringComparison.Ordinal));
        var words = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "web", "src", "i18n", "words", "audit.ts"), TestContext.Current.CancellationToken);
        var said = Deed().Matches(words).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        // Readings, events, checkpoints of others, what a person has seen, and how far long work is are not audited.
        string[] apart =
        [
            "POST /write", "POST /api/v2/write", "POST /epcis/capture", "POST /epcis/events", "POST /ledger/witness/add-checkpoint", "PUT /api/progress/{task}", "POST /api/notifications/reached", "POST /api/notifications/read", "POST /api/notifications/{id}/read",
        ];
        Assert.Empty(written.Except(said).Except(apart));
    }

    // Under maintenance the alarm is held back; ended, it is raised.
    private async Task SilenceAsync(ServerProcess server, Browser browser)
    {
        await Expect(browser.Find("thing-rules")).ToContainTextAsync("65 °C");
        await browser.Find("maintenance-create").ClickAsync();
        await browser.Find("maintenance-why").FillAsync("更换主轴轴承");
        await browser.Find("maintenance-save").ClickAsync();
        await Expect(browser.Find("held-drawer")).ToContainTextAsync("更换主轴轴承");
        await HotAsync(server, 70);
        await server.UntilAsync("/api/alarms?rule=spindle-hot&state=suppressed", answer => answer["items"]!.AsArray().Count == 1);
        Assert.Empty((await server.GetAsync("/api/alarms?rule=spindle-hot&state=raised"))["items"]!.AsArray());

        await browser.Find("held-end").ClickAsync();
        await browser.Find("held-end-yes").ClickAsync();
        await Expect(browser.Find("held-drawer").Locator("[data-state=ended]")).ToBeVisibleAsync();
        await server.UntilAsync("/api/alarms?rule=spindle-hot&state=raised", answer => answer["items"]!.AsArray().Count == 1);
    }

    // 72 is hot by the rule, and not by the thing's own threshold.
    private async Task SetThresholdAsync(ServerProcess server, Browser browser)
    {
        await HotAsync(server, 40);
        await server.UntilAsync("/api/alarms?rule=spindle-hot&state=open", answer => answer["items"]!.AsArray().Count == 0);
        await browser.Find("own-set-spindle-hot").ClickAsync();
        await browser.Find("own-form").Locator("input[role=spinbutton]").FillAsync("80");
        await browser.Find("own-why").FillAsync("新主轴");
        await browser.Find("own-save").ClickAsync();
        await Expect(browser.Find("thing-rules")).ToContainTextAsync("80 °C");
        await HotAsync(server, 72);
        await server.UntilAsync($"/api/things/{Thing}/latest", answer => (double?)answer["values"]?["spindle_temperature"]?["value"] == 72);
        await HotAsync(server, 81);
        var raised = await server.UntilAsync("/api/alarms?rule=spindle-hot&state=open", answer => answer["items"]!.AsArray().Count == 1);
        Assert.Equal(81, (double)raised["items"]![0]!["cause"]!["values"]![0]!["value"]!);
    }

    private async Task SignOffAsync(ServerProcess server, Browser browser)
    {
        await WriteAsync(server, 0, 0, 0);
        await WriteAsync(server, 5, 100, 90);
        await WriteAsync(server, 12, 100, 90);
        var at = $"{shift.AddHours(4):yyyy-MM-ddTHH:mm:ssZ}";
        await server.UntilAsync($"/api/indicators?indicator=quality-ratio&thing={Thing}&at={at}", answer => answer["items"]!.AsArray().Any(item => (double?)item!["value"] == 0.9));

        await browser.GoAsync($"/indicators?why=quality-ratio@{at}~{Thing}");
        await Expect(browser.Find("lineage-value")).ToHaveTextAsync("90.0");
        await browser.Find("sign-this").ClickAsync();
        await browser.Find("signoff-note").FillAsync("日报");
        await browser.Find("signoff-save").ClickAsync();
        await Expect(browser.Find("figures-none")).ToBeVisibleAsync();
        Assert.Equal("quality-ratio", (string?)(await server.GetAsync("/api/indicators/sign-offs"))["items"]![0]!["indicator"]);

        // Ten of what counted as good turns out not to be.
        await WriteAsync(server, 5, 100, 80);
        await server.UntilAsync($"/api/indicators/quality-ratio/{Thing}?at={at}", answer => (bool)answer["signedOff"]!["differs"]!);
        await browser.GoAsync("/indicators/sign-offs?signoff=1");
        await Expect(browser.Find("signed-figure").First).ToContainTextAsync("90.0 %");
        await Expect(browser.Find("signed-figure").First).ToContainTextAsync("80.0 %");
        await Expect(browser.Find("signed-figure").First).ToHaveAttributeAsync("data-differs", "true");
        await browser.ShootAsync("sign-off-zh-dark");
    }

    private static async Task LookAsync(Browser browser)
    {
        foreach (var language in (string[])["zh", "en"])
        {
            foreach (var (path, name) in Pages)
            {
                await browser.GoAsync(path);
                await Expect(browser.Page.Locator("[data-testid^=page-]").First).ToBeVisibleAsync();
                await browser.ShootAsync($"{name}-{language}-dark");
                Assert.Empty(await browser.ClippedAsync());
            }

            await browser.Find("language").ClickAsync();
        }
    }

    // Two readings eleven seconds apart, after those before: the rule wants ten seconds, of the readings' time.
    private async Task HotAsync(ServerProcess server, double temperature)
    {
        var now = TimeProvider.System.GetUtcNow();
        var from = next > now ? next : now;
        next = from.AddSeconds(12);
        var hot = FormattableString.Invariant($"spindle_temperature={temperature}");
        await PostAsync(server, $"{Line(from, hot)}\n{Line(from.AddSeconds(11), hot)}");
    }

    private Task WriteAsync(ServerProcess server, int hour, int produced, int good) => PostAsync(
        server, Line(shift.AddHours(hour), FormattableString.Invariant($"produced_count={produced},good_count={good},ideal_cycle_time=60,state=\"producing\"")));

    private static string Line(DateTimeOffset at, string fields) => FormattableString.Invariant($"d,machine={Thing} {fields} {at.ToUnixTimeMilliseconds()}");

    private static async Task PostAsync(ServerProcess server, string lines)
    {
        var answer = await server.Admin.PostAsync(new Uri("/write?db=factory&precision=ms", UriKind.Relative), new StringContent(lines));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("'audit\\.do\\.([A-Z]+ /[^']*)'")]
    private static partial Regex Deed();
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Jingwei.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jingwei.Acceptance.Journey;

/// <summary>A factory gets a prefix, registers its boards from a file, mends one of them, and whoever scans it reads it without signing in.</summary>
public sealed class IdentifierJourneyTests : IAsyncLifetime
{
    private const string Engineer = "board-engineer";
    private const string Password = "board engineer's password";
    private const string Given = "88.118.1";
    private const string Board = Given + "/B-0007";
    private const string Page = "https://boards.example.cn/7";
    private const string Key = "01/06912345678902";

    // More than go in one request, so that the file is sent in parts.
    private const int Boards = 5_200;

    private static readonly (string Path, string Name)[] Pages =
    [
        ($"/identifiers?prefix={Given}", "prefixes"), ($"/identifiers/list?identifier={Given}%2FB-0007", "identifiers"), ("/identifiers/register", "identifier-file"),
        ($"/identifiers/list?identifier={Given}%2F01%2F06912345678902", "identifier-code"), ($"/id/{Given}/{Key}", "identifier-link-page"),
        ("/identifiers/templates", "identifier-templates"), ("/identifiers/ledger", "identifier-ledger"), ($"/id/{Board}", "identifier-page"),
    ];

    private ServerProcess server = null!;
    private Browser desk = null!;

    public async ValueTask InitializeAsync()
    {
        External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        server = await ServerProcess.StartAsync(null, "serve", "--public-identifiers");
        await PostAsync("/api/prefixes", new { prefix = "88.118", party = "root" });
        await PostAsync("/api/parties", new { id = "boards", name = "一电路板厂", parent = "root" });
        await PostAsync("/api/users", new { id = Engineer, name = "板厂工程师", password = Password, party = "boards" });
        await PostAsync($"/api/users/{Engineer}/grants", new { role = "engineer", party = "boards", region = "root" });
        desk = await Browser.OpenAsync(server.Http);
        await IncidentJourneyTests.SignInAsync(desk, "/identifiers/prefixes");
        await Expect(desk.Find("page-identifiers")).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_prefix_is_given_and_what_is_registered_below_it_is_read_by_anybody()
    {
        await using var factory = await Browser.OpenAsync(server.Http);
        await ApplyAsync(factory);
        await ApproveAsync();
        await RegisterAsync(factory);
        await MendAsync(factory);
        await ScanAsync();
        await EraseAsync(factory);
        await WitnessAsync();
        await LinkAsync(factory);
        await LookAsync();
        Assert.True(desk.Faults.Count + factory.Faults.Count == 0, string.Join('\n', desk.Faults.Concat(factory.Faults)));
    }

    private async Task ApplyAsync(Browser factory)
    {
        await IncidentJourneyTests.SignInAsync(factory, "/identifiers/prefixes", Engineer, Password);
        await factory.Find("prefix-apply").First.ClickAsync();
        var form = factory.Find("prefix-form");
        await form.Locator("#below").FillAsync("88.118");
        await form.Locator("#organisation").FillAsync("一电路板厂有限公司");
        await form.Locator("#creditCode").FillAsync("914403001922038217");
        await form.Locator("#purpose").FillAsync("电路板，每块一个标识。");
        await form.Locator("#contact").FillAsync("王工");
        await factory.Find("prefix-apply-send").ClickAsync();
        // The check character is another one.
        await Expect(form).ToContainTextAsync("校验码不符");
        await form.Locator("#creditCode").FillAsync("914403001922038216");
        await factory.ShootAsync("prefix-apply-zh-dark");
        await factory.Find("prefix-apply-send").ClickAsync();
        await Expect(factory.Find("prefix-drawer").GetByTestId("prefix-state").First).ToHaveAttributeAsync("data-state", "applied");
        await Expect(factory.Find("prefix-approve")).ToHaveCountAsync(0);
        Assert.Equal("applied", (string)(await server.GetAsync($"/api/prefixes/{Given}"))["state"]!);
    }

    private async Task ApproveAsync()
    {
        await desk.GoAsync("/identifiers/prefixes");
        // What waits for a decision stands first, though by its number it would not.
        await Expect(desk.Find("prefixes-row").First).ToHaveAttributeAsync("data-id", Given);
        await desk.Find("prefix-waiting").ClickAsync();
        await desk.Find("prefixes-row").First.ClickAsync();
        await Expect(desk.Find("prefix-drawer")).ToContainTextAsync("914403001922038216");
        await desk.Find("prefix-approve").ClickAsync();
        await desk.Find("prefix-decide-send").ClickAsync();
        await Expect(desk.Find("prefix-drawer").GetByTestId("prefix-state").First).ToHaveAttributeAsync("data-state", "active");
        await desk.Find("prefix-settings").ClickAsync();
        await desk.Find("prefix-quota").FillAsync("10000");
        await desk.Find("prefix-settings-save").ClickAsync();
        await Expect(desk.Find("prefix-change").First).ToContainTextAsync("10,000");
        Assert.Equal(10_000, (long)(await server.GetAsync($"/api/prefixes/{Given}"))["quota"]!);
    }

    private static async Task RegisterAsync(Browser factory)
    {
        await factory.GoAsync("/identifiers/register");
        await factory.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "boards.csv", MimeType = "text/csv", Buffer = File() });
        await Expect(factory.Find("bulk-preview")).ToContainTextAsync("B-0000");
        await factory.ShootAsync("identifier-preview-zh-dark");
        await factory.Find("bulk-send").ClickAsync();
        await Expect(factory.Find("bulk-state")).ToHaveAttributeAsync("data-going", "done");
        await Expect(factory.Find("bulk-created")).ToContainTextAsync("5,200");
        // Rows are numbered as in the file, whatever part they went with.
        await Expect(factory.Find("bulk-rejected-row")).ToHaveCountAsync(2);
        await Expect(factory.Find("bulk-rejected-row").First).ToContainTextAsync("5,201");
        await Expect(factory.Find("bulk-rejected-row").First).ToContainTextAsync("这个标识已经有了");
        await Expect(factory.Find("bulk-rejected-row").Last).ToContainTextAsync("5,202");
        await factory.ShootAsync("identifier-report-zh-dark");
        var saved = await factory.Page.RunAndWaitForDownloadAsync(() => factory.Find("bulk-csv").ClickAsync());
        Assert.Equal("boards-rejected.csv", saved.SuggestedFilename);
    }

    // After the boards one that is there already, with the end of a line in its value, and one below a prefix of nobody.
    private static byte[] File()
    {
        var text = new StringBuilder("handle,URL,read\r\n");
        for (var board = 0; board < Boards; board++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Given}/B-{board:0000},https://boards.example.cn/{board},\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"{Given}/B-0000,\"https://boards.example.cn/\r\n0\",\r\n77.7/x,y,\r\n").ToString());
    }

    private async Task MendAsync(Browser factory)
    {
        await factory.GoAsync($"/identifiers/list?below={Given}&from=B-0007");
        await factory.Find("identifiers-row").First.ClickAsync();
        await Expect(factory.Find("identifier-value")).ToContainTextAsync(Page);
        await Expect(factory.Find("identifier-curl")).ToContainTextAsync($"/api/handles/{Board}");
        await factory.Find("identifier-edit").ClickAsync();
        await factory.Find("value-text").FillAsync(Page + "/new");
        await factory.Find("value-add").ClickAsync();
        await Expect(factory.Find("value-fields")).ToHaveCountAsync(2);
        await factory.Find("value-type").Last.FillAsync("YIELD");
        await factory.Find("value-text").Last.FillAsync("0.993");
        await factory.Find("read-owner").Last.ClickAsync();
        await factory.Find("identifier-save").ClickAsync();
        await Expect(factory.Find("identifier-version")).ToHaveCountAsync(2);
        await Expect(factory.Find("identifier-version").First).ToContainTextAsync("板厂工程师");
        await Expect(factory.Find("identifier-version").First.GetByTestId("value-change").First).ToContainTextAsync(Page + "/new");
        await factory.ShootAsync("identifier-drawer-zh-dark");
        var owned = await server.GetAsync($"/api/identifiers/{Board}");
        Assert.Equal((2, "owner"), ((int)owned["version"]!, (string)owned["values"]![1]!["read"]!));
    }

    // The address on the label is the interface's: a browser is sent on to the page.
    private async Task ScanAsync()
    {
        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await phone.GoAsync($"/api/handles/{Board}");
        await Expect(phone.Page).ToHaveURLAsync(new Uri(server.Http, $"/id/{Board}").ToString());
        await Expect(phone.Find("public-handle")).ToHaveTextAsync(Board);
        await Expect(phone.Find("public-value")).ToHaveCountAsync(1);
        await Expect(phone.Find("public-value").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", Page + "/new");
        await Expect(phone.Page.Locator("nav")).ToHaveCountAsync(0);
        await phone.Find("language").ClickAsync();
        await Expect(phone.Find("public-value")).ToContainTextAsync("Web address");
        await phone.ShootAsync("identifier-page-en-phone");
        Assert.Empty(await phone.ClippedAsync());
        Assert.True(phone.Faults.Count == 0, string.Join('\n', phone.Faults));

        await phone.GoAsync($"/id/{Given}/nothing");
        await Expect(phone.Find("public-none")).ToHaveAttributeAsync("data-is", "missing");
    }

    // The keys of the factory's GS1 Company Prefix become identifiers, one gets a link, and its code leads there.
    private async Task LinkAsync(Browser factory)
    {
        await factory.GoAsync($"/identifiers?prefix={Given}");
        await factory.Find("company-digits").FillAsync("6912345");
        await factory.Find("company-ask").ClickAsync();
        await Expect(factory.Find("company-prefix").GetByTestId("prefix-state")).ToHaveAttributeAsync("data-state", "applied");
        await Expect(factory.Find("company-approve")).ToHaveCountAsync(0);
        await desk.GoAsync("/identifiers/prefixes");
        await desk.Find("company-waiting").ClickAsync();
        await desk.Find("company-approve").ClickAsync();
        await Expect(desk.Find("company-prefix").GetByTestId("prefix-state")).ToHaveAttributeAsync("data-state", "active");
        await Expect(desk.Find("company-approve")).ToHaveCountAsync(0);
        await desk.ShootAsync("company-prefix-zh-dark");

        await factory.GoAsync($"/identifiers/list?below={Given}");
        await factory.Find("identifier-new").ClickAsync();
        await factory.Find("identifier-suffix").FillAsync(Key);
        await factory.Find("value-type").FillAsync("GS1.LINK");
        await factory.Find("link-title").FillAsync("电路板说明");
        await factory.Find("identifier-save").ClickAsync();
        await Expect(factory.Find("identifier-form")).ToContainTextAsync("地址以 http:// 或 https:// 开头");
        await factory.Find("link-href").FillAsync(new Uri(server.Http, $"/id/{Board}").ToString());
        await factory.ShootAsync("identifier-link-form-zh-dark");
        await factory.Find("identifier-save").ClickAsync();

        var link = new Uri(server.Http, Key).ToString();
        await Expect(factory.Find("code-link")).ToHaveTextAsync(link);
        await Expect(factory.Find("code-elements")).ToHaveTextAsync("(01)06912345678902");
        await Expect(factory.Find("link-value")).ToContainTextAsync("产品信息");
        await Expect(factory.Find("code-picture")).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await factory.Find("code-picture").EvaluateAsync<bool>("picture => picture.naturalWidth > 100"));
        await factory.Find("code-picture").ScrollIntoViewIfNeededAsync();
        await factory.ShootAsync("identifier-code-zh-dark");
        var saved = await factory.Page.RunAndWaitForDownloadAsync(() => factory.Find("code-png").ClickAsync());
        Assert.Equal("88.118.1_01_06912345678902-qr.png", saved.SuggestedFilename);
        await factory.Find("code-datamatrix").ClickAsync();
        await Expect(factory.Find("code-picture")).ToHaveAttributeAsync("data-says", "(01)06912345678902");
        await factory.ShootAsync("identifier-datamatrix-zh-dark");

        await using var phone = await Browser.OpenAsync(server.Http, 390, 844);
        await phone.GoAsync("/" + Key);
        await Expect(phone.Page).ToHaveURLAsync(new Uri(server.Http, $"/id/{Board}").ToString());
        await Expect(phone.Find("public-handle")).ToHaveTextAsync(Board);
        Assert.True(phone.Faults.Count == 0, string.Join('\n', phone.Faults));
    }

    // What was told to nobody but the owner goes, out of what was too; that it was there is proved as before.
    private async Task EraseAsync(Browser factory)
    {
        await Expect(factory.Find("in-ledger")).ToContainTextAsync("在账本中");
        var proof = await factory.Page.RunAndWaitForDownloadAsync(() => factory.Find("proof-download").ClickAsync());
        Assert.EndsWith(".tlog-proof", proof.SuggestedFilename, StringComparison.Ordinal);
        await factory.Find("value-erase").Last.ClickAsync();
        await factory.Find("erase-reason").FillAsync("良率属于商业秘密，误登。");
        await factory.ShootAsync("identifier-erase-zh-dark");
        await factory.Find("erase-send").ClickAsync();
        await Expect(factory.Find("identifier-version")).ToHaveCountAsync(3);
        await Expect(factory.Find("value-erased")).ToContainTextAsync("良率属于商业秘密");
        await Expect(factory.Find("identifier-value")).ToHaveCountAsync(1);
        await Expect(factory.Find("in-ledger")).ToBeVisibleAsync();
        await factory.Find("value-erased").ScrollIntoViewIfNeededAsync();
        await factory.ShootAsync("identifier-erased-zh-dark");
        Assert.DoesNotContain("0.993", (await server.GetAsync($"/api/identifier-versions/{Board}")).ToJsonString(), StringComparison.Ordinal);
    }

    // A name that never resolves (RFC 2606): the witness is named, and it is told that it does not cosign.
    private async Task WitnessAsync()
    {
        var keys = (await server.GetAsync("/api/ledger"))["witnessKeys"]!.AsArray();
        await desk.GoAsync("/identifiers/ledger");
        await desk.Find("witness-add").ClickAsync();
        await desk.Find("ledger-form-name").FillAsync("province");
        await desk.Find("ledger-form-url").FillAsync("https://witness.invalid/ledger/witness");
        await desk.Find("ledger-form-key").FillAsync((string)keys[1]!);
        await desk.Find("ledger-form-save").ClickAsync();
        await Expect(desk.Find("ledger-witness")).ToHaveAttributeAsync("data-failing", "true");
        await Expect(desk.Find("ledger-logs")).ToContainTextAsync("/ledger/witness");
        await desk.Find("log-add").ScrollIntoViewIfNeededAsync();
        await desk.Find("ledger-logs").EvaluateAsync("panel => panel.scrollIntoView({ block: 'end' })");
        await desk.ShootAsync("identifier-ledger-witness-zh-dark");
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

    private async Task PostAsync(string path, object body)
    {
        var answer = await server.Admin.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

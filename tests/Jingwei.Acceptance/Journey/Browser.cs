using Jingwei.Tests;
using Microsoft.Playwright;

namespace Jingwei.Acceptance.Journey;

/// <summary>A real Chromium without a window; remembers what went wrong on its pages and takes the pictures.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;
    private readonly IBrowserContext context;

    private Browser(IPlaywright playwright, IBrowser chromium, IBrowserContext context, IPage page, Uri origin)
    {
        (this.playwright, this.chromium, this.context, Page) = (playwright, chromium, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Faults.Add($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Faults.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                Faults.Add($"request outside the origin: {request.Url}");
            }
        };
    }

    public static string Screens { get; } = Path.Combine(SourceTree.Root, "artifacts", "screens");

    public IPage Page { get; }

    /// <summary>Errors of the console and requests that left the origin.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<Browser> OpenAsync(Uri origin, int width = 1920, int height = 1080, string locale = "zh-CN")
    {
        var program = External.Program("chromium", "apt-get install chromium fonts-noto-cjk");
        System.IO.Directory.CreateDirectory(Screens);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            // Everything that would call home is off; a root user in a container needs no-sandbox.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var context = await chromium.NewContextAsync(new() { BaseURL = origin.ToString(), Locale = locale, ViewportSize = new() { Width = width, Height = height } });
        // A busy machine paints slowly; what is waited for is a state of the page.
        context.SetDefaultTimeout(120_000);
        Assertions.SetDefaultExpectTimeout(120_000);
        return new(playwright, chromium, context, await context.NewPageAsync(), origin);
    }

    public ILocator Find(string testId) => Page.GetByTestId(testId);

    public Task GoAsync(string path) => Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>Writes a picture of the page as it is.</summary>
    public async Task ShootAsync(string name)
    {
        // Charts and fades are drawn within the next frames.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 600)))");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Screens, $"{name}.png") });
    }

    /// <summary>Elements whose own text is wider than they are and is cut off without an ellipsis or a scroll bar.</summary>
    public Task<string[]> ClippedAsync() => Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('body *')].filter(element => {
            const style = getComputedStyle(element);
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '');
            return own && element.clientWidth > 0 && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' &&
                style.visibility !== 'hidden' && element.scrollWidth > element.clientWidth + 1;
        }).map(element => element.textContent.trim().slice(0, 60))
        """);

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}

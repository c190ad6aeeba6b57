using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>A small web server on a free port of this machine, which the newsrooms and the weather bureaus publish on.</summary>
internal sealed class FeedHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private FeedHost(WebApplication app) => this.app = app;

    public Press News { get; } = new("news", "浙东晚报网（模拟）");

    public Press Radio { get; } = new("radio", "之江交通广播（模拟）");

    public WeatherFeed Weather { get; } = new();

    public string Root { get; private set; } = "";

    public static async Task<FeedHost> StartAsync(CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = new FeedHost(builder.Build());
        host.Map();
        await host.app.StartAsync(stop);
        host.Root = host.app.Urls.First();
        return host;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/news.atom", (HttpContext context) => Feed(context, News.Version, "application/atom+xml", News.Atom));
        app.MapGet("/radio.rss", (HttpContext context) => Feed(context, Radio.Version, "application/rss+xml", Radio.Rss));
        app.MapGet("/weather.atom", (HttpContext context) => Feed(context, Weather.Version, "application/atom+xml", Weather.Index));
        app.MapGet("/weather/{file}", (string file) => Weather.Document(Path.GetFileNameWithoutExtension(file)) is { } alert ? Results.Bytes(alert, "application/cap+xml") : Results.NotFound());
        app.MapGet("/news/{number:int}", (int number) => Page(News, number));
        app.MapGet("/radio/{number:int}", (int number) => Page(Radio, number));
    }

    private static IResult Page(Press press, int number) => press.Article(number) is { } text ? Results.Text(text) : Results.NotFound();

    // RFC 9110, 13.1.2: whoever has the newest version already is told so.
    private IResult Feed(HttpContext context, int version, string mediaType, Func<string, byte[]> write)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.Headers.ETag = tag;
        return Results.Bytes(write(Root), mediaType);
    }
}

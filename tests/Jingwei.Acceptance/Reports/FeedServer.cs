using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jingwei.Acceptance.Reports;

/// <summary>A web server of somebody else, with documents that may lie about themselves.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string ContentType, byte[] Body)> documents = new();

    private FeedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(ServeAsync);
    }

    public string Address => app.Urls.Single();

    public ConcurrentBag<string> Asked { get; } = [];

    public static async Task<FeedServer> StartAsync()
    {
        var server = new FeedServer();
        await server.app.StartAsync();
        return server;
    }

    public void Put(string path, string contentType, byte[] body) => documents[path] = (contentType, body);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        Asked.Add(context.Request.Path);
        if (!documents.TryGetValue(context.Request.Path, out var document))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = document.ContentType;
        await context.Response.Body.WriteAsync(document.Body);
    }
}

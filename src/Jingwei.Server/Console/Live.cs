using System.Collections.Immutable;
using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jingwei.Server.Console;

/// <summary>`GET /api/live`: pushes what changed to every open screen as server-sent events.</summary>
public sealed class Live(PackCatalog packs, Authenticator authenticator, TimeProvider clock, IOptions<JsonOptions> json)
{
    /// <summary>Screens see a change at most this much later; a person notices no difference below 300 ms.</summary>
    public static readonly TimeSpan Cadence = TimeSpan.FromMilliseconds(250);

    // Proxies close connections that are silent for a minute; this keeps well below.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // Open screens; further ones get 503.
    private const int MaximumClients = 1_000;

    // Open screens of one user, so that nobody takes them all; a control room may share one account.
    private const int MaximumPerCaller = 100;

    private ImmutableArray<LiveClient> clients = [];

    /// <summary>Tells every screen that may see it.</summary>
    public void Send(LiveEvent change)
    {
        foreach (var client in clients)
        {
            client.Offer(change);
        }
    }

    /// <summary>Tells every screen that may see it the newest value of a property.</summary>
    public void Send(Scope scope, Thing thing, string property, LiveValue value)
    {
        foreach (var client in clients)
        {
            client.Offer(scope, thing, property, value);
        }
    }

    public bool HasClients => !clients.IsEmpty;

    /// <summary>Serves one screen until it goes or its session ends.</summary>
    /// <param name="exercise">Of cases, false: those that are real; true: exercises; null: both.</param>
    public async Task ServeAsync(HttpContext context, Caller caller, ThingFilter filter, bool? exercise, CancellationToken stopping)
    {
        if (clients.Length >= MaximumClients || clients.Count(each => each.Belongs(caller)) >= MaximumPerCaller)
        {
            await Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "too-many-screens", "Too many live screens are open.", "Close some of them.").ExecuteAsync(context);
            return;
        }

        var client = new LiveClient(caller, filter, exercise, packs);
        ImmutableInterlocked.Update(ref clients, all => all.Add(client));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await DeliverAsync(context, client, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The screen was closed, or the server stops.
        }
        finally
        {
            ImmutableInterlocked.Update(ref clients, all => all.Remove(client));
        }
    }

    private async Task DeliverAsync(HttpContext context, LiveClient client, CancellationToken ending)
    {
        var options = json.Value.SerializerOptions;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await WriteAsync(context, LiveClient.Format(new StringBuilder(), "hello", new { time = clock.GetUtcNow() }, options).ToString(), ending);
        using var tick = new PeriodicTimer(Cadence, clock);
        var lastWrite = clock.GetTimestamp();
        while (await tick.WaitForNextTickAsync(ending))
        {
            // The session may have ended, or the user's grants have changed, since the stream began.
            if (HttpSignIn.ShownToken(context.Request) is not { } shown || authenticator.ByToken(shown) is not { } now)
            {
                return;
            }

            client.Renew(now);
            var text = client.Take(options);
            if (text.Length == 0 && clock.GetElapsedTime(lastWrite) < Heartbeat)
            {
                continue;
            }

            await WriteAsync(context, text.Length == 0 ? ": still here\n\n" : text, ending);
            lastWrite = clock.GetTimestamp();
        }
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken ending)
    {
        await context.Response.WriteAsync(text, ending);
        await context.Response.Body.FlushAsync(ending);
    }
}

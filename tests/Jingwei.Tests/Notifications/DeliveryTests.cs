using System.Threading.Channels;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server;
using Jingwei.Server.Notifications;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Notifications.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Notifications;

/// <summary>Deliveries to a real HTTP server on this machine, by a clock that stands.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly NotifyWorld world = new();
    private readonly Channel<(string Path, string Id, string Body)> received = Channel.CreateBounded<(string, string, string)>(100);
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication receiver = null!;
    private WebhookSender sender = null!;
    private DeliveryLoop loop = null!;
    private volatile int status = StatusCodes.Status204NoContent;

    // Only bounds a test that would wait for ever.
    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));

    private CancellationToken Cancellation => limit.Token;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/{path}", TakeAsync);
        await receiver.StartAsync(Cancellation);
        world.Options = world.Options with { Attempts = 3 };
        world.Restart();
        await world.AddThingAsync("m1");
        await world.AddThingAsync("m2");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        held.TrySetResult();
        await loop.StopAsync(CancellationToken.None);
        sender.Dispose();
        await receiver.DisposeAsync();
        world.Dispose();
        limit.Dispose();
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_the_same_id_and_body_until_it_is_taken()
    {
        Add("a");
        status = StatusCodes.Status500InternalServerError;
        await RaiseAsync();
        var first = await received.Reader.ReadAsync(Cancellation);
        await UntilAsync(row => row is { Attempts: 1, State: (long)DeliveryState.Waiting, Error: "HTTP 500" });
        status = StatusCodes.Status204NoContent;
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first, await received.Reader.ReadAsync(Cancellation));
        await UntilAsync(row => row is { Attempts: 2, State: (long)DeliveryState.Delivered, Error: null });
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_dead_and_a_person_sends_it_again()
    {
        Add("a");
        status = StatusCodes.Status503ServiceUnavailable;
        await RaiseAsync();
        var id = (await received.Reader.ReadAsync(Cancellation)).Id;
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            await UntilAsync(row => row.Attempts == attempt - 1);
            world.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(id, (await received.Reader.ReadAsync(Cancellation)).Id);
        }

        await UntilAsync(row => row.State == (long)DeliveryState.Dead);
        status = StatusCodes.Status200OK;
        Assert.True(world.Outbox.Replay(1));
        Assert.Equal(id, (await received.Reader.ReadAsync(Cancellation)).Id);
        await UntilAsync(row => row.State == (long)DeliveryState.Delivered);
        Assert.False(world.Outbox.Replay(1));
    }

    [Fact]
    public async Task Who_answers_gone_is_not_asked_again()
    {
        Add("a");
        status = StatusCodes.Status410Gone;
        await RaiseAsync();
        await received.Reader.ReadAsync(Cancellation);
        await UntilAsync(row => row is { State: (long)DeliveryState.Dead, Attempts: 1 });
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Add("a");
        status = StatusCodes.Status302Found;
        await RaiseAsync();
        await received.Reader.ReadAsync(Cancellation);
        await UntilAsync(row => row is { State: (long)DeliveryState.Waiting, Error: "HTTP 302" });
        Assert.False(received.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_holds_up_nobody_else()
    {
        Add("slow");
        Add("swift");
        await RaiseAsync();
        Assert.Equal(["slow", "swift"], new[] { await received.Reader.ReadAsync(Cancellation), await received.Reader.ReadAsync(Cancellation) }.Select(each => each.Path).Order());
        await UntilAsync(row => row.State == (long)DeliveryState.Delivered, "webhook:swift");
        Assert.Equal((long)DeliveryState.Waiting, world.All("webhook:slow")[0].State);
    }

    [Fact]
    public async Task What_a_stop_interrupted_is_sent_after_the_next_start_with_the_same_id()
    {
        Add("slow");
        await RaiseAsync();
        var first = await received.Reader.ReadAsync(Cancellation);
        await loop.StopAsync(CancellationToken.None);
        sender.Dispose();
        world.Restart();
        held.TrySetResult();
        await StartAsync();
        Assert.Equal(first, await received.Reader.ReadAsync(Cancellation));
        await UntilAsync(row => row.State == (long)DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_private_address_is_refused_when_it_is_connected_to()
    {
        using var closed = new WebhookSender(world.Webhooks, new([]), world.Time);
        var outcome = await closed.SendAsync(world.AddWebhook("a", Url("a")), "msg_1", "{}", Cancellation);
        Assert.Equal(WebhookAddress.Refusal, outcome.Error);
        Assert.False(received.Reader.TryRead(out _));
    }

    [Fact]
    public void Pauses_grow_threefold_lie_between_half_and_whole_and_end_at_six_hours() => Prop.ForAll(
        Gen.Choose(1, 40).Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(),
        drawn =>
        {
            var whole = Math.Min(5 * Math.Pow(3, drawn.Item1 - 1), 6 * 3600);
            return new DeliveryOptions().Pause(drawn.Item1, new Random(drawn.Item2)).TotalSeconds is var pause && pause >= whole / 2 - 0.001 && pause <= whole + 0.001;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Beyond_the_limit_of_waiting_ones_a_delivery_is_dead_and_not_lost()
    {
        Add("a");
        await loop.StopAsync(CancellationToken.None);
        world.Database.Write((store, transaction) => Dapper.SqlMapper.Execute(
            store,
            $"""
            WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < {NotificationLimits.Waiting})
            INSERT INTO delivery (message, target, kind, state, attempts, next, created, body) SELECT 'msg_' || number, 'webhook:a', 'test', 0, 0, 0, 0, '' FROM counted
            """,
            transaction: transaction));
        await world.RaiseAsync();
        await world.TellAsync();
        var last = world.Deliveries.Find(NotificationLimits.Waiting + 1)!;
        Assert.Equal(((long)DeliveryState.Dead, "alarmRaised"), (last.State, last.Kind));
        Assert.Contains("were waiting", last.Error, StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        sender = new WebhookSender(world.Webhooks, new([System.Net.IPNetwork.Parse("127.0.0.0/8")]), world.Time);
        loop = new DeliveryLoop(world.Outbox, sender, new(world.Options, world.Time), world.Time, NullLogger<DeliveryLoop>.Instance);
        await loop.StartAsync(Cancellation);
    }

    private void Add(string id) => world.AddWebhook(id, Url(id));

    private string Url(string path) => $"{receiver.Urls.First()}/{path}";

    private async Task RaiseAsync()
    {
        await world.RaiseAsync();
        await world.TellAsync();
    }

    private async Task TakeAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body);
        await received.Writer.WriteAsync((path, context.Request.Headers[WebhookSignature.IdHeader].ToString(), await reader.ReadToEndAsync(context.RequestAborted)), context.RequestAborted);
        if (path == "slow")
        {
            await held.Task;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/other";
    }

    // The row is written after the answer came; asked again until it is.
    private async Task UntilAsync(Func<DeliveryRow, bool> wanted, string? target = null)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!wanted(world.All(target)[0]))
        {
            await pause.WaitForNextTickAsync(Cancellation);
        }
    }
}

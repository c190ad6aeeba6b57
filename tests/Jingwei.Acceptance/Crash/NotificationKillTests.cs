using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Jingwei.Acceptance.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jingwei.Acceptance.Crash;

/// <summary>Kills between an alarm and the people: nothing that happened is left untold, nothing is told twice in the console.</summary>
public sealed class NotificationKillTests : IAsyncLifetime
{
    private const int Tanks = 30;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Channel<(string Id, string Alarm)> received = Channel.CreateBounded<(string, string)>(10_000);
    private readonly string packs = AlarmYard.NewPacks();
    private WebApplication receiver = null!;
    private volatile bool holding;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/", TakeAsync);
        await receiver.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        holding = false;
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Killed_before_the_answer_to_a_webhook_it_sends_the_same_id_again_and_the_console_has_it_once()
    {
        holding = true;
        string data;
        (string Id, string Alarm) first;
        await using (var server = await StartAsync(null))
        {
            data = server.Data;
            await MakeWebhookAsync(server);
            await AlarmYard.ReadAsync(server, "tank-1", await server.AddThingAsync("tank-1", "yard-tank"), 95);
            first = await NextAsync();
            await server.KillAsync();
        }

        holding = false;
        await using var again = await StartAsync(data);
        Assert.Equal(first, await NextAsync());
        await again.UntilAsync("/api/deliveries?state=delivered", deliveries => deliveries["items"]!.AsArray().Count == 1);
        Assert.Single((await again.GetAsync("/api/notifications"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("notices-written", 1)]
    [InlineData("notices-committed", 1)]
    [InlineData("delivery-sent", 2)]
    [InlineData("delivery-noted", 2)]
    [InlineData("delivery-noted-committed", 1)]
    public async Task Wherever_it_is_killed_people_are_told_once_and_a_webhook_knows_the_message_again(string point, int sent)
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        await using (var server = await StartAsync(data, point))
        {
            await MakeWebhookAsync(server);
            var secret = await server.AddThingAsync("tank-1", "yard-tank");
            await Task.WhenAll(Record.ExceptionAsync(() => AlarmYard.ReadAsync(server, "tank-1", secret, 95)).AsTask(), server.EndAsync());
        }

        await using var again = await StartAsync(data);
        await again.UntilAsync("/api/deliveries?state=delivered", deliveries => deliveries["items"]!.AsArray().Count == 1);
        Assert.Single((await again.GetAsync("/api/notifications"))["items"]!.AsArray());
        var told = new List<(string Id, string Alarm)>();
        while (received.Reader.TryRead(out var one))
        {
            told.Add(one);
        }

        Assert.Equal((sent, 1), (told.Count, told.Distinct().Count()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task Killed_in_a_burst_of_alarms_every_alarm_is_told_once_and_sent(int killAfter)
    {
        string data;
        var secrets = new Dictionary<string, string>();
        var sent = new List<(string Id, string Alarm)>();
        await using (var server = await StartAsync(null))
        {
            data = server.Data;
            await MakeWebhookAsync(server);
            for (var tank = 0; tank < Tanks; tank++)
            {
                secrets[$"tank-{tank}"] = await server.AddThingAsync($"tank-{tank}", "yard-tank");
            }

            var reading = Task.WhenAll(secrets.Select(each => AlarmYard.ReadAsync(server, each.Key, each.Value, 95)));
            while (sent.Count < killAfter)
            {
                sent.Add(await NextAsync());
            }

            await server.KillAsync();
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await using var again = await StartAsync(data);
        await Task.WhenAll(secrets.Select(each => AlarmYard.ReadAsync(again, each.Key, each.Value, 96)));
        var alarms = await again.UntilAsync("/api/alarms?state=open", found => found["items"]!.AsArray().Count == Tanks);
        await again.UntilAsync("/api/deliveries?state=delivered", deliveries => deliveries["items"]!.AsArray().Count == Tanks);

        var told = (await again.GetAsync("/api/notifications"))["items"]!.AsArray().Select(each => (string)each!["alarm"]!);
        var raised = alarms["items"]!.AsArray().Select(each => (string)each!["id"]!).Order().ToList();
        Assert.Equal(raised, told.Order());
        while (received.Reader.TryRead(out var one))
        {
            sent.Add(one);
        }

        Assert.Equal(raised, sent.Select(each => each.Alarm).Distinct().Order());
        Assert.Equal(Tanks, sent.Select(each => each.Id).Distinct().Count());
    }

    private Task<ServerProcess> StartAsync(string? data) => ServerProcess.StartAsync(data, "serve", "--packs", packs, "--webhook-networks", "127.0.0.1/32");

    private Task<ServerProcess> StartAsync(string data, string point) => ServerProcess.StartAsync(
        "env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs, "--webhook-networks", "127.0.0.1/32"], data);

    private async Task MakeWebhookAsync(ServerProcess server) =>
        (await server.Admin.PostAsJsonAsync("/api/webhooks", new { name = "receiver", url = receiver.Urls.First() })).EnsureSuccessStatusCode();

    private async Task<(string Id, string Alarm)> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await received.Reader.ReadAsync(limit.Token);
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = (await context.Request.ReadFromJsonAsync<JsonNode>(context.RequestAborted))!;
        await received.Writer.WriteAsync((context.Request.Headers["webhook-id"].ToString(), (string)body["data"]!["alarm"]!), context.RequestAborted);
        if (holding)
        {
            // Until the other side is gone.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

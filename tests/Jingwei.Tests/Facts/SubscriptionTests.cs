using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Facts.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Jingwei.Tests.Facts.FactWorld;

namespace Jingwei.Tests.Facts;

/// <summary>Standing queries by webhook and WebSocket (EPCIS 2.0, 12.7.1.3 and 12.7.1.4). The world's loops stand still: what is due is run by hand.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Body, string? Signature)> posted = new();
    private readonly FactWorld world = new() { Webhooks = "127.0.0.0/8" };
    private WebApplication receiver = null!;
    private int status = StatusCodes.Status200OK;
    private int most = int.MaxValue;

    private string Dest => receiver.Urls.First() + "/events";

    public async ValueTask InitializeAsync()
    {
        await world.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/events", TakeAsync);
        receiver.MapPost("/events/never", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await receiver.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Events_are_posted_once_signed_and_in_order()
    {
        var id = await SubscribeAsync("stream", """{"eventType":["ObjectEvent"]}""", $$"""{"dest":"{{Dest}}","signatureToken":"secret","stream":true}""");
        await world.CaptureAsync("engineer", Observed("urn:x:s:1"), Observed("urn:x:s:2", "07:00:00"));
        await RunAsync();
        await RunAsync();
        Assert.True(posted.TryDequeue(out var message));
        Assert.Empty(posted);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes(message.Body))), message.Signature);
        var results = JsonNode.Parse(message.Body)!["epcisBody"]!["queryResults"]!;
        Assert.Equal(("stream", id), ((string?)results["queryName"], (string?)results["subscriptionID"]));
        Assert.Equal(["urn:x:s:1", "urn:x:s:2"], results["resultsBody"]!["eventList"]!.AsArray().Select(each => (string)each!["epcList"]![0]!));
        var item = (await world.GetAsync("viewer", $"/epcis/queries/stream/subscriptions/{id}")).Json;
        Assert.NotNull(item["lastNotifiedAt"]);
        Assert.DoesNotContain("secret", item.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_taken_comes_again_and_too_large_a_message_in_parts()
    {
        var id = await SubscribeAsync("again", """{"eventType":["ObjectEvent"]}""", $$"""{"dest":"{{Dest}}","stream":true}""");
        status = StatusCodes.Status503ServiceUnavailable;
        await world.CaptureAsync("engineer", [.. Enumerable.Range(0, 5).Select(each => Observed($"urn:x:a:{each}", $"08:00:0{each}"))]);
        await RunAsync();
        posted.Clear();
        var item = (await world.GetAsync("viewer", $"/epcis/queries/again/subscriptions/{id}")).Json;
        Assert.Equal((1, "It answered 503."), ((int)item["failures"]!, (string?)item["lastFault"]));

        // Not before its time.
        await RunAsync();
        Assert.Empty(posted);
        (status, most) = (StatusCodes.Status200OK, 2);
        world.Access.Time.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();
        Assert.Equal("0 1 2 3 4", string.Join(' ', posted.SelectMany(message => Epcs(message.Body)).Select(epc => epc[^1])));
        Assert.Equal(0, (int)(await world.GetAsync("viewer", $"/epcis/queries/again/subscriptions/{id}")).Json["failures"]!);
    }

    [Fact]
    public async Task A_schedule_waits_for_its_time_and_tells_of_nothing_where_asked_to()
    {
        await SubscribeAsync("daily", """{"eventType":["ObjectEvent"]}""", $$$"""{"dest":"{{{Dest}}}","schedule":{"hour":"9","minute":"30"},"reportIfEmpty":true}""");
        await world.CaptureAsync("engineer", Observed("urn:x:d:1"));
        await RunAsync();
        Assert.Empty(posted);
        world.Access.Time.Advance(TimeSpan.FromHours(2));
        await RunAsync();
        Assert.Equal(["urn:x:d:1"], Epcs(Assert.Single(posted).Body));
        posted.Clear();
        world.Access.Time.Advance(TimeSpan.FromHours(24));
        await RunAsync();
        Assert.Empty(Epcs(Assert.Single(posted).Body));
    }

    [Fact]
    public async Task What_a_subscriber_may_not_see_is_not_told_and_goes_with_his_grant()
    {
        await SubscribeAsync("mine", """{"eventType":["ObjectEvent"]}""", $$"""{"dest":"{{Dest}}","stream":true}""", "outsider");
        await world.CaptureAsync("engineer", Observed("urn:x:m:1"));
        await world.CaptureAsync("outsider", Observed("urn:x:m:2"));
        await RunAsync();
        Assert.Equal(["urn:x:m:2"], Epcs(Assert.Single(posted).Body));
        posted.Clear();
        var users = world.Access.Get<Users>();
        users.RemoveGrant("outsider", users.Find("outsider")!.Grants.Single().Id);
        await world.PostAsync("admin", Document(Observed("urn:x:m:3")), path: "/epcis/capture?party=plan");
        await RunAsync();
        Assert.Empty(posted);
    }

    [Theory]
    [InlineData("""{"dest":"http://10.0.0.1/x","stream":true}""")]
    [InlineData("""{"dest":"ftp://example.com","stream":true}""")]
    [InlineData("""{"dest":"https://example.com/x"}""")]
    [InlineData("""{"dest":"https://example.com/x","stream":true,"schedule":{"hour":"1"}}""")]
    [InlineData("""{"dest":"https://example.com/x","schedule":{"hour":"24"}}""")]
    [InlineData("""{"dest":"https://example.com/x","stream":true,"initialRecordTime":"2026-03-01T00:00:00"}""")]
    [InlineData("""{"dest":"https://example.com/x","stream":true,"initialRecordTime":"03/01/2026"}""")]
    public async Task A_subscription_that_makes_no_sense_is_refused(string body)
    {
        await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", """{"name":"bad","query":{}}""");
        var answer = await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries/bad/subscriptions", body);
        Assert.Equal((HttpStatusCode.BadRequest, "epcisException:SubscriptionControlsException"), (answer.Status, (string?)answer.Json["type"]));
    }

    [Fact]
    public async Task Who_is_farthest_behind_is_asked_first()
    {
        await world.CaptureAsync("engineer", Observed("urn:x:behind:1"));
        var ahead = await SubscribeAsync("ahead", "{}", $$"""{"dest":"{{Dest}}","stream":true}""");
        var behind = await SubscribeAsync("behind", "{}", $$"""{"dest":"{{Dest}}","stream":true,"initialRecordTime":"2026-01-01T00:00:00Z"}""");
        await world.CaptureAsync("engineer", Observed("urn:x:behind:2"));
        Assert.Equal([behind, ahead], world.Access.Get<SubscriptionBook>().DueAt(world.Access.Time.GetUtcNow(), world.Access.Get<FactStore>().Newest).Select(each => each.Id));
    }

    [Fact]
    public async Task Those_that_fail_do_not_keep_the_others_waiting()
    {
        var book = world.Access.Get<SubscriptionBook>();
        for (var each = 0; each < 20; each++)
        {
            await SubscribeAsync($"dead{each}", "{}", $$"""{"dest":"{{Dest}}/never","stream":true,"initialRecordTime":"2026-01-01T00:00:00Z"}""");
        }

        var fine = await SubscribeAsync("fine", "{}", $$"""{"dest":"{{Dest}}","stream":true}""");
        await world.CaptureAsync("engineer", Observed("urn:x:dead:1"));
        foreach (var each in book.DueAt(world.Access.Time.GetUtcNow(), world.Access.Get<FactStore>().Newest).Where(each => each.Id != fine))
        {
            book.Update(each with { Failures = 1 });
        }

        var loop = world.Access.Make<SubscriptionLoop>();
        await loop.StartAsync(TestContext.Current.CancellationToken);
        for (var wait = 0; wait < 200 && posted.IsEmpty; wait++)
        {
            world.Access.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Single(posted);
        await loop.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_subscription_ends_with_its_query()
    {
        var id = await SubscribeAsync("ending", "{}", $$"""{"dest":"{{Dest}}","stream":true}""");
        Assert.Single((await world.GetAsync("viewer", "/epcis/queries/ending/subscriptions")).Json.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync("outsider", $"/epcis/queries/ending/subscriptions/{id}")).Status);
        await world.SendAsync("engineer", HttpMethod.Delete, "/epcis/queries/ending");
        await world.CaptureAsync("engineer", Observed("urn:x:e:1"));
        await RunAsync();
        Assert.Empty(posted);
    }

    [Fact]
    public async Task A_socket_tells_events_as_they_come()
    {
        await world.CaptureAsync("engineer", Observed("urn:x:w:before"));
        using var socket = await OpenAsync();
        Assert.Equal(["urn:x:w:before"], Epcs(await ReceiveAsync(socket)));
        await world.CaptureAsync("engineer", Observed("urn:x:w:after"));
        var reading = ReceiveAsync(socket);
        while (!reading.IsCompleted)
        {
            world.Access.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["urn:x:w:after"], Epcs(await reading));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }

    // RFC 6455, 5.5.1: who is asked to close may first end the message that he is at.
    [Fact]
    public async Task A_socket_that_is_closed_from_outside_is_told_to_the_end_what_it_was_being_told()
    {
        // More than a connection holds that nobody reads from.
        const int Events = 12;
        await world.CaptureAsync("engineer", [.. Enumerable.Range(10, Events).Select(each => Observed($"urn:x:l:{each}", $"08:00:{each}", $",\"ext:text\":\"{new string('x', 1 << 20)}\""))]);
        using var socket = await OpenAsync();
        var begun = new byte[16];
        Assert.Equal(begun.Length, (await socket.ReceiveAsync(begun, TestContext.Current.CancellationToken)).Count);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(10, Events).Select(each => $"urn:x:l:{each}"), Epcs(Encoding.UTF8.GetString(begun) + await ReceiveAsync(socket)));
        await ClosedAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_server_that_stops_closes_its_sockets_and_does_not_cut_them()
    {
        await world.CaptureAsync("engineer", Observed("urn:x:w:stopping"));
        using var socket = await OpenAsync();
        Assert.Equal(["urn:x:w:stopping"], Epcs(await ReceiveAsync(socket)));
        world.Access.Get<IHostApplicationLifetime>().StopApplication();
        await ClosedAsync(socket, WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_socket_ends_with_its_user_and_says_so()
    {
        await world.CaptureAsync("engineer", Observed("urn:x:w:first"));
        using var socket = await OpenAsync();
        Assert.Equal(["urn:x:w:first"], Epcs(await ReceiveAsync(socket)));
        world.Access.Get<Users>().Update("viewer", null, null, disabled: true);
        await world.CaptureAsync("engineer", Observed("urn:x:w:second", "09:00:00"));
        var closing = ClosedAsync(socket, WebSocketCloseStatus.PolicyViolation);
        while (!closing.IsCompleted)
        {
            world.Access.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await closing;
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        await world.SendAsync("engineer", HttpMethod.Post, "/epcis/queries", """{"name":"socket","query":{"eventType":["ObjectEvent"]}}""");
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {world.Access.Session("viewer")}");
        var address = new Uri(world.Access.Http.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "epcis/queries/socket/events?stream=true&initialRecordTime=2026-01-01T00:00:00Z");
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task ClosedAsync(ClientWebSocket socket, WebSocketCloseStatus why)
    {
        var end = await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken);
        Assert.Equal((WebSocketMessageType.Close, why), (end.MessageType, end.CloseStatus));
        // Who closed first has said so already.
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var (buffer, length) = (new byte[32 << 20], 0);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    private static IEnumerable<string> Epcs(string body) =>
        JsonNode.Parse(body)!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => (string)each!["epcList"]![0]!);

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (Epcs(body).Count() > most)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        posted.Enqueue((body, request.Headers["GS1-Signature"]));
        return TypedResults.StatusCode(status);
    }

    private async Task<string> SubscribeAsync(string name, string query, string body, string user = "engineer")
    {
        Assert.Equal(HttpStatusCode.Created, (await world.SendAsync(user, HttpMethod.Post, "/epcis/queries", $$"""{"name":"{{name}}","query":{{query}}}""")).Status);
        var answer = await world.SendAsync(user, HttpMethod.Post, $"/epcis/queries/{name}/subscriptions", body);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["subscriptionID"]!;
    }

    private async Task RunAsync()
    {
        foreach (var due in world.Access.Get<SubscriptionBook>().DueAt(world.Access.Time.GetUtcNow(), world.Access.Get<FactStore>().Newest))
        {
            await world.Access.Get<SubscriptionLoop>().RunAsync(due, TestContext.Current.CancellationToken);
        }
    }
}

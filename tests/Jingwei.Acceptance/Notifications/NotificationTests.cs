using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Notifications;

/// <summary>From a reading to the people: the console's list, a signed webhook and a mail, each as a foreign program takes it.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private Receiver receiver = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        server = await ServerProcess.StartAsync(
            null, "serve", "--packs", AlarmYard.NewPacks(), "--webhook-networks", "127.0.0.1/32",
            "--smtp", string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{receiver.SmtpPort}"), "--smtp-from", "jingwei@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_alarm_reaches_the_console_a_webhook_and_a_mailbox()
    {
        var settings = new
        {
            mail = "duty@example.org",
            language = "en",
            subscriptions = new[] { new { interest = new { kinds = new[] { "alarmRaised" } }, concern = "all", mail = true } },
        };
        (await server.Admin.PutAsJsonAsync("/api/me/notification-settings", settings)).EnsureSuccessStatusCode();
        var made = await MakeWebhookAsync();
        await receiver.KnowAsync((string)made["secret"]!);
        var secret = await server.AddThingAsync("tank-1", "yard-tank");
        await AlarmYard.ReadAsync(server, "tank-1", secret, 95);

        var arrived = new[] { await receiver.NextAsync(), await receiver.NextAsync() };
        var webhook = arrived.Single(each => each["webhook"] is not null);
        Assert.True((bool)webhook["good"]!);
        Assert.Equal(("alarmRaised", "tank-1", "red"), ((string)webhook["body"]!["type"]!, (string)webhook["body"]!["data"]!["thing"]!, (string)webhook["body"]!["data"]!["severity"]!));
        var mail = arrived.Single(each => each["subject"] is not null);
        Assert.Equal("duty@example.org", (string)mail["to"]!.AsArray().Single()!);
        Assert.StartsWith("[Critical] tank-1: ", (string)mail["subject"]!, StringComparison.Ordinal);

        var told = (await server.GetAsync("/api/notifications"))["items"]!.AsArray().Single()!;
        Assert.Equal(("alarmRaised", "tank-1"), ((string)told["kind"]!, (string)told["thing"]!));
        Assert.Equal(1, (long)(await server.GetAsync("/api/notifications/unread"))["count"]!);
        (await server.Admin.PostAsync(new Uri($"/api/notifications/{told["id"]}/acknowledge", UriKind.Relative), null)).EnsureSuccessStatusCode();
        await server.UntilAsync("/api/notices", notices => notices["items"]![0] is { } notice &&
            ((long)notice["told"]!, (long)notice["reached"]!, (long)notice["read"]!, (long)notice["acknowledged"]!) == (1, 1, 1, 1));
        await server.UntilAsync("/api/deliveries?state=delivered", deliveries => deliveries["items"]!.AsArray().Count == 2);
    }

    [Fact]
    public async Task A_test_says_what_came_of_it_and_no_answer_shows_a_secret_again()
    {
        var made = await MakeWebhookAsync();
        var secret = (string)made["secret"]!;
        await receiver.KnowAsync(secret);
        var answer = await (await server.Admin.PostAsync(new Uri($"/api/webhooks/{made["id"]}/test", UriKind.Relative), null)).Content.ReadFromJsonAsync<JsonNode>();
        Assert.True((bool)answer!["delivered"]!, answer.ToJsonString());
        Assert.Equal("test", (string)(await receiver.NextAsync())["body"]!["type"]!);
        Assert.DoesNotContain(secret, (await server.GetAsync("/api/webhooks")).ToJsonString() + await server.GetAsync($"/api/webhooks/{made["id"]}"), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Output, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Addresses_that_are_not_open_are_refused_by_name()
    {
        foreach (var url in new[] { "http://10.0.0.1/", "http://[::1]/", "ftp://example.org/", "http://169.254.169.254/latest" })
        {
            var answer = await server.Admin.PostAsJsonAsync("/api/webhooks", new { name = "x", url });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.StartsWith("url: ", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!, StringComparison.Ordinal);
        }
    }

    private async Task<JsonNode> MakeWebhookAsync()
    {
        var answer = await server.Admin.PostAsJsonAsync("/api/webhooks", new { name = "receiver", url = $"http://127.0.0.1:{receiver.HttpPort}/" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}

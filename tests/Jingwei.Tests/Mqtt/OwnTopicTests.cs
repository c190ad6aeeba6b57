using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Tests.Mqtt;

/// <summary>Topics that mean something else to each client: their subscriptions are kept under a topic of the client's own.</summary>
public sealed class OwnTopicTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-mqtt-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_message_finds_the_client_that_it_is_for_and_has_the_topic_that_all_have()
    {
        await using var server = await StartAsync(null);
        await using var one = await SubscribeAsync(server, "one");
        await using var other = await SubscribeAsync(server, "other");

        Assert.Equal(1, await PublishAsync(server, "one", "1"));
        Assert.Equal(1, await PublishAsync(server, "other", "2"));
        Assert.Equal(0, await PublishAsync(server, "nobody", "3"));
        Assert.Equal(0, await server.Server.PublishAsync("me/requests", "4"u8.ToArray(), MqttQoS.AtLeastOnce));

        Assert.Equal("me/requests 1", await ReadAsync(one));
        Assert.Equal("me/requests 2", await ReadAsync(other));
        Assert.True(server.Server.HasSubscribers("$own/one/me/requests"));
        Assert.False(server.Server.HasSubscribers("$own/nobody/me/requests"));
    }

    [Fact]
    public async Task An_end_of_the_subscription_is_one_of_its_own()
    {
        await using var server = await StartAsync(null);
        await using var one = await SubscribeAsync(server, "one");

        Assert.Equal(MqttReasonCode.Success, await one.UnsubscribeAsync("me/+", Cancel));

        Assert.Equal(0, await PublishAsync(server, "one", "1"));
    }

    [Fact]
    public async Task A_kept_session_has_its_own_topics_after_a_restart()
    {
        await using (var server = await StartAsync(folder))
        {
            await using var one = await SubscribeAsync(server, "one");
            await one.DisconnectAsync();
            await server.Left.Reader.ReadAsync(Cancel);
        }

        await using var after = await StartAsync(folder);
        Assert.Equal(0, await PublishAsync(after, "other", "1"));
        Assert.Equal(1, await PublishAsync(after, "one", "2"));
        await using var back = await after.ConnectAsync(Client("one") with { CleanStart = false });
        Assert.Equal("me/requests 2", await ReadAsync(back));
    }

    [Fact]
    public async Task Nothing_is_retained_under_a_topic_that_nobody_sees()
    {
        await using var server = await StartAsync(null);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await server.Server.PublishAsync(new MqttMessage { Topic = "me/requests", Retain = true }, "$own/one/me/requests"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await server.Server.PublishAsync(new MqttMessage { Topic = "me/requests" }, "$own/#"));
    }

    private static Task<TestServer> StartAsync(string? folder) => TestServer.StartAsync(options => options with
    {
        SubscribeUnder = (principal, filter) => filter.StartsWith("me/", StringComparison.Ordinal) ? $"$own/{principal}/{filter}" : filter,
        Storage = folder is null ? null : new(folder, owner => owner),
    });

    private static MqttClientOptions Client(string user) => new() { Host = "", ClientId = "device", UserName = user, SessionExpirySeconds = 60 };

    private static async Task<MqttClient> SubscribeAsync(TestServer server, string user)
    {
        var client = await server.ConnectAsync(Client(user));
        Assert.Equal(MqttReasonCode.GrantedQoS1, await client.SubscribeAsync("me/+", MqttQoS.AtLeastOnce, Cancel));
        return client;
    }

    private static async Task<int> PublishAsync(TestServer server, string user, string payload) => await server.Server.PublishAsync(
        new MqttMessage { Topic = "me/requests", Payload = Encoding.UTF8.GetBytes(payload), QoS = MqttQoS.AtLeastOnce }, $"$own/{user}/me/requests");

    private static async Task<string> ReadAsync(MqttClient client)
    {
        var message = await client.Messages.ReadAsync(Cancel);
        return $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}";
    }
}

using Jingwei.Mqtt;
using Jingwei.Tests;

namespace Jingwei.Conformance.Mqtt;

/// <summary>Eclipse Mosquitto's command-line clients against our server.</summary>
public sealed class MosquittoClientTests
{
    private static readonly string[] SignIn = ["-u", "u", "-P", "p"];

    private static string Pub => External.Program("mosquitto_pub", "apt-get install mosquitto-clients");

    private static string Sub => External.Program("mosquitto_sub", "apt-get install mosquitto-clients");

    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Two_hundred_lines_arrive_once_and_in_order(string version, int qos)
    {
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", version, "-q", $"{qos}", .. SignIn];
        using var subscriber = Peer.Start(Sub, [.. common, "-t", "lines/+", "-C", "200", "-d", "-F", "got %t %p"]);
        await subscriber.WaitForAsync("Subscribed");
        using var publisher = Peer.Start(Pub, [.. common, "-t", "lines/a", "-l"]);
        for (var i = 0; i < 200; i++)
        {
            await publisher.WriteLineAsync($"{i}");
        }

        await publisher.FinishAsync();
        var lines = (await subscriber.FinishAsync()).Where(line => line.StartsWith("got ", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"got lines/a {i}"), lines);
    }

    [Fact]
    public async Task Lines_with_a_topic_alias_arrive_under_their_topic()
    {
        // mosquitto_pub names the topic in its first message alone.
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", "mqttv5", "-q", "1", .. SignIn];
        using var subscriber = Peer.Start(Sub, [.. common, "-t", "lines/+", "-C", "20", "-d", "-F", "got %t %p"]);
        await subscriber.WaitForAsync("Subscribed");
        using var publisher = Peer.Start(Pub, [.. common, "-t", "lines/a", "-l", "-D", "publish", "topic-alias", "1"]);
        for (var i = 0; i < 20; i++)
        {
            await publisher.WriteLineAsync($"{i}");
        }

        await publisher.FinishAsync();
        var lines = (await subscriber.FinishAsync()).Where(line => line.StartsWith("got ", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"got lines/a {i}"), lines);
    }

    [Theory]
    [InlineData("mqttv311", "Connection Refused: bad user name or password.")]
    [InlineData("mqttv5", "Bad user name or password")]
    public async Task A_wrong_password_is_refused(string version, string words)
    {
        await using var host = await MqttHost.StartAsync();
        using var publisher = Peer.Start(
            Pub, "-h", "127.0.0.1", "-p", $"{host.Port}", "-V", version, "-u", "u", "-P", "wrong", "-t", "a", "-m", "x", "-d");
        var output = await publisher.FinishWithErrorsAsync();
        Assert.Contains(words, output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Retained_and_large_messages_arrive_whole(string version)
    {
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", version, "-q", "1", .. SignIn];
        var large = new string('x', 200_000);
        using var publisher = Peer.Start(Pub, [.. common, "-t", "large", "-r", "-s"]);
        await publisher.WriteLineAsync(large);
        await publisher.FinishAsync();
        Assert.Equal([$"1 {large}"], await Peer.RunAsync(Sub, [.. common, "-t", "#", "-C", "1", "-F", "%r %p"]));
    }

    [Fact]
    public async Task Version_5_properties_pass_through()
    {
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", "mqttv5", "-q", "1", .. SignIn];
        await Peer.RunAsync(Pub, [.. common, "-t", "a", "-m", "x", "-r",
            "-D", "publish", "content-type", "text/plain",
            "-D", "publish", "response-topic", "answers",
            "-D", "publish", "correlation-data", "id7",
            "-D", "publish", "user-property", "k", "v",
            "-D", "publish", "payload-format-indicator", "1",
            "-D", "publish", "message-expiry-interval", "1000"]);
        Assert.Equal(
            ["text/plain answers id7 k:v 1 7 x"],
            await Peer.RunAsync(Sub, [.. common, "-t", "a", "-C", "1", "-D", "subscribe", "subscription-identifier", "7", "-F", "%C %R %D %P %F %S %p"]));
    }

    [Fact]
    public async Task A_will_is_published_when_the_client_is_killed()
    {
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", "mqttv5", .. SignIn];
        using var watcher = Peer.Start(Sub, [.. common, "-t", "wills", "-C", "1", "-d", "-F", "got %p"]);
        await watcher.WaitForAsync("Subscribed");
        using (var victim = Peer.Start(Sub, [.. common, "-t", "x", "-d", "--will-topic", "wills", "--will-payload", "gone"]))
        {
            await victim.WaitForAsync("Subscribed");
        }

        Assert.Contains("got gone", await watcher.FinishAsync());
    }

    [Fact]
    public async Task A_kept_session_gets_what_it_missed()
    {
        await using var host = await MqttHost.StartAsync();
        string[] common = ["-h", "127.0.0.1", "-p", $"{host.Port}", "-V", "mqttv311", "-q", "2", .. SignIn];
        string[] session = ["-i", "keeper", "-c", "-t", "missed"];
        using (var first = Peer.Start(Sub, [.. common, .. session, "-d"]))
        {
            await first.WaitForAsync("Subscribed");
        }

        await Peer.RunAsync(Pub, [.. common, "-t", "missed", "-m", "one"]);
        await Peer.RunAsync(Pub, [.. common, "-t", "missed", "-m", "two"]);
        Assert.Equal(["one", "two"], await Peer.RunAsync(Sub, [.. common, .. session, "-C", "2"]));
        Assert.Equal(0, host.Server.Counters.Dropped[MqttDropReason.SessionQueueFull]);
    }
}

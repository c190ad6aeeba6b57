using Jingwei.Tests;

namespace Jingwei.Conformance.Mqtt;

/// <summary>Rules of MQTT 3.1.1 and 5.0 that a client can see, seen by Eclipse Paho for Python. Clauses stand beside each rule in paho_clauses.py.</summary>
public sealed class PahoClauseTests
{
    private static string Script => Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Mqtt", "peers", "paho_clauses.py");

    [Theory]
    [InlineData("retained")]
    [InlineData("offline_queue")]
    [InlineData("overlapping")]
    [InlineData("keep_alive")]
    [InlineData("redelivery")]
    [InlineData("dollar")]
    [InlineData("unsubscribe")]
    public async Task Both_versions(string rule)
    {
        await RunAsync(3, rule);
        await RunAsync(5, rule);
    }

    [Theory]
    [InlineData("assigned_client_id")]
    [InlineData("session_expiry")]
    [InlineData("will_delay")]
    [InlineData("subscribe_options")]
    [InlineData("request_response")]
    [InlineData("publication_expiry")]
    [InlineData("shared")]
    public Task Version_5(string rule) => RunAsync(5, rule);

    private static async Task RunAsync(int version, string rule)
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/paho"), "apt-get install python3-paho-mqtt");
        await using var host = await MqttHost.StartAsync();
        Assert.Equal([$"done {rule}"], await Peer.RunAsync("/usr/bin/python3", Script, "127.0.0.1", $"{host.Port}", $"{version}", rule));
    }
}

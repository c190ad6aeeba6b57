using Jingwei.Tests;

namespace Jingwei.Conformance.Mqtt;

/// <summary>Eclipse Paho for Python and MQTT.js against our server.</summary>
public sealed class ForeignClientTests
{
    private static string Peers => Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Mqtt", "peers");

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 0)]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    public async Task Paho_publishes_and_receives(int version, int qos)
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/paho"), "apt-get install python3-paho-mqtt");
        await using var host = await MqttHost.StartAsync();
        Assert.Equal(
            ["done 100"],
            await Peer.RunAsync("/usr/bin/python3", Path.Combine(Peers, "paho_peer.py"), "127.0.0.1", $"{host.Port}", $"{version}", $"{qos}", "100"));
    }

    [Theory]
    [InlineData("mqtt", 4, 1)]
    [InlineData("mqtt", 5, 2)]
    [InlineData("ws", 4, 0)]
    [InlineData("ws", 4, 2)]
    [InlineData("ws", 5, 1)]
    [InlineData("ws", 5, 2)]
    public async Task Mqtt_js_publishes_and_receives_over_tcp_and_websocket(string scheme, int version, int qos)
    {
        var folder = await NpmPackages.InstallAsync(Peers, "mqtt-peers");
        await using var host = await MqttHost.StartAsync();
        var url = scheme == "ws" ? $"ws://127.0.0.1:{host.HttpPort}/mqtt" : $"mqtt://127.0.0.1:{host.Port}";
        Assert.Equal(
            ["done 100"],
            await Peer.RunAsync(External.Program("node", "https://nodejs.org"), Path.Combine(folder, "mqtt_peer.mjs"), url, $"{version}", $"{qos}", "100"));
    }
}

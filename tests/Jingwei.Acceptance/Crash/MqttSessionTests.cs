using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Acceptance.Crash;

/// <summary>SIGKILL while messages flow to MQTT sessions that are kept.</summary>
public sealed class MqttSessionTests
{
    private const int KillAfter = 2000;

    [Fact]
    public async Task Every_acknowledged_message_reaches_its_kept_sessions_after_a_kill()
    {
        var data = Directory.CreateTempSubdirectory("jingwei-mqtt-kill-").FullName;
        ConcurrentDictionary<string, byte> acknowledged = [];
        JsonNode token;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            var answer = await server.Admin.PostAsJsonAsync("/api/tokens", new { name = "mes", role = "operator" });
            token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
            foreach (var (id, qos) in Subscribers)
            {
                await using var subscriber = await ConnectAsync(server, token, id);
                Assert.Equal((MqttReasonCode)qos, await subscriber.SubscribeAsync("plant/#", qos));
                await subscriber.DisconnectAsync();
            }

            await using var publisher = await ConnectAsync(server, token, "publisher");
            var publishing = Enumerable.Range(0, 8).Select(line => PublishUntilTheEndAsync(publisher, line, acknowledged)).ToList();
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (acknowledged.Count < KillAfter)
            {
                await pause.WaitForNextTickAsync();
            }

            await server.KillAsync();
            await Task.WhenAll(publishing);
        }

        await using var again = await ServerProcess.StartAsync(data);
        await using (var publisher = await ConnectAsync(again, token, "end"))
        {
            Assert.Equal(MqttReasonCode.Success, await publisher.PublishAsync("plant/end", default, MqttQoS.AtLeastOnce));
        }

        foreach (var (id, _) in Subscribers)
        {
            await using var subscriber = await ConnectAsync(again, token, id);
            Assert.True(subscriber.IsSessionResumed);
            var received = await ReadToEndAsync(subscriber);
            Assert.Empty(acknowledged.Keys.Except(received));

            // The sessions were away, so nothing was sent before, and nothing may come twice.
            Assert.Equal(received.Count, received.Distinct().Count());
        }

        var sessions = (await again.GetAsync("/api/devices/sessions"))["items"]!.AsArray();
        Assert.Equal(["end", "one", "publisher", "two"], sessions.Select(session => (string)session!["id"]!).Order());
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_command_that_nobody_took_yet_waits_over_a_stop()
    {
        var data = Directory.CreateTempSubdirectory("jingwei-mqtt-stop-").FullName;
        string secret;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            secret = await server.AddThingAsync("drill", "drilling-machine");
            await using (var thing = await MqttClient.ConnectAsync(Options(server, "drill", secret, "drill")))
            {
                await thing.SubscribeAsync("jw/drill/commands/+", MqttQoS.AtLeastOnce);
                await thing.DisconnectAsync();
            }

            await server.UntilAsync("/api/devices/sessions", answer => !(bool)answer["items"]![0]!["connected"]!);
            (await server.Admin.PostAsJsonAsync("/api/things/drill/commands", new { command = "reset" })).EnsureSuccessStatusCode();
            Assert.Equal((0, ""), await ExternalProgram.RunAsync("kill", "-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(0, await server.EndAsync());
        }

        await using var again = await ServerProcess.StartAsync(data);
        var waiting = Assert.Single((await again.GetAsync("/api/devices/sessions"))["items"]!.AsArray())!;
        Assert.Equal(("drill", "drill", false, 1), ((string)waiting["id"]!, (string)waiting["user"]!, (bool)waiting["connected"]!, (int)waiting["queued"]!));
        await using var back = await MqttClient.ConnectAsync(Options(again, "drill", secret, "drill"));
        Assert.True(back.IsSessionResumed);
        var command = await back.Messages.ReadAsync();
        Assert.Equal("reset", (string)JsonNode.Parse(command.Payload.Span)!["command"]!);
        Directory.Delete(data, recursive: true);
    }

    private static (string Id, MqttQoS QoS)[] Subscribers => [("one", MqttQoS.AtLeastOnce), ("two", MqttQoS.ExactlyOnce)];

    private static Task<MqttClient> ConnectAsync(ServerProcess server, JsonNode token, string id) =>
        MqttClient.ConnectAsync(Options(server, "token", (string)token["token"]!, id));

    private static MqttClientOptions Options(ServerProcess server, string user, string password, string id) => new()
    {
        Host = server.MqttHost,
        Port = server.MqttPort,
        UserName = user,
        Password = password,
        ClientId = id,
        CleanStart = false,
        SessionExpirySeconds = 3600,
        MaxWaitingMessages = 20_000,
    };

    private static async Task PublishUntilTheEndAsync(MqttClient publisher, int line, ConcurrentDictionary<string, byte> acknowledged)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var text = $"{line}-{i}";
                var qos = i % 2 == 0 ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce;
                if (await publisher.PublishAsync($"plant/{line}", Encoding.UTF8.GetBytes(text), qos) == MqttReasonCode.Success)
                {
                    acknowledged.TryAdd(text, 0);
                }
            }
            catch (MqttClientException)
            {
                return;
            }
        }
    }

    private static async Task<List<string>> ReadToEndAsync(MqttClient subscriber)
    {
        List<string> received = [];
        await foreach (var message in subscriber.Messages.ReadAllAsync())
        {
            if (message.Topic == "plant/end")
            {
                break;
            }

            received.Add(Encoding.UTF8.GetString(message.Payload.Span));
        }

        return received;
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Acceptance.Devices;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Acceptance.Crash;

/// <summary>Kills between a command and its answer: what was asked for is there, and of what is not known it is said so.</summary>
public sealed class CommandKillTests
{
    [Fact]
    public async Task A_command_whose_answer_a_kill_cut_off_counts_as_unknown_and_a_later_answer_still_counts()
    {
        string data, id, secret;
        await using (var server = await PressPack.StartAsync())
        {
            (data, secret) = (server.Data, await server.AddThingAsync("press-1", "press"));
            id = await SendAsync(server, "slow");
            await server.KillAsync();
        }

        await using var again = await PressPack.StartAsync(data);
        await again.UntilAsync($"/api/things/press-1/commands/{id}", command => (string)command["status"]! == "timeout");
        await using var press = await MqttClient.ConnectAsync(new() { Host = again.MqttHost, Port = again.MqttPort, ClientId = "press-1", UserName = "press-1", Password = secret });
        Assert.Equal(MqttReasonCode.Success, await press.PublishAsync($"jw/press-1/replies/{id}", "\"done\""u8.ToArray(), MqttQoS.AtLeastOnce));
        await again.UntilAsync($"/api/things/press-1/commands/{id}", command => (string)command["status"]! == "answered");
    }

    [Fact]
    public async Task A_batch_that_a_kill_cut_off_goes_on_and_misses_nothing()
    {
        const int Presses = 300;
        string data, id;
        await using (var server = await PressPack.StartAsync())
        {
            data = server.Data;
            var presses = Enumerable.Range(0, Presses).Select(number => $"press-{number}").ToList();
            foreach (var press in presses)
            {
                (await server.Admin.PostAsJsonAsync("/api/things", new { id = press, type = "press", name = press })).EnsureSuccessStatusCode();
            }

            var made = await server.Admin.PostAsJsonAsync("/api/command-batches", new { command = "reset", things = presses });
            made.EnsureSuccessStatusCode();
            id = (string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
            await server.KillAsync();
        }

        await using var again = await PressPack.StartAsync(data);
        var batch = await again.UntilAsync($"/api/command-batches/{id}", found => (long)found["waiting"]! == 0);
        Assert.Equal((Presses, Presses), ((long)batch["total"]!, (long)batch["sent"]! + (long)batch["timeout"]!));
    }

    private static async Task<string> SendAsync(ServerProcess server, string command)
    {
        var answer = await server.Admin.PostAsJsonAsync("/api/things/press-1/commands", new { command });
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }
}

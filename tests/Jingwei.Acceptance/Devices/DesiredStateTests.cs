using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Devices;

/// <summary>What somebody wants of a thing, as mosquitto's clients take and report it.</summary>
public sealed class DesiredStateTests
{
    private const string Install = "apt-get install mosquitto-clients";

    [Fact]
    public async Task A_thing_finds_what_is_wanted_when_it_comes_also_after_a_kill_and_the_difference_goes_when_it_reports()
    {
        var (subscriber, publisher) = (External.Program("mosquitto_sub", Install), External.Program("mosquitto_pub", Install));
        string data, secret;
        await using (var server = await PressPack.StartAsync())
        {
            (data, secret) = (server.Data, await server.AddThingAsync("press-1", "press"));
            var twin = await PatchAsync(server, """{"values":{"target":5,"running":true}}""");
            Assert.Equal((1L, 2), ((long)twin["desired"]!["version"]!, twin["difference"]!.AsArray().Count));
            twin = await PatchAsync(server, """{"values":{"running":null}}""");
            Assert.Equal("""{"target":5}""", twin["desired"]!["values"]!.ToJsonString());
            await server.KillAsync();
        }

        await using var again = await PressPack.StartAsync(data);
        var (exit, output) = await ExternalProgram.RunAsync(subscriber, [.. Access(again, secret), "-q", "1", "-t", "jw/press-1/desired", "-C", "1", "-W", "60"]);
        Assert.True(exit == 0, output);
        Assert.Equal("""{"version":2,"values":{"target":5}}""", output.Trim());

        (exit, output) = await ExternalProgram.RunAsync(publisher, [.. Access(again, secret), "-q", "1", "-t", "jw/press-1/readings", "-m", """{"values":{"target":4}}"""]);
        Assert.True(exit == 0, output);
        await again.UntilAsync("/api/things/press-1/twin", twin => twin["reported"]!["target"] is { } reported && (double)reported["value"]! == 4 && twin["difference"]!.AsArray().Count == 1);
        await ExternalProgram.RunAsync(publisher, [.. Access(again, secret), "-q", "1", "-t", "jw/press-1/readings", "-m", """{"values":{"target":5}}"""]);
        await again.UntilAsync("/api/things/press-1/twin", twin => twin["difference"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task What_the_type_does_not_have_cannot_be_wanted()
    {
        await using var server = await PressPack.StartAsync();
        await server.AddThingAsync("press-1", "press");
        var answer = await server.Admin.PatchAsJsonAsync("/api/things/press-1/twin", JsonNode.Parse("""{"values":{"spindle_temperature":99,"colour":"red"}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("spindle_temperature: from -20 to 80 Cel. colour: unknown.", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!);
    }

    private static async Task<JsonNode> PatchAsync(ServerProcess server, string change)
    {
        var answer = await server.Admin.PatchAsJsonAsync("/api/things/press-1/twin", JsonNode.Parse(change));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static string[] Access(ServerProcess server, string secret) =>
        ["-V", "5", "-h", server.MqttHost, "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-i", "press-1", "-u", "press-1", "-P", secret];
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Devices;

/// <summary>A command as mosquitto's clients take and answer it.</summary>
public sealed class MosquittoCommandTests
{
    private const string Install = "apt-get install mosquitto-clients";

    [Fact]
    public async Task A_confirmed_command_reaches_mosquitto_sub_and_the_answer_of_mosquitto_pub_comes_back()
    {
        var (subscriber, publisher) = (External.Program("mosquitto_sub", Install), External.Program("mosquitto_pub", Install));
        await using var server = await PressPack.StartAsync();
        var secret = await server.AddThingAsync("press-1", "press");
        // Line by line: into a pipe it would write when a block of it is full.
        using var listening = Process.Start(new ProcessStartInfo("stdbuf", ["-oL", subscriber, .. Access(server, secret), "-i", "press-1-ears", "-q", "1", "-t", "jw/press-1/commands/+", "-v", "-C", "1", "-d"]) { RedirectStandardOutput = true })!;
        while (!(await listening.StandardOutput.ReadLineAsync())!.Contains("SUBACK", StringComparison.Ordinal))
        {
            // Until it listens.
        }

        var asked = await (await server.Admin.PostAsJsonAsync("/api/things/press-1/commands", new { command = "stop" })).Content.ReadFromJsonAsync<JsonNode>();
        var id = (string)asked!["id"]!;
        Assert.Equal("unconfirmed", (string)asked["status"]!);
        (await server.Admin.PostAsync(new Uri($"/api/things/press-1/commands/{id}/confirm", UriKind.Relative), null)).EnsureSuccessStatusCode();
        string? line;
        do
        {
            line = await listening.StandardOutput.ReadLineAsync();
        }
        while (!line!.StartsWith("jw/", StringComparison.Ordinal));

        Assert.Equal($$"""jw/press-1/commands/{{id}} {"command":"stop","parameters":null}""", line);
        var (exit, output) = await ExternalProgram.RunAsync(publisher, [.. Access(server, secret), "-q", "1", "-t", $"jw/press-1/replies/{id}", "-m", """{"stopped":true}"""]);
        Assert.True(exit == 0, output);
        var answered = await server.UntilAsync($"/api/things/press-1/commands/{id}", command => (string)command["status"]! == "answered");
        Assert.True((bool)answered["reply"]!["stopped"]!);
    }

    private static string[] Access(ServerProcess server, string secret) =>
        ["-V", "5", "-h", server.MqttHost, "-p", server.MqttPort.ToString(CultureInfo.InvariantCulture), "-u", "press-1", "-P", secret];
}

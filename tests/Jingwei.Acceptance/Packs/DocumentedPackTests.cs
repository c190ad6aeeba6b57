using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Packs;

/// <summary>Somebody does what docs/packs.md says, word for word, and has a cold chain that runs.</summary>
public sealed partial class DocumentedPackTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "packs.md"));

    [Fact]
    public async Task The_pack_that_the_documentation_writes_is_checked_and_runs()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        var folder = Path.Combine(packs, "cold-chain");
        foreach (Match file in NamedFile().Matches(Page))
        {
            var path = Path.Combine(folder, file.Groups["name"].Value);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Groups["text"].Value);
        }

        var (exit, output) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "pack", "check", folder);
        Assert.Equal((0, CheckOutput().Match(Page).Groups["text"].Value), (exit, output));

        await using var server = await ServerProcess.StartAsync(null, "serve", "--packs", packs);
        var secret = await server.AddThingAsync("f1", "freezer");
        await using var freezer = await MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, Version = MqttProtocolVersion.V5, ClientId = "f1", UserName = "f1", Password = secret });
        // Five minutes by the clock of the readings; a device's clock may be ahead.
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-2);
        await PublishAsync(freezer, start, -14);
        await PublishAsync(freezer, start.AddMinutes(5).AddSeconds(1), -13);

        var alarm = (await server.UntilAsync("/api/alarms?rule=too-warm", answer => answer["items"]!.AsArray().Count > 0))["items"]![0]!;
        Assert.Equal(("f1", "orange", "raised", "温度过高"), ((string)alarm["thing"]!, (string)alarm["severity"]!, (string)alarm["state"]!, (string)alarm["ruleName"]!["zh"]!));
        var opened = (await server.UntilAsync("/api/cases?type=cold-break", answer => answer["items"]!.AsArray().Count > 0))["items"]![0]!;
        Assert.Equal(("f1", "open", "待处置"), ((string)opened["thing"]!, (string)opened["state"]!, (string)opened["stateName"]!["zh"]!));

        var path2 = $"/api/cases/{opened["id"]}/transitions";
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.PostAsJsonAsync($"{path2}/take", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.PostAsJsonAsync($"{path2}/close", new { fields = new { goods = "kept", action = "关门" } })).StatusCode);
        await PublishAsync(freezer, start.AddMinutes(5).AddSeconds(2), -19);
        await server.UntilAsync($"/api/alarms/{alarm["id"]}", answer => (string)answer["state"]! == "cleared");
        Assert.Equal(-19, (double)(await server.GetAsync("/api/things/f1/latest"))["values"]!["temperature"]!["value"]!);
    }

    private static async Task PublishAsync(MqttClient freezer, DateTimeOffset at, double temperature)
    {
        var payload = new JsonObject { ["ts"] = at.ToUnixTimeMilliseconds(), ["values"] = new JsonObject { ["temperature"] = temperature } };
        Assert.Equal(MqttReasonCode.Success, await freezer.PublishAsync("jw/f1/readings", Encoding.UTF8.GetBytes(payload.ToJsonString()), MqttQoS.AtLeastOnce));
    }

    [GeneratedRegex(@"^```yaml (?<name>\S+\.yaml)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^```\n(?<text>cold-chain .*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CheckOutput();
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server.Packs;

namespace Jingwei.Acceptance.Crash;

/// <summary>Delays, windows and alarms over clean stops and kills: nothing begins anew, nothing is raised twice.</summary>
public sealed class RuleKillTests : IDisposable
{
    private readonly string packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
    private readonly string data = System.IO.Directory.CreateTempSubdirectory("jingwei-data-").FullName;
    private string secret = "";
    private long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Delays_and_windows_go_on_and_each_alarm_is_raised_once()
    {
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        await WriteRuleAsync("yard-hot", "when: temperature > 80.0\nfor: 4s\n");
        await using (var first = await StartAsync())
        {
            secret = await first.AddThingAsync("t1", "yard-tank");
            await PublishAsync(first, 85);
            // A clean stop while the delay runs.
            Assert.Equal((0, ""), await ExternalProgram.RunAsync("kill", "-TERM", first.Id.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(0, await first.EndAsync());
        }

        var began = now;
        await using (var second = await StartAsync())
        {
            var alarm = Assert.Single(await RaisedAsync(second, 1));
            // Four seconds after the reading, however long the server was away.
            Assert.Equal(began + 4_000, Time(alarm!["raisedAt"]!));
            await second.KillAsync();
        }

        await using (var third = await StartAsync())
        {
            Assert.Single(await RaisedAsync(third, 1));
            await PublishAsync(third, 20);
            // Acknowledged, and killed at once: judged or not.
            await third.KillAsync();
        }

        await using var fourth = await StartAsync();
        var cleared = await fourth.UntilAsync("/api/alarms?rule=yard-hot", alarms => (string)alarms["items"]![0]!["state"]! == "cleared");
        Assert.Equal(now, Time(Assert.Single(cleared["items"]!.AsArray())!["clearedAt"]!));
    }

    [Fact]
    public async Task A_count_goes_on_over_kills_that_follow_each_acknowledgement()
    {
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        await WriteRuleAsync("yard-hot", "when: count(temperature > 80.0, '10m') >= 3\n");
        await using (var first = await StartAsync())
        {
            secret = await first.AddThingAsync("t1", "yard-tank");
            Assert.Equal((0, ""), await ExternalProgram.RunAsync("kill", "-TERM", first.Id.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(0, await first.EndAsync());
        }

        for (var hot = 0; hot < 2; hot++)
        {
            await using var each = await StartAsync();
            await PublishAsync(each, 85 + hot);
            await each.KillAsync();
        }

        await using var last = await StartAsync();
        Assert.Empty((await last.GetAsync("/api/alarms?rule=yard-hot"))["items"]!.AsArray());
        await PublishAsync(last, 90);
        Assert.Equal(now, Time(Assert.Single(await RaisedAsync(last, 1))!["raisedAt"]!));
    }

    [Theory]
    [InlineData("alarms-written")]
    [InlineData("alarms-committed")]
    public async Task An_alarm_that_was_being_stored_is_there_once(string point)
    {
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        await WriteRuleAsync("yard-hot", "when: temperature > 80.0\n");
        await using (var first = await StartAsync(point))
        {
            secret = await first.AddThingAsync("t1", "yard-tank");
            // The kill may come before the acknowledgement.
            await Task.WhenAll(Record.ExceptionAsync(() => PublishAsync(first, 85)).AsTask(), first.EndAsync());
        }

        var hot = now;
        await using var again = await StartAsync();
        Assert.Equal(hot, Time(Assert.Single(await RaisedAsync(again, 1))!["raisedAt"]!));
        await PublishAsync(again, 20);
        await again.UntilAsync("/api/alarms?rule=yard-hot", alarms => (string)Assert.Single(alarms["items"]!.AsArray())!["state"]! == "cleared");
    }

    // The first time is at the start.
    [Theory]
    [InlineData("rules-state-begun:2")]
    [InlineData("rules-state-written:2")]
    [InlineData("rules-state-replaced:2")]
    public async Task A_count_goes_on_wherever_the_writing_of_the_state_was_killed(string point)
    {
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        await WriteRuleAsync("yard-hot", "when: count(temperature > 80.0, '10m') >= 3\n");
        await using (var first = await StartAsync())
        {
            secret = await first.AddThingAsync("t1", "yard-tank");
            await PublishAsync(first, 85);
            // A whole state, which the next one is to take the place of.
            await ExternalProgram.RunAsync("kill", "-TERM", first.Id.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(0, await first.EndAsync());
        }

        await using (var second = await StartAsync(point))
        {
            await PublishAsync(second, 86);
            // Whether it stops or its time has come, the next writing of the state is where it ends.
            await ExternalProgram.RunAsync("kill", "-TERM", second.Id.ToString(CultureInfo.InvariantCulture));
            Assert.NotEqual(0, await second.EndAsync());
        }

        await using var last = await StartAsync();
        Assert.Empty((await last.GetAsync("/api/alarms?rule=yard-hot"))["items"]!.AsArray());
        await PublishAsync(last, 90);
        Assert.Equal(now, Time(Assert.Single(await RaisedAsync(last, 1))!["raisedAt"]!));
    }

    public void Dispose()
    {
        System.IO.Directory.Delete(packs, recursive: true);
        System.IO.Directory.Delete(data, recursive: true);
    }

    private Task<ServerProcess> StartAsync(string? point = null) => ServerProcess.StartAsync(
        "env", [$"JINGWEI_KILL_AT={point}", "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs], data);

    private Task WriteRuleAsync(string id, string rest) =>
        File.WriteAllTextAsync(Path.Combine(packs, "yard", "rules", $"{id}.yaml"), $"rule: {id}\ntype: yard-tank\nseverity: orange\n{rest}");

    // A reading of the next millisecond or now, acknowledged when this returns.
    private async Task PublishAsync(ServerProcess server, double temperature)
    {
        now = Math.Max(now + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await using var client = await MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, ClientId = "t1", UserName = "t1", Password = secret });
        var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{now},\"values\":{{\"temperature\":{temperature}}}}}");
        await client.PublishAsync("jw/t1/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce, cancel: CancellationToken.None);
    }

    private static async Task<JsonArray> RaisedAsync(ServerProcess server, int count) =>
        (await server.UntilAsync("/api/alarms?rule=yard-hot", alarms => alarms["items"]!.AsArray().Count == count))["items"]!.AsArray();

    private static long Time(JsonNode time) => DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}

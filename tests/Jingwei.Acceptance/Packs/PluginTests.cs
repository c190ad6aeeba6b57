using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Acceptance.Intake;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Packs;

/// <summary>Sensors that speak bytes of their own, a rule with a formula that expressions do not have, and a plug-in that has both.</summary>
public sealed class PluginTests : IDisposable
{
    private const string InstallClients = "apt-get install mosquitto-clients";

    private readonly ClimatePack packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public async Task A_frame_of_mosquitto_pub_raises_the_alarm_of_the_plug_ins_formula()
    {
        var publisher = External.Program("mosquitto_pub", InstallClients);
        await using var server = await StartAsync();
        var secret = await server.AddThingAsync("s1", "climate-sensor");
        // At 20 degrees and 50 % the dew point is 9.26 degrees.
        await PublishAsync(publisher, server, secret, ClimatePack.Frame(1, Now, 20, 9.5, 50));
        await PublishAsync(publisher, server, secret, ClimatePack.Frame(1, Now.AddSeconds(1), 20, 9.2, 50));

        var alarm = (await server.UntilAsync("/api/alarms", answer => answer["items"]!.AsArray().Count > 0))["items"]![0]!;
        Assert.Equal(("condensation", "s1", "raised"), ((string)alarm["rule"]!, (string)alarm["thing"]!, (string)alarm["state"]!));
        var latest = await server.UntilAsync("/api/things/s1/latest", answer => answer["values"]!.AsObject().Count == 5);
        Assert.Equal(9.2, (double)latest["values"]!["surface"]!["value"]!);
        var notification = (await server.UntilAsync("/api/notifications", answer => answer["items"]!.AsArray().Count > 0))["items"]![0]!;
        Assert.Equal("s1 gets wet; at 50 % the dew point is above 9 °C", (string)notification["subject"]!["en"]!);
        var detail = await server.GetAsync("/api/packs/climate");
        Assert.Equal("dew_point(double, double) -> double", (string)detail["plugin"]!["functions"]![0]!["signature"]!);
    }

    [Fact]
    public async Task Another_build_takes_over_while_frames_come_in_and_nothing_is_lost()
    {
        await using var server = await StartAsync();
        await using var sensor = await ConnectAsync(server, "s1", "climate-sensor");
        using var stop = new CancellationTokenSource();
        var publishing = PublishAsync(sensor, stop.Token);
        await server.UntilAsync("/api/accounting", answer => (long)answer["rejected"]! > 20);

        packs.Install(ClimatePack.NextBuild);
        var reloaded = await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null);
        Assert.Equal("climate", (string)(await reloaded.Content.ReadFromJsonAsync<JsonNode>())!["changed"]!.AsArray().Single()!);
        await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! > 100);
        await stop.CancelAsync();
        var (taken, refused) = await publishing;

        var books = Books.Of(await server.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0));
        Assert.Equal(((5 * taken) + refused, 5 * taken, refused, 0L), (books.Received, books.Stored, books.Rejected, books.Duplicate));
        for (long? after = 0; after is not null;)
        {
            var replayed = await server.Admin.PostAsJsonAsync("/api/rejects/replay", new { filter = new { }, after });
            Assert.True(replayed.IsSuccessStatusCode, await replayed.Content.ReadAsStringAsync());
            after = (long?)(await replayed.Content.ReadFromJsonAsync<JsonNode>())!["after"];
        }

        books = Books.Of(await server.UntilAsync("/api/accounting", answer => (long)answer["rejected"]! == 0));
        Assert.Equal(5 * (taken + refused), books.Stored);
    }

    [Fact]
    public async Task What_a_decoder_cannot_read_is_told_to_the_device_and_harms_nobody_else()
    {
        await using var server = await StartAsync();
        await using var sensor = await ConnectAsync(server, "s1", "climate-sensor");
        await using var panel = await ConnectAsync(server, "p1", "climate-panel");
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, await sensor.PublishAsync("jw/s1/readings", new byte[] { 1, 2 }, MqttQoS.AtLeastOnce));
        Assert.Equal(MqttReasonCode.Success, await sensor.PublishAsync("jw/s1/readings", ClimatePack.Frame(1, Now, 20, 9.5, 50), MqttQoS.AtLeastOnce));
        // A type that the channel does not name speaks JSON.
        Assert.Equal(MqttReasonCode.Success, await panel.PublishAsync("jw/p1/readings", """{"values":{"setpoint":21}}"""u8.ToArray(), MqttQoS.AtLeastOnce));
        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! == 6);
        Assert.Equal(1, (long)accounting["reasons"]!["unparsable"]!);
        var reject = (await server.GetAsync("/api/rejects"))["items"]![0]!;
        Assert.StartsWith("The decoder failed: ", (string)reject["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_plug_ins_are_not_allowed_the_server_says_so_and_does_not_start()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", [.. ServerProcess.ServeArguments(data), "--packs", packs.Root]);
        Assert.Equal(1, exitCode);
        Assert.Contains("climate/plugin/Climate.dll:1:1: the pack has a plug-in, and plug-ins are not allowed here (expected --plugins allow", output, StringComparison.Ordinal);
    }

    // A word that is none of the two must not count as the open one.
    [Theory]
    [InlineData("JINGWEI_PLUGINS=Allow", "--plugins takes allow or deny, not \"Allow\".")]
    [InlineData("JINGWEI_UNSIGNED_PACKS=deny", "--unsigned-packs takes allow or refuse, not \"deny\".")]
    public async Task A_setting_that_is_misspelt_stops_the_start(string variable, string said)
    {
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var (exitCode, output) = await ExternalProgram.RunAsync("env", [variable, "dotnet", .. ServerProcess.ServeArguments(data), "--packs", packs.Root]);
        Assert.Equal(2, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_to_a_pack_with_a_plug_in_where_none_is_allowed_leaves_everything_as_it_was()
    {
        var empty = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        await using var server = await ServerProcess.StartAsync(null, "serve", "--packs", empty);
        System.IO.Directory.Move(packs.Folder, Path.Combine(empty, "climate"));
        var answer = await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("plug-ins are not allowed here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await server.GetAsync("/api/packs"))["items"]!.AsArray());
    }

    // Frames of version 2, which the first build refuses and the next one takes; how many were taken and refused.
    private static async Task<(long Taken, long Refused)> PublishAsync(MqttClient sensor, CancellationToken stop)
    {
        var (taken, refused) = (0L, 0L);
        for (var time = Now; !stop.IsCancellationRequested; time = time.AddMilliseconds(1))
        {
            var reason = await sensor.PublishAsync("jw/s1/readings", ClimatePack.Frame(2, time, 20, 9.5, 50), MqttQoS.AtLeastOnce, cancel: CancellationToken.None);
            Assert.True(reason is MqttReasonCode.Success or MqttReasonCode.PayloadFormatInvalid, $"The answer was {reason}.");
            _ = reason == MqttReasonCode.Success ? taken++ : refused++;
        }

        return (taken, refused);
    }

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(null, "serve", "--packs", packs.Root, "--plugins", "allow");

    private static async Task<MqttClient> ConnectAsync(ServerProcess server, string thing, string type)
    {
        var secret = await server.AddThingAsync(thing, type);
        return await MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, Version = MqttProtocolVersion.V5, ClientId = thing, UserName = thing, Password = secret });
    }

    private static async Task PublishAsync(string publisher, ServerProcess server, string secret, byte[] frame)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, frame);
        var (exitCode, output) = await ExternalProgram.RunAsync(
            publisher, "-V", "5", "-h", server.MqttHost, "-p", $"{server.MqttPort}", "-u", "s1", "-P", secret, "-q", "1", "-t", "jw/s1/readings", "-f", file);
        Assert.True(exitCode == 0, output);
    }
}

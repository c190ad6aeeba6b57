using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Crash;

/// <summary>A log that cannot be written any more: nothing is acknowledged, everybody is told, and the next start goes on.</summary>
public sealed class DiskFullTests
{
    private const string Write = "/write?db=factory&precision=ms";

    // A file that reaches its limit raises SIGXFSZ, which ends a process unless it is ignored; then the write fails (setrlimit(2)).
    private const string IgnoringTheSignal = "trap '' XFSZ; exec \"$@\"";

    private readonly long start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;

    [Fact]
    public async Task A_full_disk_stops_intake_aloud_and_a_new_start_has_all_that_was_acknowledged()
    {
        var prlimit = External.Program("prlimit", "apt-get install util-linux");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        int acknowledged;
        await using (var server = await ServerProcess.StartAsync(
            "sh", ["-c", IgnoringTheSignal, "sh", "dotnet", .. ServerProcess.ServeArguments(data)], data))
        {
            var secret = await server.AddThingAsync("m1", "drilling-machine");
            await using var modern = await ConnectAsync(server, secret, MqttProtocolVersion.V5);
            await using var old = await ConnectAsync(server, secret, MqttProtocolVersion.V311);
            await WriteAsync(server, 0);
            await server.UntilAsync("/api/accounting", accounting => (long)accounting["pending"]! == 0);

            // Above what the database's own log grows to (1,000 pages of 4 KiB), so that it is ours that meets the limit.
            var limit = (8 << 20).ToString(CultureInfo.InvariantCulture);
            var (exit, output) = await ExternalProgram.RunAsync(prlimit, "--pid", server.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:{limit}");
            Assert.True(exit == 0, output);
            acknowledged = await WriteUntilRefusedAsync(server);

            await AssertStoppedAsync(server, modern, old);
            await server.KillAsync();
        }

        await using var again = await ServerProcess.StartAsync(data);
        await AssertRecoveredAsync(again, acknowledged);
    }

    // Requests of 1,000 readings, each a millisecond on; the number of the first that was not acknowledged.
    private async Task<int> WriteUntilRefusedAsync(ServerProcess server)
    {
        for (var request = 1; request < 10_000; request++)
        {
            var answer = await WriteAsync(server, request);
            if (answer.StatusCode != HttpStatusCode.NoContent)
            {
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, string.Join("\n", server.Output));
                Assert.NotNull(answer.Headers.RetryAfter);
                return request;
            }
        }

        throw new InvalidOperationException("The limit was never reached.");
    }

    private static async Task AssertStoppedAsync(ServerProcess server, MqttClient modern, MqttClient old)
    {
        var payload = """{"values":{"spindle_temperature":1}}"""u8.ToArray();
        Assert.Equal(MqttReasonCode.ImplementationSpecificError, await modern.PublishAsync("jw/m1/readings", payload, MqttQoS.AtLeastOnce));
        await Assert.ThrowsAsync<MqttClientException>(() => old.PublishAsync("jw/m1/readings", payload, MqttQoS.AtLeastOnce));
        var ready = await server.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("not-ready", (string)(await ready.Content.ReadFromJsonAsync<JsonNode>())!["code"]!);
        Assert.Equal(HttpStatusCode.OK, (await server.Anonymous.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        lock (server.Output)
        {
            Assert.Contains(server.Output, line => line.Contains("No readings are taken in any more, because a write failed", StringComparison.Ordinal));
        }
    }

    private async Task AssertRecoveredAsync(ServerProcess server, int acknowledged)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await WriteAsync(server, 20_000)).StatusCode);
        var accounting = await server.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0);
        Assert.Equal(0, (long)accounting["rejected"]!);

        // The one request whose outcome was unknown may be there as a whole, or not.
        var all = (await server.GetAsync($"/api/things/m1/readings?property=spindle_temperature&from={start}"))["points"]!.AsArray();
        var points = all.Select(point => (long)point![0]! - start).ToList();
        var unknown = points.Count - ((acknowledged + 1) * 1000);
        Assert.True(unknown is 0 or 1000, $"{points.Count} points for {acknowledged} requests and one after the new start");
        Assert.Equal(Enumerable.Range(0, (acknowledged * 1000) + unknown).Select(number => (long)number), points.SkipLast(1000));
        Assert.Equal(points.Count, (long)accounting["stored"]!);
    }

    private async Task<HttpResponseMessage> WriteAsync(ServerProcess server, int request)
    {
        var lines = new StringBuilder();
        for (var line = 0; line < 1000; line++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"d,machine=m1 spindle_temperature={line} {start + (request * 1000L) + line - (request == 20_000 ? 17_000_000 : 0)}\n");
        }

        return await server.Admin.PostAsync(Write, new StringContent(lines.ToString()));
    }

    private static Task<MqttClient> ConnectAsync(ServerProcess server, string secret, MqttProtocolVersion version) => MqttClient.ConnectAsync(
        new() { Host = server.MqttHost, Port = server.MqttPort, Version = version, ClientId = $"m1-{version}", UserName = "m1", Password = secret });
}

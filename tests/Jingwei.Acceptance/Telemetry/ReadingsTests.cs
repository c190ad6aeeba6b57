using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Telemetry;

public sealed class ReadingsTests
{
    private const string Write = "/write?db=factory&precision=ms";

    [Fact]
    public async Task Lines_are_answered_after_they_are_durable_and_then_queried()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.AddThingAsync("m1", "drilling-machine");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($"drill,machine=m1 spindle_temperature=21.5,state=\"producing\" {now - 2000}\n"));
        }

        using var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.PostAsync(Write, body)).StatusCode);
        var partial = await server.Admin.PostAsync(Write, new StringContent(
            $"drill,machine=m1 spindle_temperature=22.5,state=\"idle\" {now - 1000}\nbroken\ndrill,machine=m9 spindle_temperature=1 {now}"));
        Assert.Equal(HttpStatusCode.BadRequest, partial.StatusCode);
        var failed = (await partial.Content.ReadFromJsonAsync<JsonNode>())!["lines"]!.AsArray();
        Assert.Equal([(2, "unparsable"), (3, "unknown-thing")], failed.Select(line => ((int)line!["line"]!, (string)line["code"]!)));

        var accounts = await server.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0);
        Assert.Equal((6L, 4L, 2L), ((long)accounts["received"]!, (long)accounts["stored"]!, (long)accounts["rejected"]!));
        var latest = await server.GetAsync("/api/things/m1/latest");
        Assert.Equal((22.5, "idle"), ((double)latest["values"]!["spindle_temperature"]!["value"]!, (string)latest["values"]!["state"]!["value"]!));
        var points = (await server.GetAsync("/api/things/m1/readings?property=spindle_temperature"))["points"]!.AsArray();
        Assert.Equal([(now - 2000, 21.5), (now - 1000, 22.5)], points.Select(point => ((long)point![0]!, (double)point[1]!)));
        var states = await server.GetAsync("/api/things/m1/states?property=state");
        Assert.Equal(["producing", "idle"], states["intervals"]!.AsArray().Select(interval => (string)interval!["value"]!));
        var rejects = (await server.GetAsync("/api/rejects?reason=unknown-thing"))["items"]!.AsArray();
        Assert.Equal(("m9", "line-readings"), ((string)rejects.Single()!["thing"]!, (string)rejects.Single()!["channel"]!));
        var channel = (await server.GetAsync("/api/channels"))["items"]!.AsArray().Single(item => (string)item!["id"]! == "line-readings");
        Assert.Equal((6L, 4L), ((long)channel!["received"]!, (long)channel["stored"]!));
        var buckets = (await server.GetAsync("/api/things/m1/readings?property=spindle_temperature&bucket=1d&agg=sum"))["points"]!.AsArray();
        Assert.Equal(44, buckets.Sum(bucket => (double)bucket![1]!));
        var many = (await server.GetAsync("/api/latest?type=machine"))["items"]!.AsArray();
        Assert.Equal("m1", (string)many.Single()!["thing"]!);
        var sql = await server.Admin.PostAsJsonAsync("/api/query", new { sql = "SELECT count() AS n FROM readings" });
        Assert.Equal(2, (int)(await sql.Content.ReadFromJsonAsync<JsonNode>())!["rows"]![0]![0]!);
    }

    [Fact]
    public async Task Everything_acknowledged_is_there_exactly_once_after_a_kill()
    {
        var server = await ServerProcess.StartAsync();
        await using var first = server;
        await server.AddThingAsync("m1", "drilling-machine");
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000;
        var acknowledged = 0;
        const int perRequest = 500;
        for (var request = 0; request < 40; request++)
        {
            var lines = Enumerable.Range(0, perRequest).Select(line => $"d,machine=m1 spindle_temperature={line} {start + (request * perRequest) + line}");
            (await server.Admin.PostAsync(Write, new StringContent(string.Join('\n', lines)))).EnsureSuccessStatusCode();
            acknowledged += perRequest;
        }

        await server.KillAsync();
        await using var again = await ServerProcess.StartAsync(server.Data);

        var accounts = await again.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0);
        Assert.Equal((acknowledged, acknowledged), ((int)accounts["received"]!, (int)accounts["stored"]!));
        var points = (await again.GetAsync($"/api/things/m1/readings?property=spindle_temperature&from={start}"))["points"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, acknowledged).Select(index => start + index), points.Select(point => (long)point![0]!));
    }

    [Fact]
    public async Task A_message_published_with_a_foreign_client_is_stored()
    {
        var program = External.Program("mosquitto_pub", "apt-get install mosquitto-clients");
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("m1", "drilling-machine");

        var (exit, output) = await ExternalProgram.RunAsync(
            program, "-V", "5", "-h", server.MqttHost, "-p", $"{server.MqttPort}", "-u", "m1", "-P", secret, "-q", "1",
            "-t", "jw/m1/readings", "-m", """{"values":{"spindle_temperature":42,"state":"setup"}}""");

        Assert.True(exit == 0, output);
        var latest = await server.GetAsync("/api/things/m1/latest");
        Assert.Equal(42, (double)latest["values"]!["spindle_temperature"]!["value"]!);
        await server.UntilAsync("/api/accounting", answer => (long)answer["stored"]! == 2);
    }

    [Fact]
    public async Task Messages_without_a_time_that_come_together_are_all_kept()
    {
        const int count = 200;
        await using var server = await ServerProcess.StartAsync();
        var secret = await server.AddThingAsync("m1", "drilling-machine");
        await using var client = await MqttClient.ConnectAsync(
            new MqttClientOptions { Host = server.MqttHost, Port = server.MqttPort, UserName = "m1", Password = secret, MaxInflight = count });

        var reasons = await Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
            client.PublishAsync("jw/m1/readings", """{"values":{"spindle_temperature":1}}"""u8.ToArray(), MqttQoS.AtLeastOnce)));

        Assert.All(reasons, reason => Assert.Equal(MqttReasonCode.Success, reason));
        var accounts = await server.UntilAsync("/api/accounting", answer => (long)answer["pending"]! == 0);
        Assert.Equal((count, 0), ((int)accounts["stored"]!, (int)accounts["duplicate"]!));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Acceptance.Intake;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server.Packs;

namespace Jingwei.Acceptance.Hosting;

/// <summary>Packs that change while readings come in as fast as the publishers can.</summary>
public sealed class PackReloadTests : IAsyncLifetime
{
    private const int Publishers = 4;
    private const int Reloads = 8;

    private readonly string packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
    private ServerProcess server = null!;

    private string RuleFile => Path.Combine(packs, "yard", "rules", "yard-hot.yaml");

    public async ValueTask InitializeAsync()
    {
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        await WriteRuleAsync(80);
        server = await ServerProcess.StartAsync(null, "serve", "--packs", packs);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Under_load_nothing_is_lost_and_no_alarm_is_raised_twice()
    {
        using var stop = new CancellationTokenSource();
        var publishing = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(number => ConnectAsync($"tank-{number}")));
        var running = publishing.Select((client, number) => PublishAsync(client, $"tank-{number}", stop.Token)).ToList();
        await server.UntilAsync("/api/alarms?rule=yard-hot", alarms => alarms["items"]!.AsArray().Count == Publishers);

        for (var reload = 1; reload <= Reloads; reload++)
        {
            await WriteRuleAsync(80 - reload);
            var answer = await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("yard", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["changed"]!.AsArray().Single()!);
            await server.UntilAsync("/api/rules", rules => ((string)rules["items"]![0]!["when"]!).EndsWith($"{80 - reload}.0", StringComparison.Ordinal));
        }

        await stop.CancelAsync();
        var acknowledged = (await Task.WhenAll(running)).Sum();
        var books = Books.Of(await server.UntilAsync("/api/accounting", accounting => (long)accounting["pending"]! == 0));
        Assert.Equal((acknowledged, acknowledged, 0L, 0L), (books.Received, books.Stored, books.Rejected, books.Duplicate));
        var raised = (await server.GetAsync("/api/alarms?rule=yard-hot"))["items"]!.AsArray();
        Assert.Equal(Publishers, raised.Select(alarm => (string)alarm!["thing"]!).Distinct().Count());
        Assert.Equal(Publishers, raised.Count);
        Assert.All(raised, alarm => Assert.Equal("raised", (string)alarm!["state"]!));
    }

    [Fact]
    public async Task With_a_mistake_everything_stays_and_the_place_is_told()
    {
        await File.WriteAllTextAsync(RuleFile, (await File.ReadAllTextAsync(RuleFile)).Replace("temperature >", "temprature >", StringComparison.Ordinal));
        var answer = await server.Admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("bad-packs", (string)problem["code"]!);
        Assert.StartsWith("yard/rules/yard-hot.yaml:4:", (string)problem["errors"]!.AsArray().Single()!, StringComparison.Ordinal);
        Assert.Equal("temperature > 80.0", (string)(await server.GetAsync("/api/rules"))["items"]![0]!["when"]!);
    }

    private async Task<MqttClient> ConnectAsync(string id)
    {
        var secret = await server.AddThingAsync(id, "yard-tank");
        return await MqttClient.ConnectAsync(new() { Host = server.MqttHost, Port = server.MqttPort, ClientId = id, UserName = id, Password = secret });
    }

    // A hot reading after the other, each a millisecond after the last; how many were acknowledged.
    private static async Task<long> PublishAsync(MqttClient client, string thing, CancellationToken stop)
    {
        var first = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000;
        var sent = 0L;
        for (; !stop.IsCancellationRequested; sent++)
        {
            var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{first + sent},\"values\":{{\"temperature\":{90 + (sent % 10)}}}}}");
            await client.PublishAsync($"jw/{thing}/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce, cancel: CancellationToken.None);
        }

        await client.DisposeAsync();
        return sent;
    }

    private Task WriteRuleAsync(int limit) => File.WriteAllTextAsync(
        RuleFile,
        $"""
        rule: yard-hot
        type: yard-tank
        severity: orange
        when: temperature > {limit}.0
        clear: temperature < 40.0
        """);
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Mqtt;

/// <summary>Our server with its defaults: each device is a thing with its own secret, each reading is parsed, judged, synced and stored.</summary>
public sealed class JingweiBroker : IBroker
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    public ServerUnderLoad Server { get; } = new(Layout.Server, Layout.Packs);

    public SubjectProcess Process => Server.Process;

    public int Port => Server.MqttPort;

    public Task StartAsync(CancellationToken cancellation) => Server.StartAsync(cancellation);

    public async Task<IReadOnlyList<Login>> DevicesAsync(int count, CancellationToken cancellation) =>
        [.. (await Server.AddMetersAsync(count, cancellation)).Select(meter => new Login(meter.Id, meter.Id, meter.Secret, $"jw/{meter.Id}/readings"))];

    public async Task<Login> ApplicationAsync(CancellationToken cancellation)
    {
        var answer = await Server.Api.PostAsJsonAsync(
            "/api/tokens", new { name = "load", role = "operator", party = "root", region = "root" }, cancellation);
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!["token"]!;
        return new Login("application", "token", (string)token!, "load/out");
    }

    public async Task CheckStoredAsync(long acknowledged, long sum, CancellationToken cancellation)
    {
        var accounting = await Server.GetAsync("/api/accounting", cancellation);
        while ((long)accounting["pending"]! > 0)
        {
            await Task.Delay(AskAgain, TimeProvider.System, cancellation);
            accounting = await Server.GetAsync("/api/accounting", cancellation);
        }

        var answer = await Server.Api.PostAsJsonAsync("/api/query", new { sql = "SELECT count(), toInt64(sum(value)) FROM readings" }, cancellation);
        var row = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!["rows"]![0]!;
        if ((long)accounting["stored"]! != acknowledged || (long)row[0]! != acknowledged || (long)row[1]! != sum)
        {
            throw new InvalidOperationException($"{acknowledged} readings were acknowledged, their sum is {sum}; stored are {row.ToJsonString()}, accounted for {accounting.ToJsonString()}");
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

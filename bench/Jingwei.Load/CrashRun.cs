using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load;

/// <summary>What a run is made of.</summary>
/// <param name="Rate">Readings a second over all clients.</param>
/// <param name="KillAfter">When the server is killed with SIGKILL and started again; null for never.</param>
public sealed record CrashPlan(int Clients, int Rate, TimeSpan Length, TimeSpan? KillAfter);

/// <summary>What came of it; <see cref="Faults"/> is empty when nothing was lost, doubled or unaccounted for.</summary>
public sealed record CrashResult(
    long Acknowledged, long Sent, long Resent, long Stored, long Distinct, JsonNode Accounting, TimeSpan Took, long PeakMemory, IReadOnlyList<string> Faults);

/// <summary>
/// Readings over MQTT QoS 1 from many clients while the server is killed and started again: every acknowledged one must
/// be there once, with its value, and the accounting must add up.
/// </summary>
public static class CrashRun
{
    public static async Task<CrashResult> RunAsync(ServerUnderLoad server, CrashPlan plan, Action<string> say, CancellationToken cancellation)
    {
        await server.StartAsync(cancellation);
        say($"server ready after {server.ReadyAfter.TotalSeconds:f2} s");
        var secrets = await server.AddMetersAsync(plan.Clients, cancellation);
        var firstMs = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        var pace = TimeSpan.FromSeconds((double)plan.Clients / plan.Rate);
        var meters = secrets.Select(each => new Meter(each.Id, each.Secret, firstMs, pace)).ToList();
        var each = (long)(plan.Length.TotalSeconds * plan.Rate / plan.Clients);

        var started = Stopwatch.GetTimestamp();
        var running = meters.Select(meter => meter.RunAsync(each, () => (server.MqttHost, server.MqttPort), cancellation)).ToList();
        long memory = 0;
        if (plan.KillAfter is { } kill)
        {
            await Task.Delay(kill, TimeProvider.System, cancellation);
            memory = server.Process.Memory;
            await server.KillAsync();
            say($"killed after {kill.TotalSeconds:f0} s");
            await server.StartAsync(cancellation);
            say($"ready again after {server.ReadyAfter.TotalSeconds:f2} s");
        }

        await Task.WhenAll(running);
        var took = Stopwatch.GetElapsedTime(started);
        memory = Math.Max(memory, server.Process.Memory);
        var accounting = await SettledAsync(server, cancellation);
        var (stored, distinct, faults) = await CheckAsync(server, meters, accounting, cancellation);
        return new(
            meters.Sum(meter => meter.Acknowledged.Count), meters.Sum(meter => meter.Sent), meters.Sum(meter => meter.Resent),
            stored, distinct, accounting, took, memory, faults);
    }

    // Everything acknowledged is in the log; wait until the engine has it too.
    private static async Task<JsonNode> SettledAsync(ServerUnderLoad server, CancellationToken cancellation)
    {
        var accounting = await server.GetAsync("/api/accounting", cancellation);
        while ((long)accounting["pending"]! > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
            accounting = await server.GetAsync("/api/accounting", cancellation);
        }

        return accounting;
    }

    private static async Task<(long Stored, long Distinct, IReadOnlyList<string> Faults)> CheckAsync(
        ServerUnderLoad server, IReadOnlyList<Meter> meters, JsonNode accounting, CancellationToken cancellation)
    {
        var answer = await server.Api.PostAsJsonAsync(
            "/api/query", new { sql = "SELECT count() AS stored, uniqExact(series, time) AS distinct_keys FROM readings" }, cancellation);
        var row = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation))!["rows"]![0]!;
        var (stored, distinct) = (Number(row[0]!), Number(row[1]!));
        var acknowledged = meters.Sum(meter => (long)meter.Acknowledged.Count);
        var faults = new List<string>();
        Expect(stored == distinct, $"{stored - distinct} readings are stored twice");
        Expect(distinct == acknowledged, $"{acknowledged} were acknowledged and {distinct} are stored");
        Expect(
            (long)accounting["received"]! == (long)accounting["stored"]! + (long)accounting["pending"]! + (long)accounting["rejected"]! + (long)accounting["duplicate"]!,
            $"the accounting does not add up: {accounting.ToJsonString()}");
        Expect((long)accounting["stored"]! == stored, $"the accounting says {accounting["stored"]} stored, the engine has {stored}");
        var (sent, resent) = (meters.Sum(meter => meter.Sent), meters.Sum(meter => meter.Resent));
        Expect(sent == acknowledged + resent, $"{sent} were sent, {acknowledged} acknowledged and {resent} sent again");
        Expect(
            (long)accounting["received"]! >= acknowledged && (long)accounting["received"]! <= sent,
            $"{accounting["received"]} were received of {sent} sent");
        Expect((long)accounting["duplicate"]! <= resent, $"{accounting["duplicate"]} duplicates, though only {resent} were sent again");
        Expect((long)accounting["rejected"]! == 0, $"{accounting["rejected"]} were rejected");
        foreach (var meter in meters)
        {
            var points = (await server.GetAsync($"/api/things/{meter.Id}/readings?property=value&from=2000-01-01T00:00:00Z", cancellation))["points"]!.AsArray();
            var values = points.Select(point => (long)(double)point![1]!).ToHashSet();
            Expect(values.SetEquals(meter.Acknowledged), $"{meter.Id}: {meter.Acknowledged.Count} acknowledged, {points.Count} read back, or their values differ");
        }

        return (stored, distinct, faults);

        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static long Number(JsonNode node) =>
        node.GetValueKind() == System.Text.Json.JsonValueKind.String ? long.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture) : (long)node;
}

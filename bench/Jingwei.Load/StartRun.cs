using System.Globalization;
using System.Text;
using Jingwei.Load.Servers;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Load;

/// <summary>How long the server takes to be ready, what it holds when idle, and how soon a reading shows.</summary>
public static class StartRun
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>Seconds from the start of the process to its ready line, and resident bytes ten seconds later, run by run.</summary>
    public static async Task<IReadOnlyList<(double Seconds, long Memory)>> StartsAsync(int runs, CancellationToken cancellation)
    {
        var found = new List<(double, long)>();
        for (var run = 0; run < runs; run++)
        {
            await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
            await server.StartAsync(cancellation);
            await Task.Delay(Settle, TimeProvider.System, cancellation);
            found.Add((server.ReadyAfter.TotalSeconds, server.Process.Memory));
        }

        return found;
    }

    /// <summary>Milliseconds from publishing a reading over MQTT (QoS 1) until `latest` over HTTP shows it, reading by reading.</summary>
    public static async Task<IReadOnlyList<double>> LatencyAsync(int readings, CancellationToken cancellation)
    {
        await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        await server.StartAsync(cancellation);
        var (id, secret) = (await server.AddMetersAsync(1, cancellation))[0];
        await using var client = await MqttClient.ConnectAsync(
            new MqttClientOptions { Host = server.MqttHost, Port = server.MqttPort, ClientId = id, UserName = id, Password = secret }, cancellation);
        var found = new List<double>();
        for (var number = 1; number <= readings; number++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"values\":{{\"value\":{number}}}}}"));
            await client.PublishAsync($"jw/{id}/readings", payload, MqttQoS.AtLeastOnce, cancel: cancellation);
            while ((double?)(await server.GetAsync($"/api/things/{id}/latest", cancellation))["values"]?["value"]?["value"] != number)
            {
                // Asked again at once: the question itself takes a fraction of a millisecond.
            }

            found.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        return found;
    }
}

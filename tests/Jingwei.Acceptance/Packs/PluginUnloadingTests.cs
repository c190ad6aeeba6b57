using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server;
using Jingwei.Server.Hosting;
using Jingwei.Server.Packs.Signing;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Packs;

/// <summary>The whole server within the test's process, so that the test can see what is left of a plug-in that is out of force.</summary>
public sealed class PluginUnloadingTests : IDisposable
{
    // Collections after which nothing that is not referred to can be left; each waits for the finalizers of the one before.
    private const int Collections = 10;

    private readonly ClimatePack packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public async Task Of_a_build_that_was_replaced_nothing_is_left_in_memory()
    {
        using var stop = new CancellationTokenSource();
        var options = new ServerOptions(
            System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName, new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 0), packs.Root, ServerProcess.AdminPassword)
        {
            PackTrust = PackTrust.Anyone with { PluginsAllowed = true },
        };
        Exception? fault = null;
        await ServerRun.RunAsync(
            options,
            async (_, listening) =>
            {
                try
                {
                    await ReplaceAsync(listening);
                }
#pragma warning disable CA1031 // Told once the server has ended.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    fault = error;
                }

                await stop.CancelAsync();
            },
            stop.Token);
        Assert.Null(fault);
    }

    private async Task ReplaceAsync(Listening listening)
    {
        using var admin = new HttpClient { BaseAddress = listening.Http };
        var login = await admin.PostAsJsonAsync("/api/login", new { user = "admin", password = ServerProcess.AdminPassword });
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await login.Content.ReadFromJsonAsync<JsonNode>())!["token"]!);
        await using var sensor = await ConnectAsync(admin, listening, "s1", "climate-sensor");
        await using var panel = await ConnectAsync(admin, listening, "p1", "climate-panel");
        // Everything that uses the plug-in has used it: the decoder, a rule, an indicator, the words of a notification.
        // And somebody speaks JSON, of whom what is known is remembered.
        for (var setpoint = 20; setpoint < 23; setpoint++)
        {
            var payload = new JsonObject { ["values"] = new JsonObject { ["setpoint"] = setpoint } };
            Assert.Equal(MqttReasonCode.Success, await panel.PublishAsync("jw/p1/readings", Encoding.UTF8.GetBytes(payload.ToJsonString()), MqttQoS.AtLeastOnce));
        }

        await PublishAsync(sensor, 0, 9.5);
        await PublishAsync(sensor, 1, 9.2);
        await UntilAsync(admin, "/api/notifications");
        await UntilAsync(admin, "/api/indicators?thing=s1");
        var before = Loaded();
        Assert.NotEmpty(before);

        packs.Install(ClimatePack.NextBuild);
        (await admin.PostAsync(new Uri("/api/packs/reload", UriKind.Relative), null)).EnsureSuccessStatusCode();
        // The loops take the new packs up with the next round; then nobody has the old ones.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var collection = 0; collection < Collections && Alive(before) > 0; collection++)
        {
            await pause.WaitForNextTickAsync();
            Collect();
        }

        Assert.Equal(0, Alive(before));
        Assert.NotEmpty(Loaded());
        await PublishAsync(sensor, 2, 9.5);
    }

    private static async Task<MqttClient> ConnectAsync(HttpClient admin, Listening listening, string id, string type)
    {
        (await admin.PostAsJsonAsync("/api/things", new { id, type })).EnsureSuccessStatusCode();
        var credentials = await admin.PostAsync(new Uri($"/api/things/{id}/credentials", UriKind.Relative), null);
        var secret = (string)(await credentials.Content.ReadFromJsonAsync<JsonNode>())!["secret"]!;
        return await MqttClient.ConnectAsync(
            new() { Host = "127.0.0.1", Port = listening.Mqtt.Port, Version = MqttProtocolVersion.V5, ClientId = id, UserName = id, Password = secret });
    }

    private static async Task PublishAsync(MqttClient sensor, int second, double surface)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddSeconds(second);
        Assert.Equal(MqttReasonCode.Success, await sensor.PublishAsync("jw/s1/readings", ClimatePack.Frame(1, time, 20, surface, 50), MqttQoS.AtLeastOnce));
    }

    private static async Task UntilAsync(HttpClient admin, string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await admin.GetFromJsonAsync<JsonNode>(path, CancellationToken.None))!["items"]!.AsArray().Count == 0)
        {
            Assert.False(limit.IsCancellationRequested, $"{path} has no items.");
            await pause.WaitForNextTickAsync();
        }
    }

    // The contexts and the assemblies in them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Loaded() =>
        [.. AssemblyLoadContext.All.Where(context => context.Name == "plug-in of climate").SelectMany(context => context.Assemblies.Append<object>(context)).Select(part => new WeakReference(part))];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Alive(WeakReference[] parts) => parts.Count(context => context.IsAlive);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
    }
}

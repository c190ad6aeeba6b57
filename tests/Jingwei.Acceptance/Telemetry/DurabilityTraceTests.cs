using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Telemetry;

/// <summary>The system calls themselves show that an acknowledgement leaves after the log was written and synced.</summary>
public sealed partial class DurabilityTraceTests
{
    [Fact]
    public async Task The_log_is_written_and_synced_before_the_answer_leaves() => await TraceAsync(
        async server => (await server.Admin.PostAsync("/write?db=factory", new StringContent("d,machine=m1 spindle_temperature=1"))).EnsureSuccessStatusCode(),
        HttpAnswer());

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task The_log_is_written_and_synced_before_the_PUBACK_leaves(MqttProtocolVersion version) => await TraceAsync(
        async server =>
        {
            var answer = await server.Admin.PostAsync(new Uri("/api/things/m1/credentials", UriKind.Relative), null);
            var secret = (string)System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["secret"]!;
            await using var client = await MqttClient.ConnectAsync(
                new() { Host = server.MqttHost, Port = server.MqttPort, Version = version, UserName = "m1", Password = secret });
            var reason = await client.PublishAsync("jw/m1/readings", """{"values":{"spindle_temperature":1}}"""u8.ToArray(), MqttQoS.AtLeastOnce);
            Assert.Equal(MqttReasonCode.Success, reason);
        },
        Acknowledgement());

    [Theory]
    [InlineData("os", 0)]
    [InlineData("interval", 1)]
    public async Task Without_always_no_answer_waits_for_a_sync(string policy, int syncs)
    {
        var strace = External.Program("strace", "apt-get install strace");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var trace = Path.Combine(data, "trace.txt");

        // The engine, which has the log synced first, takes nothing while this runs; the interval ends after the first message only.
        string[] arguments =
        [
            "-f", "-y", "-s", "64", "-o", trace, "-e", "trace=pwrite64,fsync,fdatasync", "env", "JINGWEI_Telemetry__EngineDelay=01:00:00",
            "JINGWEI_Telemetry__SyncInterval=00:00:00.250", "dotnet", .. ServerProcess.ServeArguments(data), "--sync", policy,
        ];
        await using (var server = await ServerProcess.StartAsync(strace, arguments, data))
        {
            Assert.Equal(policy, (string)(await server.GetAsync("/api/accounting"))["log"]!["sync"]!);
            await server.AddThingAsync("m1", "drilling-machine");
            (await server.Admin.PostAsync("/write?db=factory", new StringContent("d,machine=m1 spindle_temperature=1"))).EnsureSuccessStatusCode();
            using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (LogSyncs(trace) < syncs)
            {
                await look.WaitForNextTickAsync();
            }

            await server.KillAsync();
        }

        Assert.Equal(syncs, LogSyncs(trace));
        System.IO.Directory.Delete(data, recursive: true);
    }

    // Of what was written: a new file is synced as such, before its first frame.
    private static int LogSyncs(string trace)
    {
        using var reader = new StreamReader(new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var calls = reader.ReadToEnd().Split('\n');
        var write = Array.FindIndex(calls, call => LogWrite().IsMatch(call));
        return write < 0 ? 0 : calls.Skip(write).Count(call => LogSync().IsMatch(call));
    }

    private static async Task TraceAsync(Func<ServerProcess, Task> deliver, Regex acknowledgement)
    {
        var strace = External.Program("strace", "apt-get install strace");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var trace = Path.Combine(data, "trace.txt");
        string[] arguments =
        [
            "-f", "-y", "-s", "64", "-o", trace, "-e", "trace=pwrite64,fsync,fdatasync,write,writev,sendto,sendmsg", "dotnet", .. ServerProcess.ServeArguments(data),
        ];
        await using (var server = await ServerProcess.StartAsync(strace, arguments, data))
        {
            await server.AddThingAsync("m1", "drilling-machine");
            await deliver(server);
        }

        var calls = (await File.ReadAllLinesAsync(trace)).ToList();
        var write = calls.FindIndex(call => LogWrite().IsMatch(call));
        var sync = calls.FindIndex(write + 1, call => LogSync().IsMatch(call));
        var answer = calls.FindIndex(call => acknowledgement.IsMatch(call));
        Assert.True(
            write >= 0 && sync > write && answer > SyncEnd(calls, sync),
            string.Create(CultureInfo.InvariantCulture, $"write {write}, sync {sync}, answer {answer} of {calls.Count} calls in {trace}"));
        System.IO.Directory.Delete(data, recursive: true);
    }

    // A call that another thread interrupts in the trace ends on a line of its own.
    private static int SyncEnd(List<string> calls, int sync)
    {
        var thread = calls[sync][..calls[sync].IndexOf(' ', StringComparison.Ordinal)];
        return calls[sync].Contains("<unfinished", StringComparison.Ordinal)
            ? calls.FindIndex(sync, call => call.StartsWith(thread, StringComparison.Ordinal) && call.Contains("sync resumed", StringComparison.Ordinal))
            : sync;
    }

    [GeneratedRegex(@"pwrite64\(\d+<[^>]*/log/\d+\.log>, ""JWF3")]
    private static partial Regex LogWrite();

    [GeneratedRegex(@"(fsync|fdatasync)\(\d+<[^>]*/log/\d+\.log>")]
    private static partial Regex LogSync();

    [GeneratedRegex("HTTP/1.1 204")]
    private static partial Regex HttpAnswer();

    // PUBACK is 40, the rest's length (2 without, 3 or 4 with a reason code), and the client's first packet identifier, 00 01.
    [GeneratedRegex("""(sendto|sendmsg|write|writev)\(\d+<(socket|TCP).*"@\\[234]\\0\\1""")]
    private static partial Regex Acknowledgement();
}

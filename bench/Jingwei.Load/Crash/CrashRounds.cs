using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Crash;

/// <summary>How often the server is killed, and under what.</summary>
/// <param name="Seed">Of the instants at which it is killed.</param>
/// <param name="Longest">From the first packet of a round to the kill, at most.</param>
public sealed record RoundsPlan(int Rounds, int Publishers, int Writers, int Window, int Seed, TimeSpan Longest);

/// <summary>What came of it.</summary>
/// <param name="Recoveries">Seconds from the start of the process to its ready line after each kill, in their order.</param>
/// <param name="Acknowledged">Values acknowledged over all rounds.</param>
/// <param name="Unsure">Values sent again because the kill came before their acknowledgement.</param>
/// <param name="Missing">Acknowledged values that are not there.</param>
/// <param name="Doubled">Values that are there more than once.</param>
/// <param name="Faults">Anything else that is not as it must be.</param>
public sealed record RoundsResult(IReadOnlyList<double> Recoveries, long Acknowledged, long Unsure, long Missing, long Doubled, IReadOnlyList<string> Faults);

/// <summary>
/// Readings over MQTT QoS 1 and line protocol together, as fast as the server takes them; SIGKILL at random instants; one data folder
/// throughout. What was not acknowledged is sent again in the next round, so every device has numbers without gaps.
/// </summary>
public sealed class CrashRounds(ServerUnderLoad server, RoundsPlan plan)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    private readonly Device[] devices = new Device[plan.Publishers + plan.Writers];
    private long unsure;

    /// <exception cref="InvalidOperationException">The server refused what it must take.</exception>
    public async Task<RoundsResult> RunAsync(Action<string> say, CancellationToken cancellation)
    {
        await server.StartAsync(cancellation);
        var now = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        var meters = await server.AddMetersAsync(devices.Length, cancellation);
        for (var number = 0; number < devices.Length; number++)
        {
            // First times differ, so that rows show whose they are.
            devices[number] = new(meters[number].Id, meters[number].Secret, now - number, 0, 0);
        }

        var random = new Random(plan.Seed);
        var recoveries = new List<double>();
        for (var round = 1; round <= plan.Rounds; round++)
        {
            await RoundAsync(plan.Longest * random.NextDouble(), cancellation);
            await server.StartAsync(cancellation);
            recoveries.Add(server.ReadyAfter.TotalSeconds);
            say(string.Create(CultureInfo.InvariantCulture, $"round {round}: {devices.Sum(device => device.Acknowledged)} acknowledged, ready again after {server.ReadyAfter.TotalSeconds:f2} s"));
        }

        var (missing, doubled, faults) = await CheckAsync(cancellation);
        return new(recoveries, devices.Sum(device => device.Acknowledged), unsure, missing, doubled, faults);
    }

    private async Task RoundAsync(TimeSpan length, CancellationToken cancellation)
    {
        var killed = false;
        var logins = devices.Take(plan.Publishers).Select(device => new Login(device.Id, device.Id, device.Secret, $"jw/{device.Id}/readings")).ToList();
        var links = await MqttLink.ConnectAllAsync(server.MqttPort, logins, clean: true, cancellation);
        var publishers = links.Select((link, number) => new ReadingPublisher(link, logins[number].Topic, devices[number].FirstMs, plan.Window, devices[number].Acknowledged)).ToList();
        var writers = devices.Skip(plan.Publishers).Select(device => new LineSource(server.Api.BaseAddress!, device.Id, device.Secret, device.FirstMs, device.Acknowledged)).ToList();
        var running = publishers.Select(publisher => UntilKilledAsync(() => publisher.RunAsync(() => false)))
            .Concat(writers.Select(writer => UntilKilledAsync(() => RunAsync(writer)))).ToList();
        await Task.WhenAny([Task.Delay(length, TimeProvider.System, cancellation), .. running]);
        Volatile.Write(ref killed, true);
        await server.KillAsync();
        await Task.WhenAll(running);
        Note(publishers, writers);
        foreach (var used in links.Concat<IDisposable>(writers))
        {
            used.Dispose();
        }

        // The end of a connection is expected once it was killed, and a fault before.
        Task UntilKilledAsync(Func<Task> run) => Task.Run(
            async () =>
            {
                try
                {
                    await run();
                }
                catch (SocketException) when (Volatile.Read(ref killed))
                {
                }
            },
            cancellation);
    }

    private static Task RunAsync(LineSource writer) =>
        Task.Factory.StartNew(() => writer.Run(() => false), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Note(IReadOnlyList<ReadingPublisher> publishers, IReadOnlyList<LineSource> writers)
    {
        var ends = publishers.Select(publisher => (publisher.Acknowledged, publisher.Sent)).Concat(writers.Select(writer => (writer.Acknowledged, writer.Sent))).ToList();
        for (var number = 0; number < devices.Length; number++)
        {
            var (acknowledged, sent) = ends[number];
            unsure += sent - acknowledged;
            devices[number] = devices[number] with { Acknowledged = acknowledged, Sent = Math.Max(sent, devices[number].Sent) };
        }
    }

    private async Task<(long Missing, long Doubled, List<string> Faults)> CheckAsync(CancellationToken cancellation)
    {
        var faults = new List<string>();
        var accounting = await SettledAsync(cancellation);
        var (received, stored, rejected, duplicate) =
            ((long)accounting["received"]!, (long)accounting["stored"]!, (long)accounting["rejected"]!, (long)accounting["duplicate"]!);
        if (received != stored + rejected + duplicate || rejected != 0)
        {
            faults.Add("the accounting does not add up: " + accounting.ToJsonString());
        }

        var rows = (await AskAsync("SELECT series, min(time), count() FROM readings GROUP BY series ORDER BY min(time) DESC", cancellation)).AsArray();
        if (rows.Count != devices.Length || rows.Sum(row => (long)row![2]!) != stored)
        {
            faults.Add($"{devices.Length} devices sent and {stored} values are accounted for; stored are {rows.ToJsonString()}");
        }

        var (missing, doubled) = (0L, 0L);
        foreach (var (device, row) in devices.Zip(rows))
        {
            var (lost, twice, fault) = await CheckAsync(device, (long)row![0]!, cancellation);
            missing += lost;
            doubled += twice;
            faults.AddRange(fault is null ? [] : [fault]);
        }

        return (missing, doubled, faults);
    }

    // The time of a reading tells its number, and so the value that it must have.
    private async Task<(long Missing, long Doubled, string? Fault)> CheckAsync(Device device, long series, CancellationToken cancellation)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"(intDiv(time, 1000) - {device.FirstMs})");
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT count(), uniqExact({number}), uniqExactIf({number}, {number} >= 0 AND {number} < {device.Acknowledged}),
                countIf({number} < 0 OR {number} >= {device.Sent} OR value != {number} + {ReadingPublisher.FirstValue})
            FROM readings WHERE series = {series}
            """);
        var row = (await AskAsync(sql, cancellation))[0]!;
        var (count, distinct, kept, wrong) = ((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!);
        return (device.Acknowledged - kept, count - distinct, wrong == 0 ? null : $"{device.Id}: {wrong} values that were never sent so");
    }

    private async Task<JsonNode> SettledAsync(CancellationToken cancellation)
    {
        var accounting = await server.GetAsync("/api/accounting", cancellation);
        while ((long)accounting["pending"]! > 0)
        {
            await Task.Delay(AskAgain, TimeProvider.System, cancellation);
            accounting = await server.GetAsync("/api/accounting", cancellation);
        }

        return accounting;
    }

    private async Task<JsonNode> AskAsync(string sql, CancellationToken cancellation)
    {
        var answer = await server.Api.PostAsJsonAsync("/api/query", new { sql }, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["rows"]!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
    }

    private sealed record Device(string Id, string Secret, long FirstMs, long Acknowledged, long Sent);
}

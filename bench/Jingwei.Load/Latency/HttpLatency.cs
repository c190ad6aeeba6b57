using System.Diagnostics;
using Jingwei.Load.Lines;

namespace Jingwei.Load.Latency;

/// <summary>
/// What it takes from when a request of a thousand values is due until its answer is there; due as in <see cref="MqttLatency"/>.
/// A connection sends one request after the other, so one that waits makes the next late, and that counts.
/// </summary>
public sealed class HttpLatency(LatencyPlan plan)
{
    private const int Hosts = 200;
    private const int Connections = 4;
    private const int LinesARequest = 100;
    private const long WarmUpValues = 1_000_000;
    private const long TopValues = 3_000_000;

    // At half of the top rate as many seconds as these make.
    private const long HalfValues = 4_000_000;

    public async Task<LatencyResult> RunAsync(CancellationToken cancellation)
    {
        var steadyValues = (long)(plan.Rate * plan.Measured.TotalSeconds);
        var lines = CpuLines.Make(new LinesShape(Hosts, Connections, LinesARequest, WarmUpValues, TopValues + steadyValues + HalfValues));
        await using var store = new JingweiLines();
        await store.StartAsync(cancellation);
        var connections = lines.Requests.Select(_ => new LineConnection(store)).ToList();
        try
        {
            var sent = 0;
            await TopAsync(WarmUpValues);
            var top = await TopAsync(TopValues);
            await SettleAsync();
            var steady = await PacedAsync(plan.Rate, steadyValues);
            await SettleAsync();
            var half = await PacedAsync(top / 2, HalfValues);
            return new(top, steady, half);

            async Task<double> TopAsync(long values)
            {
                var (started, requests) = (Stopwatch.GetTimestamp(), Take(values));
                await Task.WhenAll(connections.Select((connection, number) => connection.PostAsync([.. lines.Requests[number].Take(requests)])));
                return values / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            async Task<Percentiles> PacedAsync(double rate, long values)
            {
                var (started, requests) = (Stopwatch.GetTimestamp(), Take(values));
                var took = await Task.WhenAll(connections.Select((connection, number) => Task.Factory.StartNew(
                    () => Post(connection, [.. lines.Requests[number].Take(requests)], number, rate / CpuLines.Fields.Count / LinesARequest, started),
                    TaskCreationOptions.LongRunning)));
                return Percentiles.Of(rate, [.. took.SelectMany(each => each)]);
            }

            Range Take(long values)
            {
                var begin = sent;
                sent += (int)(values / lines.Shape.Values(1));
                return begin..sent;
            }

            async Task SettleAsync()
            {
                while (await store.CountAsync(cancellation) < lines.Shape.Values(sent))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
                }
            }
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static List<double> Post(LineConnection connection, IReadOnlyList<ReadOnlyMemory<byte>> bodies, int number, double requestsASecond, long started)
    {
        var took = new List<double>(bodies.Count);
        for (var index = 0; index < bodies.Count; index++)
        {
            var due = TimeSpan.FromSeconds(((index * Connections) + number) / requestsASecond);
            while (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
            {
                Thread.Sleep((int)Math.Ceiling(early.TotalMilliseconds));
            }

            connection.Post(bodies[index].Span);
            took.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
        }

        return took;
    }
}

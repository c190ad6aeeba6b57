using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Jingwei.Identifiers.Handle.Server;

namespace Jingwei.Load.Handles;

/// <summary>Resolutions of the Handle System by UDP, in process, beside a server that only gives datagrams back.</summary>
internal static class HandlesCommand
{
    public static Command Create()
    {
        var handles = new Option<int>("--handles") { Description = "Handles in memory, at most ten million.", DefaultValueFactory = _ => 1_000_000 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each run.", DefaultValueFactory = _ => 5 };
        var window = new Option<int>("--window") { Description = "Questions on their way, of each generator.", DefaultValueFactory = _ => 256 };
        var generators = new Option<int>("--generators") { Description = "Threads that ask.", DefaultValueFactory = _ => 1 };
        var loops = new Option<int>("--loops") { Description = "Threads that answer.", DefaultValueFactory = _ => 2 };
        var runs = new Option<int>("--runs") { Description = "How often each is run; the median counts.", DefaultValueFactory = _ => 3 };
        var command = new Command("handles", "Resolutions of the Handle System by UDP, beside a bare echo.") { handles, seconds, window, generators, loops, runs };
        command.SetAction(async parsed => await RunAsync(
            new(parsed.GetValue(handles), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(window), parsed.GetValue(generators), parsed.GetValue(loops)),
            parsed.GetValue(runs)));
        return command;
    }

    internal static async Task<int> RunAsync(HandlesPlan plan, int runs)
    {
        var door = new MillionHandles(plan.Handles);
        var wrong = 0L;
        foreach (var path in BatchedDatagrams.IsSupported ? (DatagramPath[])[DatagramPath.OneByOne, DatagramPath.Fastest] : [DatagramPath.OneByOne])
        {
            var (echoes, resolutions) = (new List<double>(), new List<double>());
            for (var run = 0; run < runs; run++)
            {
                using (var echo = new DatagramEcho(path, plan.Loops))
                {
                    echoes.Add(Ask(plan, echo.EndPoint, isEcho: true, run).Rate);
                }

                var options = new HandleServerOptions { Udp = new(IPAddress.Loopback, 0), Tcp = null, DatagramPath = path, ReceiveLoops = plan.Loops };
                await using var server = new HandleServer(options, door, TimeProvider.System);
                server.Start();
                var asked = Ask(plan, server.Udp!, isEcho: false, run);
                resolutions.Add(asked.Rate);
                wrong += asked.Wrong;
                Console.WriteLine($"  {path}: {asked.Rate:N0} resolutions/s, {asked.Wrong} wrong, {asked.Stalls} stalls, {asked.Allocated:0.00} bytes allocated each");
            }

            var (bare, ours) = (Median(echoes), Median(resolutions));
            Console.WriteLine($"{path}: echo {bare:N0}/s, resolutions {ours:N0}/s, ratio {ours / bare:0.00} (medians of {runs})");
        }

        return wrong == 0 ? 0 : 1;
    }

    private static (double Rate, long Wrong, int Stalls, double Allocated) Ask(HandlesPlan plan, IPEndPoint server, bool isEcho, int run)
    {
        var generators = Enumerable.Range(0, plan.Generators).Select(_ => new Questions(server, plan.Handles, plan.Window, isEcho, MillionHandles.Names)).ToList();
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var threads = generators.Select((each, at) => new Thread(() => each.Run(plan.Length, (run * 100) + at))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var answered = generators.Sum(each => each.Answered);
        return (answered / Stopwatch.GetElapsedTime(start).TotalSeconds, generators.Sum(each => each.Wrong), generators.Sum(each => each.Stalls), (double)(GC.GetTotalAllocatedBytes() - allocated) / answered);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <param name="Handles">Handles in memory.</param>
/// <param name="Length">Of a run.</param>
/// <param name="Window">Questions on their way, of each generator.</param>
/// <param name="Generators">Threads that ask.</param>
/// <param name="Loops">Threads that answer.</param>
internal sealed record HandlesPlan(int Handles, TimeSpan Length, int Window, int Generators, int Loops);

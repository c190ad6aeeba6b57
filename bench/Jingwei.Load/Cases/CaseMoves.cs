using System.Diagnostics;
using Jingwei.Load.Latency;

namespace Jingwei.Load.Cases;

/// <summary>What moving cases on took.</summary>
/// <param name="Rate">Durable transitions a second.</param>
/// <param name="ProcessorUs">Microseconds of processor time that one took, of all threads; tells more than the rate where others use the machine.</param>
public sealed record CaseMoves(double Rate, double ProcessorUs, Percentiles Took)
{
    // The life of a case, with one rejection: five transitions, eight events with the assignment.
    private static readonly string[] Life = ["take", "finish", "reject", "finish", "close"];

    /// <summary>Each caller takes one case after the other through its life, one transition at a time.</summary>
    public static async Task<CaseMoves> RunAsync(CaseFloor floor, string[] ids, int callers)
    {
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var took = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => MoveAsync(floor, ids, caller, callers))));
        var rate = ids.Length * Life.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processor = (Environment.CpuUsage.TotalTime - used) / (ids.Length * Life.Length);
        return new(rate, processor.TotalMicroseconds, Percentiles.Of(rate, [.. took.SelectMany(each => each)]));
    }

    private static async Task<List<double>> MoveAsync(CaseFloor floor, string[] ids, int caller, int callers)
    {
        var took = new List<double>(ids.Length / callers * Life.Length);
        var worker = CaseFloor.Worker(caller);
        for (var index = caller; index < ids.Length; index += callers)
        {
            foreach (var transition in Life)
            {
                var begun = Stopwatch.GetTimestamp();
                var outcome = await floor.Cases.SignalAsync(worker, ids[index], CaseFloor.Take(transition));
                took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (!outcome.Changed)
                {
                    throw new InvalidOperationException($"{transition} of {ids[index]} was refused: {outcome.Refusal?.Code}.");
                }
            }
        }

        return took;
    }
}

using Jingwei.Load.Latency;
using Jingwei.Server.Cases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Load.Cases;

/// <summary>How long after their deadlines cases are marked, by the server's own loop, while 100,000 others wait for theirs.</summary>
public static class CaseLateness
{
    // As many as a storm opens at once; due as fast after each other as they were opened.
    private const int Due = 5_000;

    private const int Piece = 10_000;

    public static async Task<Percentiles> RunAsync(CaseFloor floor)
    {
        using var deadlines = new CaseDeadlines(floor.Cases, TimeProvider.System, NullLogger<CaseDeadlines>.Instance);
        await deadlines.StartAsync(CancellationToken.None);
        var position = floor.Cases.LastPosition;
        await floor.OpenAsync(Due, "errand");
        var late = new List<double>(Due);
        while (late.Count < Due)
        {
            await Task.Delay(100);
            foreach (var row in floor.Cases.EventsAfter(position, Piece))
            {
                position = row.Position;
                if (row.Placed.Event is CaseOverdue overdue)
                {
                    late.Add((CaseTime.Of(row.At) - overdue.Due).TotalMilliseconds);
                }
            }
        }

        await deadlines.StopAsync(CancellationToken.None);
        return Percentiles.Of(Due, late);
    }
}

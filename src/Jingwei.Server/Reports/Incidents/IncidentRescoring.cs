using System.Threading.Channels;
using Jingwei.Server.Directory.Layers;
using Jingwei.Server.Reports.Warnings;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Scores open incidents anew as time passes, warnings come and go, and layers are loaded: facts that no report brings.</summary>
internal sealed class IncidentRescoring(
    IncidentBook book, IncidentScoring scoring, IncidentCases cases, IncidentMatching matching, CaseFollowing following, WarningBook warnings, Layers layers, TimeProvider time) : BackgroundService
{
    // Trends are counted in hours.
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    // In one turn of holding the incidents: others wait for it some milliseconds.
    private const int Together = 256;

    // One item says it all: what incidents are judged by has changed.
    private readonly Channel<bool> again = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        layers.Replaced += _ => again.Writer.TryWrite(true);
        warnings.Changed += () => again.Writer.TryWrite(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            await RescoreAsync(stoppingToken);
            matching.Forget(Forgotten());
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(Turn, time, woken.Token), again.Reader.WaitToReadAsync(woken.Token).AsTask());
            await woken.CancelAsync();
            again.Reader.TryRead(out _);
        }
    }

    private async Task RescoreAsync(CancellationToken stopping)
    {
        foreach (var piece in book.All.Where(each => each.IsOpen).Select(each => each.Id).Chunk(Together))
        {
            await book.Changing.WaitAsync(stopping);
            try
            {
                var at = Instant.Of(time.GetUtcNow());
                var changed = piece.Select(book.Find).OfType<Incident>().Where(each => each.IsOpen)
                    .Select(each => (Before: each, Now: scoring.Score(each, warnings.GravestAt(each.Region, at), at)))
                    .Where(each => (int)each.Before.Risk != (int)each.Now.Risk || each.Before.Severity != each.Now.Severity).ToList();
                await Task.WhenAll(changed.Select(each => cases.ReviseAsync(each.Before, each.Now, "rescored", stopping)));
                if (changed.Count > 0)
                {
                    await book.ChangeAsync([.. changed.Select(each => each.Now)], stopping);
                }
            }
            finally
            {
                book.Changing.Release();
            }
        }
    }

    private List<long> Forgotten()
    {
        var gone = book.Forget();
        foreach (var (_, @case) in gone)
        {
            following.Forget(@case);
        }

        return [.. gone.Select(each => each.Id)];
    }
}

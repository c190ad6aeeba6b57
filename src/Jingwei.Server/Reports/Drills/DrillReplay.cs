using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Drills;

/// <summary>
/// Replays the drills that run. A report is named by its drill and its number, so that a start which begins a stretch anew brings none twice.
/// </summary>
internal sealed class DrillReplay(DrillBook drills, ReportIntake intake, Regions regions, Parties parties, TimeProvider time) : BackgroundService
{
    // As live as a list is.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, long> come = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var begun = new SemaphoreSlim(0);
        drills.Changed += () => begun.Release();
        while (!stoppingToken.IsCancellationRequested)
        {
            var running = drills.Running;
            foreach (var drill in running)
            {
                Replay(drill);
            }

            await (running.Count > 0 ? Task.Delay(Turn, time, stoppingToken) : begun.WaitAsync(stoppingToken));
        }
    }

    private void Replay(Drill drill)
    {
        var now = Instant.Of(time.GetUtcNow());
        var to = drill.At(now);
        var reports = drills.Reports(drill, come.GetValueOrDefault(drill.Id, drill.From), to).Where(row => Covers(drill, row)).Select(row => Exercise(drill, row)).ToList();
        if (reports.Count > 0)
        {
            drills.Replayed(drill.Id, intake.Receive(Caller.System, reports)!.Count(receipt => !receipt.Duplicate));
        }

        come[drill.Id] = to;
        if (to >= drill.To)
        {
            come.Remove(drill.Id);
            drills.End(drill.Id);
        }
    }

    private bool Covers(Drill drill, ReportRow row) => regions.PathOf(row.Scope).Covers(drill.Region) && parties.PathOf(row.Party).Covers(drill.Party);

    // Said when its time comes in the drill: what counts hours counts those of the drill.
    private static NewReport Exercise(Drill drill, ReportRow row) => new(
        row.Type, row.Party, row.Region, row.Home, ReportChannel.Drill, row.SourceKind, row.Source, row.Title, row.Text,
        Instant.ToTime(drill.Started + (long)((row.ReportedAt - drill.From) / drill.Speed)), LonLat.Of(row.Lon, row.Lat), row.Place,
        string.Create(CultureInfo.InvariantCulture, $"{drill.Id}/{row.Seq}"), true)
    {
        Original = new("text/plain", System.Text.Encoding.UTF8.GetBytes($"{drill.Id} {row.Id}")),
    };
}

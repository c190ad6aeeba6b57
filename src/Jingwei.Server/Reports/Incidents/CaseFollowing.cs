using System.Collections.Concurrent;
using System.Threading.Channels;
using Jingwei.Server.Cases;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Follows the cases of incidents: how they stand, when they are closed, merged or given another severity by a person.</summary>
internal sealed partial class CaseFollowing(
    CaseStore cases, IncidentBook book, IncidentCases incidentCases, IncidentTypes types, TimeProvider time, ILogger<CaseFollowing> logger) : BackgroundService
{
    // What cannot be written now may be written in a moment.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, CaseRow> rows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> changed = new(StringComparer.Ordinal);

    /// <summary>How the case of an incident stands; null where it is not known yet, or let go.</summary>
    public CaseRow? RowOf(Incident incident) => rows.GetValueOrDefault(incident.Case);

    public void Forget(string @case) => rows.TryRemove(@case, out _);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        return Task.WhenAll(WatchAsync(wake.Writer, stoppingToken), WorkAsync(wake.Reader, stoppingToken));
    }

    // Whoever changes incidents waits for cases: watching these must wait for nobody.
    private async Task WatchAsync(ChannelWriter<bool> wake, CancellationToken stopping)
    {
        var changes = cases.Changes.Subscribe(1024);
        await Task.Yield();
        foreach (var type in types.All.Select(type => type.Case).Distinct().ToList())
        {
            foreach (var row in cases.RowsOf(type, time.GetUtcNow() - ReportLimits.Kept))
            {
                Note(row);
            }
        }

        wake.TryWrite(true);
        await foreach (var row in changes.ReadAllAsync(stopping))
        {
            if (types.All.Any(type => type.Case == row.Type))
            {
                Note(row);
                wake.TryWrite(true);
            }
        }
    }

    private void Note(CaseRow row)
    {
        rows.AddOrUpdate(row.Id, row, (_, known) => known.Version > row.Version ? known : row);
        changed[row.Id] = true;
    }

    private async Task WorkAsync(ChannelReader<bool> wake, CancellationToken stopping)
    {
        await foreach (var _ in wake.ReadAllAsync(stopping))
        {
            while (!await FollowAsync(stopping))
            {
                await Task.Delay(Retry, time, stopping);
            }
        }
    }

    // False where that could not be written: nothing is forgotten.
    private async Task<bool> FollowAsync(CancellationToken stopping)
    {
        await book.Changing.WaitAsync(stopping);
        var taken = changed.Keys.Where(id => changed.TryRemove(id, out var _)).ToList();
        try
        {
            var next = taken.Select(Followed).OfType<Incident>().ToList();
            if (next.Count > 0)
            {
                await book.ChangeAsync(next, stopping);
            }

            return true;
        }
        catch (Exception damage) when (damage is IOException or SqliteException)
        {
            taken.ForEach(id => changed[id] = true);
            LogRetry(damage);
            return false;
        }
        finally
        {
            book.Changing.Release();
        }
    }

    // The incident as its case has it; null where it stands so already.
    private Incident? Followed(string @case)
    {
        if (book.OfCase(@case) is not { } incident || !rows.TryGetValue(@case, out var row))
        {
            return null;
        }

        var next = incident with { Closed = row.Final ? row.ClosedAt : null, Merged = MergedInto(row) };
        // Whoever gave it a severity that was not asked for here is a person, or an escalation that one decided on.
        if (row.Severity != (incidentCases.Asked(row.Id) ?? incident.Severity) && row.Severity != incident.Severity)
        {
            next = next with { Severity = row.Severity, SeverityByHand = true };
        }

        return next == incident ? null : next;
    }

    private long? MergedInto(CaseRow row) => row.MergedInto is { } into ? book.OfCase(into)?.Id : null;

    [LoggerMessage(EventId = 1703, Level = LogLevel.Error, Message = "Incidents could not follow their cases; it is tried again")]
    private partial void LogRetry(Exception damage);
}

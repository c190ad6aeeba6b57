using System.Collections.Concurrent;
using Dapper;
using Jingwei.Identifiers.Handle;
using Jingwei.Server.Identifiers.Values;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Identifiers.Statistics;

/// <summary>Counts of one prefix that are not written yet.</summary>
internal sealed class Tally(string prefix)
{
    public string Prefix => prefix;

    /// <summary>Answered to anybody, not found for anybody: what comes by the million, without a lookup by asker.</summary>
    internal long Found;
    internal long Missed;

    /// <summary>By the party of who signed in.</summary>
    internal ConcurrentDictionary<string, long[]> ByParty { get; } = new(StringComparer.Ordinal);

    internal long Registered;
}

/// <summary>What was counted on a day.</summary>
/// <param name="Party">Who asked; null for anybody.</param>
public sealed record DayCount(DateOnly Day, string Prefix, string? Party, long Found, long Missed, long Registered);

/// <summary>
/// Registrations and resolutions by day (UTC), prefix and asker. Counted in memory and written every few seconds; what a kill takes is
/// those seconds, and no record of anything but their number.
/// </summary>
internal sealed partial class ResolutionCounts : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private const int FoundAt = 0;
    private const int MissedAt = 1;

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ILogger<ResolutionCounts> logger;
    private readonly ConcurrentDictionary<string, Tally> all = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    public ResolutionCounts(Database database, TimeProvider clock, ILogger<ResolutionCounts> logger)
    {
        (this.database, this.clock, this.logger) = (database, clock, logger);
        database.Migrate(
            "identifiers.counts",
            """
            CREATE TABLE identifier_count (
                day INTEGER NOT NULL, prefix TEXT NOT NULL, party TEXT NOT NULL, found INTEGER NOT NULL, missed INTEGER NOT NULL, registered INTEGER NOT NULL,
                PRIMARY KEY (prefix, day, party)) WITHOUT ROWID
            """);
    }

    /// <summary>Where a prefix is counted.</summary>
    public Tally Of(string prefix) => all.GetOrAdd(prefix, static name => new(name));

    public static void Count(Tally tally, Asker asker, HandleResponseCode code)
    {
        var found = code == HandleResponseCode.Success;
        if (asker.PartyId is not { } party)
        {
            Interlocked.Increment(ref found ? ref tally.Found : ref tally.Missed);
        }
        else
        {
            var counts = tally.ByParty.GetOrAdd(party, static _ => new long[2]);
            Interlocked.Increment(ref counts[found ? FoundAt : MissedAt]);
        }
    }

    /// <summary>The days from one to another, both counted, oldest first; of one prefix, or of all.</summary>
    public IReadOnlyList<DayCount> List(string? prefix, DateOnly from, DateOnly to)
    {
        Flush();
        return database.Read(store => store.Query<Row>(
                """
                SELECT day, prefix, party, found, missed, registered FROM identifier_count
                WHERE (@prefix IS NULL OR prefix = @prefix) AND day BETWEEN @from AND @to ORDER BY day, prefix, party
                """,
                new { prefix, from = from.DayNumber, to = to.DayNumber })
            .Select(row => new DayCount(
                DateOnly.FromDayNumber((int)row.Day), row.Prefix, row.Party.Length == 0 ? null : row.Party, row.Found, row.Missed, row.Registered))
            .ToList());
    }

    /// <summary>Writes what was counted since it was written last.</summary>
    public void Flush()
    {
        lock (writing)
        {
            var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;
            var rows = all.Values.SelectMany(tally => Take(tally, day)).ToList();
            if (rows.Count == 0)
            {
                return;
            }

            try
            {
                Write(rows);
            }
            catch (Exception fault) when (fault is SqliteException or IOException)
            {
                // A full disk: they are written with the next ones.
                rows.ForEach(GiveBack);
                LogNotWritten(logger, fault.Message);
            }
        }
    }

    private void Write(List<Row> rows) => database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO identifier_count (day, prefix, party, found, missed, registered) VALUES (@Day, @Prefix, @Party, @Found, @Missed, @Registered)
                ON CONFLICT (prefix, day, party) DO UPDATE SET
                    found = found + excluded.found, missed = missed + excluded.missed, registered = registered + excluded.registered
                """,
                rows,
                transaction));

    private void GiveBack(Row row)
    {
        var tally = Of(row.Prefix);
        Interlocked.Add(ref tally.Registered, row.Registered);
        if (row.Party.Length == 0)
        {
            Interlocked.Add(ref tally.Found, row.Found);
            Interlocked.Add(ref tally.Missed, row.Missed);
            return;
        }

        var counts = tally.ByParty.GetOrAdd(row.Party, static _ => new long[2]);
        Interlocked.Add(ref counts[FoundAt], row.Found);
        Interlocked.Add(ref counts[MissedAt], row.Missed);
    }

    [LoggerMessage(EventId = 4501, Level = LogLevel.Warning, Message = "Counts of resolutions could not be written and wait: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string reason);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Flush();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static IEnumerable<Row> Take(Tally tally, long day)
    {
        var (found, missed, registered) = (
            Interlocked.Exchange(ref tally.Found, 0), Interlocked.Exchange(ref tally.Missed, 0), Interlocked.Exchange(ref tally.Registered, 0));
        if (found + missed + registered > 0)
        {
            yield return new(day, tally.Prefix, "", found, missed, registered);
        }

        foreach (var (party, counts) in tally.ByParty)
        {
            (found, missed) = (Interlocked.Exchange(ref counts[FoundAt], 0), Interlocked.Exchange(ref counts[MissedAt], 0));
            if (found + missed > 0)
            {
                yield return new(day, tally.Prefix, party, found, missed, 0);
            }
        }
    }

    private sealed record Row(long Day, string Prefix, string Party, long Found, long Missed, long Registered);
}

using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>
/// Removes readings that are older than what is to be kept, and sums after them. The bound is in the database before anything goes, and from
/// then on nothing older is taken in: so a sum is never made anew of readings of which some are gone.
/// </summary>
/// <remarks>
/// The tables have no partitions, since an insert must be atomic; so what goes is cut out of the parts that hold any of it (ALTER TABLE ...
/// DELETE, which writes these parts anew in the background and drops those that hold nothing else). That is worth it only now and then: when
/// an eighth more than is to be kept has gathered. Intake goes on meanwhile, on a connection of its own.
/// </remarks>
public sealed partial class Retention(
    Readings readings, SeriesRegistry series, Database database, Things things, PackCatalog packs, Audit audit, TelemetryOptions options, ServerOptions server,
    TimeProvider clock, ILogger<Retention> logger)
{
    // The part of an age that gathers beyond it before it goes.
    private const int SlackPart = 8;

    private readonly Checkpoint checkpoint = new(database);

    // Series in one step: keeps its text below the engine's limit of 256 KiB (max_query_size).
    private const int SeriesAtOnce = 10_000;

    // Who did it, in the audit.
    private const string Actor = "system";

    // What was on its way when the bound was set has come to rest within it.
    private static readonly long Margin = Instant.PerDay;

    /// <summary>Removes what is to go now, step by step.</summary>
    /// <exception cref="EngineException">The engine refused a step; the next call tries again.</exception>
    public async Task ExpireAsync(CancellationToken cancellation)
    {
        if (readings.Fault is not null)
        {
            return;
        }

        var groups = Groups();
        if (groups.Count == 0)
        {
            return;
        }

        using var connection = await readings.Store.Engine.OpenAnotherAsync("engine upkeep");
        foreach (var (kept, members) in groups)
        {
            foreach (var chunk in members.Chunk(SeriesAtOnce))
            {
                cancellation.ThrowIfCancellationRequested();
                await ExpireAsync(connection, kept, chunk);
            }
        }
    }

    private async Task ExpireAsync(EngineConnection connection, TimeSpan kept, Series[] members)
    {
        var store = readings.Store;
        foreach (var table in new[] { store.Numbers.Name, store.Texts.Name })
        {
            await ExpireAsync(connection, table, "time", kept, members, isReadings: true);
        }

        for (var level = 0; level < store.Rollups.Count; level++)
        {
            if (options.Retention.Levels[level] is { } age)
            {
                await ExpireAsync(connection, store.Rollups[level].Name, "bucket", age > kept ? age : kept, members, isReadings: false);
            }
        }
    }

    private async Task ExpireAsync(EngineConnection connection, string table, string column, TimeSpan kept, Series[] members, bool isReadings)
    {
        var bound = BoundOf(kept);
        var condition = string.Create(
            CultureInfo.InvariantCulture, $"{column} < {bound} AND series IN ({string.Join(',', members.Select(each => each.Number))})");
        // Readings wait for their sums: what came after the checkpoint may not be in the tables yet.
        var waiting = table == readings.Store.Numbers.Name ? $"countIf(arrived > {checkpoint.Read(Checkpoint.RolledUp)})" : "0";
        var (rows, oldest, unsummed) = await connection.QueryAsync(
            $"SELECT toInt64(count()), min({column}), toInt64({waiting}) FROM {table} WHERE {condition}",
            static answer => (answer.Int64(), answer.Int64(), answer.Int64()));
        if (rows == 0 || unsummed > 0 || bound - oldest < Math.Max(Instant.PerDay, Instant.Of(kept) / SlackPart) || !await HasRoomAsync(connection, table))
        {
            return;
        }

        if (isReadings)
        {
            series.Expire(members, bound);
        }

        // 1: this connection waits until it is done; no other does.
        await connection.ExecuteAsync($"ALTER TABLE {table} DELETE WHERE {condition} SETTINGS mutations_sync = 1");
        audit.Record(
            Actor, "retention", $"{table}: {rows} rows of {members.Length} series before {Instant.Format(bound)}", StatusCodes.Status200OK);
        LogExpired(table, rows);
    }

    // A part that is written anew is there twice for a while.
    private async Task<bool> HasRoomAsync(EngineConnection connection, string table)
    {
        var largest = await connection.QueryAsync(
            $"SELECT toInt64(max(bytes_on_disk)) FROM system.parts WHERE active AND concat(database, '.', table) = '{table}'", static answer => answer.Int64());
        if (new DriveInfo(Path.GetFullPath(server.Data)).AvailableFreeSpace > largest)
        {
            return true;
        }

        LogNoRoom(table, largest);
        return false;
    }

    // By days, so that no bucket of any level is cut in two.
    private long BoundOf(TimeSpan kept)
    {
        var time = Instant.Of(clock.GetUtcNow() - kept) - Margin;
        return time - (((time % Instant.PerDay) + Instant.PerDay) % Instant.PerDay);
    }

    // Series by how long their readings are kept; those that are kept for ever are in none.
    private Dictionary<TimeSpan, List<Series>> Groups()
    {
        Dictionary<TimeSpan, List<Series>> groups = [];
        foreach (var each in series.All.Where(each => each.Committed))
        {
            var property = things.TryGet(each.ThingId, out var thing) ? packs.Current.Type(thing.Type)?.Property(each.PropertyId) : null;
            if ((property?.Retention ?? options.Retention.Readings) is { } kept)
            {
                if (!groups.TryGetValue(kept, out var members))
                {
                    groups[kept] = members = [];
                }

                members.Add(each);
            }
        }

        return groups;
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "Retention removed {Rows} rows from {Table}; the audit says before when")]
    private partial void LogExpired(string table, long rows);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "Retention waits for free disk: {Table} has a part of {Bytes} bytes that would be written anew")]
    private partial void LogNoRoom(string table, long bytes);
}

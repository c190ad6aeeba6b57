using System.Collections.Immutable;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Jingwei.Server.Telemetry.Store;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry;

/// <summary>
/// The door to all readings: takes them in durably, tells of them, and knows the newest of each series.
/// Starts with <see cref="StartAsync"/>, which brings log and engine together.
/// </summary>
public sealed partial class Readings(
    Database database, SeriesRegistry series, Accounting accounting, RejectStore rejects, LatestValues latest, PackCatalog packs, Things things,
    TelemetryOptions options, TimeProvider clock, ILogger<Readings> logger) : IAsyncDisposable
{
    private readonly ValueBudget budget = new(options.ValuesInFlight);
    private readonly CommittedQueue toEngine = new(options.ValuesInFlight + 1);
    private readonly CommittedQueue toSubscribers = new(options.ValuesInFlight + 1);
    private readonly long liveWindow = Instant.Of(options.LiveWindow);

    private readonly CancellationTokenSource stopping = new();

    private int disposed;
    private ReadingLog? log;
    private StorePump? pump;
    private ReadingStore? store;
    private Rollups? rollups;
    // The engine's loop first: it ends when the engine has everything.
    private Task[] loops = [];

    /// <summary>
    /// What was accepted, after it is in the synced log, in the order of the log. A subscriber whose channel is full makes intake wait
    /// once <see cref="TelemetryOptions.ValuesInFlight"/> values are on their way, so it must keep reading and must not itself wait for
    /// <see cref="AcceptAsync"/>. What a crash left between log and subscriber is not told again: ask the engine for it.
    /// </summary>
    public Feed<ReadingBatch> Accepted { get; } = new();

    internal ReadingStore Store => store ?? throw new InvalidOperationException("Readings are not started yet.");

    internal Rollups Rollups => rollups ?? throw new InvalidOperationException("Readings are not started yet.");

    /// <summary>Why nothing is taken in any more; null while all is well. Only a new start mends it.</summary>
    public Exception? Fault => log?.Fault ?? pump?.Fault ?? rollups?.Fault;

    /// <summary>Bytes and files of log that are not deleted yet.</summary>
    public (long Bytes, int Segments) LogSize => log?.Size ?? default;

    /// <summary>
    /// Takes a batch in. With <see cref="IntakeStatus.Durable"/> its accepted values are in the synced log and its rejected ones beside them.
    /// Waits for room up to <see cref="TelemetryOptions.Patience"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up before the batch was taken; nothing was.</exception>
    public async ValueTask<IntakeResult> AcceptAsync(IntakeBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Count == 0)
        {
            return new IntakeResult(IntakeStatus.Durable, 0, []);
        }

        if (log is null || Fault is not null)
        {
            return new IntakeResult(IntakeStatus.Stopped, 0, []);
        }

        if (!TryNumber(batch))
        {
            return new IntakeResult(IntakeStatus.Busy, 0, []);
        }

        if (log.Size.Bytes > options.LogBytes || !await TakeRoomAsync(batch.Count, cancellation))
        {
            return new IntakeResult(IntakeStatus.Busy, 0, []);
        }

        return await log.AppendAsync(batch)
            ? new IntakeResult(IntakeStatus.Durable, batch.Accepted.Count, batch.Rejected)
            : new IntakeResult(IntakeStatus.Stopped, 0, []);
    }

    /// <summary>The newest reading of a property, or null.</summary>
    public LatestValue? Latest(string thing, string property) =>
        series.Find(thing, property) is { } number ? latest.Find(number) : null;

    /// <summary>Ends when everything up to the log's number <paramref name="sequence"/> is in the engine and counted.</summary>
    public Task StoredAsync(ulong sequence) => pump?.StoredAsync(sequence) ?? Task.CompletedTask;

    /// <summary>Ends when everything that is acknowledged is in the engine and counted.</summary>
    public Task StoredAsync() => log is null ? Task.CompletedTask : StoredAsync(log.LastSequence);

    /// <summary>Brings log, engine and counts together and begins to take readings in.</summary>
    /// <exception cref="LogDamagedException">A segment is damaged in its middle.</exception>
    /// <exception cref="EngineException">The engine cannot be opened.</exception>
    internal async Task StartAsync(ILogStorage storage, ReadingStore opened, Rollups kept)
    {
        (store, rollups) = (opened, kept);
        var checkpoint = new Checkpoint(database).Read(Checkpoint.Stored);
        await store.CreateAsync();
        await rollups.StartAsync();
        var (latestNumbers, latestTexts) = (await store.Numbers.LatestAsync(), await store.Texts.LatestAsync());
        Restore(latestNumbers);
        Restore(latestTexts);

        var writer = new EngineWriter(database, accounting, new Classifier(store.Numbers), new Classifier(store.Texts), rejects) { Inserted = rollups.MarkAsync };
        await writer.StartAsync(checkpoint, latestNumbers, latestTexts);
        var recovery = await LogSegment.ReadAllAsync(storage, checkpoint, entries => ReplayAsync(writer, entries));
        if (recovery.TornBytes > 0)
        {
            LogTornTail(recovery.TornBytes);
        }

        var last = Math.Max(Math.Max(checkpoint, writer.HighestReplayed), recovery.Segments.Count == 0 ? 0 : recovery.Segments[^1].LastSequence);
        log = new ReadingLog(storage, last + 1, recovery.Segments, options.SegmentBytes, OnCommitted, LogStopped);
        pump = new StorePump(toEngine, writer, log, options, clock, Release, LogStopped);
        pump.Advance(last);
        loops = [pump.RunAsync(), PublishAsync(), rollups.RunAsync(LogStopped, stopping.Token)];
        LogReady(last, recovery.Segments.Count);
    }

    /// <summary>Stops taking readings in, and ends when the engine has all that was acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        // The host stops it, and the container that made it disposes of it once more.
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        log?.Dispose();
        toEngine.Complete();
        toSubscribers.Complete();
        await Task.WhenAll(loops.Take(1));
        // Subscribers may have stopped reading already; the end must not wait for them.
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        rollups?.Dispose();
        stopping.Dispose();
    }

    private async Task ReplayAsync(EngineWriter writer, IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            accounting.Committed(entry.Channel, entry.Arrived, entry.Accepted.Count, entry.Rejected.Select(reject => reject.Reason));
            accounting.Replayed(entry.Channel, entry.Replayed);
            foreach (var reading in entry.Accepted)
            {
                latest.Update(reading.Series, new LatestValue(reading.Time, reading.Arrived, reading.Value, reading.Quality, reading.Flag));
            }
        }

        await writer.WriteAsync(entries);
    }

    // The engine knows numbers and text; what they are is for the property's type to say.
    private void Restore(List<StoredReading> readings)
    {
        foreach (var reading in readings)
        {
            var kind = series.Find(reading.Series) is { } key && things.TryGet(key.Thing, out var thing)
                && packs.Current.Type(thing.Type)?.Property(key.Property) is { } property
                && ReadingTable.IsText(property.Kind) == ReadingTable.IsText(reading.Value.Kind)
                ? property.Kind
                : reading.Value.Kind;
            latest.Update(
                reading.Series,
                new LatestValue(reading.Time, reading.Arrived, reading.Value with { Kind = kind }, reading.Quality, reading.Flag));
        }
    }

    // Nothing was taken when it fails, so the sender may come again.
    private bool TryNumber(IntakeBatch batch)
    {
        try
        {
            Number(batch);
            return true;
        }
        catch (SqliteException error)
        {
            LogNoSeries(error);
            return false;
        }
    }

    private void Number(IntakeBatch batch)
    {
        List<SeriesKey>? missing = null;
        for (var index = 0; index < batch.Accepted.Count; index++)
        {
            var reading = batch.Accepted[index];
            if (series.Find(reading.Thing.Id, reading.Property.Id) is { } number)
            {
                batch.Number(index, number);
            }
            else
            {
                (missing ??= []).Add(new SeriesKey(reading.Thing.Id, reading.Property.Id));
            }
        }

        if (missing is not null)
        {
            series.Ensure(missing);
            Number(batch);
        }
    }

    private async ValueTask<bool> TakeRoomAsync(int count, CancellationToken cancellation)
    {
        if (budget.TryTake(count))
        {
            return true;
        }

        using var patience = new CancellationTokenSource(options.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await budget.TakeAsync(count, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // Runs on the log's thread after the sync: counts, newest values, and on to the engine and the subscribers.
    private void OnCommitted(IReadOnlyList<CommittedBatch> batches)
    {
        foreach (var committed in batches)
        {
            var batch = committed.Batch;
            accounting.Committed(batch.Channel, batch.Arrived, batch.Accepted.Count, batch.Rejected.Select(reject => reject.Reason));
            accounting.Replayed(batch.Channel, batch.Replayed);
            committed.Readings = Judge(batch.Accepted, isReplay: batch.Replayed.Count > 0);
            toEngine.Add(committed);
            toSubscribers.Add(committed);
        }
    }

    private ImmutableArray<Reading> Judge(IReadOnlyList<Reading> accepted, bool isReplay)
    {
        var judged = ImmutableArray.CreateBuilder<Reading>(accepted.Count);
        foreach (var reading in accepted)
        {
            var newest = latest.Update(
                reading.Series, new LatestValue(reading.Time, reading.Arrived, reading.Value, reading.Quality, reading.Flag));
            judged.Add(reading with { Late = isReplay || !newest || reading.Arrived - reading.Time > liveWindow });
        }

        return judged.MoveToImmutable();
    }

    private async Task PublishAsync()
    {
        try
        {
            await foreach (var committed in toSubscribers.Reader.ReadAllAsync(stopping.Token))
            {
                if (!committed.Readings.IsEmpty)
                {
                    await Accepted.PublishAsync(new ReadingBatch(committed.FirstSequence, committed.Readings), stopping.Token);
                }

                Release(committed);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to end; what is not told now is in the engine.
        }
    }

    private void Release(CommittedBatch committed)
    {
        if (committed.Release())
        {
            budget.Return(committed.Batch.Count);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Readings are taken in after number {Sequence}; the log has {Segments} segments")]
    private partial void LogReady(ulong sequence, int segments);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "An unfinished commit of {Bytes} bytes was cut off the log; nothing of it was acknowledged")]
    private partial void LogTornTail(long bytes);

    [LoggerMessage(EventId = 102, Level = LogLevel.Critical, Message = "No readings are taken in any more, because a write failed; nothing acknowledged is lost. Mend the cause and start the server anew")]
    private partial void LogStopped(Exception cause);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "A batch was refused, because new series cannot be kept")]
    private partial void LogNoSeries(Exception cause);
}

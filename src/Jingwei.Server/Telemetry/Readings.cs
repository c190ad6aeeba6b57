using System.Runtime.CompilerServices;
using System.Threading.Channels;
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
    Database database, SeriesRegistry series, Accounting accounting, RejectStore rejects, PackCatalog packs, Things things,
    TelemetryOptions options, TimeProvider clock, ILogger<Readings> logger) : IAsyncDisposable
{
    // What reports at all reports within it; whatever does not is looked for by itself at the start.
    private static readonly TimeSpan Lately = TimeSpan.FromHours(2);

    private readonly ValueBudget budget = new(options.ValuesInFlight);
    private readonly Followers followers = new();
    private readonly CommittedQueue toEngine = new(options.ValuesInFlight + 1);
    private readonly CommittedQueue toSubscribers = new(options.ValuesInFlight + 1);
    private readonly long liveWindow = Instant.Of(options.LiveWindow);

    private readonly CancellationTokenSource stopping = new();

    // Set when it is told to end: then a refusal of the engine is not waited out any more, the log has it all.
    private readonly CancellationTokenSource giveUp = new();

    private int disposed;
    private long turnedAway;
    private ReadingLog? log;
    private Retry? retry;
    private StorePump? pump;
    private ReadingStore? store;
    private Rollups? rollups;
    // The engine's loop first: it ends when the engine has everything.
    private Task[] loops = [];

    /// <summary>
    /// What is accepted from now on, after it is in the synced log, in the order of the log. A follower whose channel is full makes intake wait
    /// once <see cref="TelemetryOptions.ValuesInFlight"/> values are on their way, so it must keep reading and must not itself wait for
    /// <see cref="AcceptAsync"/>. What a crash left between log and follower is not told again: ask the engine for it.
    /// </summary>
    /// <param name="capacity">Messages held for this follower before the others wait.</param>
    /// <param name="wants">Which things' readings are wanted, as their type is now; null for all. Others may come too.</param>
    /// <param name="while">Whether anything is wanted at the moment; null for always. Asked for each message.</param>
    public ChannelReader<ReadingBatch> Follow(int capacity, Func<Thing, bool>? wants = null, Func<bool>? @while = null)
    {
        var reader = followers.Add(capacity, wants, @while);
        series.Follow(followers.Of);
        return reader;
    }

    /// <summary>Ends what <see cref="Follow"/> began; messages still in it may be read.</summary>
    public void Unfollow(ChannelReader<ReadingBatch> reader) => followers.Remove(reader);

    /// <summary>Hands a message to those who follow, as intake does after the sync.</summary>
    internal ValueTask TellAsync(ReadingBatch batch, CancellationToken cancellation) => followers.TellAsync(batch, cancellation);

    internal ReadingStore Store => store ?? throw new InvalidOperationException("Readings are not started yet.");

    internal Rollups Rollups => rollups ?? throw new InvalidOperationException("Readings are not started yet.");

    /// <summary>Stamp of the last message in the log; 0 before intake has started.</summary>
    public long LastStamp => log?.LastStamp ?? 0;

    /// <summary>Why nothing is taken in any more; null while all is well. Only a new start mends it.</summary>
    public Exception? Fault => log?.Fault ?? pump?.Fault ?? rollups?.Fault;

    /// <summary>What stopped, in words that tell a stranger nothing; null while all is well.</summary>
    public string? Stopped => log?.Fault is not null ? "The log of readings could not be written."
        : pump?.Fault is not null ? "Readings could not be put into the engine, or counted in the database."
        : rollups?.Fault is not null ? "Readings could not be summed up."
        : null;

    /// <summary>What the engine or the database refuses at the moment, and is tried again; null for nothing. Intake goes on until it is full.</summary>
    public Exception? Refusal => retry?.Refusal;

    /// <summary>Values since the start that were not taken because intake was full or had stopped; their senders were told, but for those of QoS 0.</summary>
    public long TurnedAway => Volatile.Read(ref turnedAway);

    /// <summary>Bytes and files of log that are not deleted yet.</summary>
    public (long Bytes, int Segments) LogSize => log?.Segments.Size ?? default;

    /// <summary>
    /// Takes a batch in. With <see cref="IntakeStatus.Durable"/> its accepted values are in the synced log and its rejected ones beside them.
    /// Waits for room up to <see cref="TelemetryOptions.Patience"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up before the batch was taken; nothing was.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IntakeResult> AcceptAsync(IntakeBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Count == 0)
        {
            return new IntakeResult(IntakeStatus.Durable, 0, []);
        }

        if (log is null || Fault is not null)
        {
            return TurnAway(batch, IntakeStatus.Stopped);
        }

        if (batch.Added is { } added && !TryCommit(added))
        {
            return TurnAway(batch, IntakeStatus.Busy);
        }

        if (log.Segments.Waiting > options.LogBytes || !await budget.TryTakeAsync(batch.Weight, options.Patience, clock, cancellation))
        {
            return TurnAway(batch, IntakeStatus.Busy);
        }

        // The engine may have given back what the batch holds before this goes on.
        var (accepted, rejected) = (batch.Accepted, batch.Rejected);
        return await log.AppendAsync(batch)
            ? new IntakeResult(IntakeStatus.Durable, accepted, rejected)
            : TurnAway(batch, IntakeStatus.Stopped);
    }

    /// <summary>The newest reading of a property, or null.</summary>
    public LatestValue? Latest(string thing, string property) =>
        series.Find(thing, property)?.Latest;

    /// <summary>Ends when everything up to <paramref name="stamp"/> is in the engine and counted.</summary>
    /// <param name="stamp">Of a <see cref="ReadingBatch"/>; null: all that is acknowledged.</param>
    public Task StoredAsync(long? stamp = null) => pump?.StoredAsync(stamp ?? log!.LastStamp) ?? Task.CompletedTask;

    /// <summary>Brings log, engine and counts together and begins to take readings in.</summary>
    /// <exception cref="LogDamagedException">A segment is damaged in its middle.</exception>
    /// <exception cref="EngineException">The engine cannot be opened.</exception>
    internal async Task StartAsync(ILogStorage storage, ReadingStore opened, Rollups kept)
    {
        (store, rollups) = (opened, kept);
        var checkpoint = new Checkpoint(database).Read(Checkpoint.Stored);
        await store.CreateAsync();
        await RestoreAsync();

        retry = new Retry(clock, LogRefused);
        var writer = new EngineWriter(database, accounting, series, store, rollups, rejects, retry);
        await writer.StartAsync(checkpoint);
        await rollups.StartAsync(writer.HighestStamp, retry);
        var replay = new Replay(options.EngineBatchValues, batches => ReplayAsync(writer, batches));
        var recovery = await LogSegment.ReadAllAsync(storage, series, checkpoint, replay.AddAsync);
        await replay.EndAsync();
        if (recovery.TornBytes > 0)
        {
            LogTornTail(recovery.TornBytes);
        }

        var last = Math.Max(Math.Max(checkpoint, writer.HighestStamp), recovery.Segments.Count == 0 ? 0 : recovery.Segments[^1].LastStamp);
        log = new ReadingLog(storage, last, recovery.Segments, options, OnCommitted, LogStopped);
        pump = new StorePump(toEngine, writer, log, options, clock, Release, LogStopped, LogKept);
        pump.Advance(last);
        loops = [pump.RunAsync(giveUp.Token), PublishAsync(), rollups.RunAsync(LogStopped, stopping.Token)];
        LogReady(last, recovery.Segments.Count, options.Sync);
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
        await giveUp.CancelAsync();
        await Task.WhenAll(loops.Take(1));
        // Subscribers may have stopped reading already; the end must not wait for them.
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        rollups?.Dispose();
        stopping.Dispose();
        giveUp.Dispose();
    }

    private async Task ReplayAsync(EngineWriter writer, IReadOnlyList<CommittedBatch> batches)
    {
        foreach (var (_, batch) in batches)
        {
            accounting.Committed(batch);
            NewestValues.Take(batch, series, liveWindow, wanted: 0);
        }

        // A refusal at start is for the operator to see at once.
        await writer.WriteAsync(batches, new CancellationToken(canceled: true));
    }

    // Rows of a series lie in the order of time, so those of late are found without the rest; only what has been silent since is looked for in all.
    private async Task RestoreAsync()
    {
        var since = Instant.Of(clock.GetUtcNow() - Lately);
        Restore(await store!.Numbers.LatestAsync(since));
        Restore(await store.Texts.LatestAsync(since));
        var silent = series.All.Where(each => each.Latest is null).Select(each => each.Number).ToList();
        if (silent.Count > 0)
        {
            Restore(await store.Numbers.LatestAsync(silent));
            Restore(await store.Texts.LatestAsync(silent));
        }
    }

    // The engine knows numbers and text; what they are is for the property's type to say.
    private void Restore(List<(int Series, LatestValue Value)> newest)
    {
        foreach (var (number, value) in newest)
        {
            var of = series[number];
            of.Known.Start(value.Time);
            var kind = things.TryGet(of.ThingId, out var thing)
                && packs.Current.KnownType(thing.Type)?.Property(of.PropertyId) is { } property
                && ReadingTable.IsText(property.Kind) == ReadingTable.IsText(value.Value.Kind)
                ? property.Kind
                : value.Value.Kind;
            of.Update(value with { Value = value.Value with { Kind = kind } });
        }
    }

    private IntakeResult TurnAway(IntakeBatch batch, IntakeStatus status)
    {
        Interlocked.Add(ref turnedAway, batch.Count);
        return new IntakeResult(status, 0, []);
    }

    // Nothing was taken when it fails, so the sender may come again.
    private bool TryCommit(List<Series> added)
    {
        try
        {
            series.Commit(added);
            return true;
        }
        catch (SqliteException error)
        {
            LogNoSeries(error);
            return false;
        }
    }

    // Runs on the log's thread after the sync: counts, newest values, and on to the engine and the followers.
    private void OnCommitted(IReadOnlyList<CommittedBatch> batches)
    {
        var wanted = followers.Wanted;
        foreach (var committed in batches)
        {
            accounting.Committed(committed.Batch);
            committed.Followed = NewestValues.Take(committed.Batch, series, liveWindow, wanted);
            toEngine.Add(committed);
            toSubscribers.Add(committed);
        }
    }

    private async Task PublishAsync()
    {
        try
        {
            await foreach (var committed in toSubscribers.Reader.ReadAllAsync(stopping.Token))
            {
                if (!committed.Followed.IsEmpty)
                {
                    await TellAsync(new ReadingBatch(committed.Stamp, committed.Followed), stopping.Token);
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
            budget.Return(committed.Weight);
            committed.Batch.Dispose();
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Readings are taken in after stamp {Last}; the log has {Segments} segments and is synced: {Sync}")]
    private partial void LogReady(long last, int segments, LogSync sync);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "An unfinished commit of {Bytes} bytes was cut off the log; nothing of it was acknowledged")]
    private partial void LogTornTail(long bytes);

    [LoggerMessage(EventId = 102, Level = LogLevel.Critical, Message = "No readings are taken in any more, because a write failed; nothing acknowledged is lost. Mend the cause and start the server anew")]
    private partial void LogStopped(Exception cause);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "A batch was refused, because new series cannot be kept")]
    private partial void LogNoSeries(Exception cause);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "The engine or the database has no room or no turn for readings; they wait in the log, and it is tried again")]
    private partial void LogRefused(Exception cause);

    [LoggerMessage(EventId = 105, Level = LogLevel.Warning, Message = "A log segment that is done with cannot be deleted; it is tried again")]
    private partial void LogKept(Exception cause);
}

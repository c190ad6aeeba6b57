using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Keeps minutes, hours and days summed up as readings come in. The newest bucket of a series is summed up in memory and written when the
/// next one begins, or when nothing more comes for a while; one that gets a reading late or corrected is dirty until it is summed up anew from
/// the engine. Queries read what is not in the tables from the readings themselves, so figures are exact at any moment.
/// </summary>
internal sealed class Rollups(ReadingStore store, SeriesRegistry registry, Database database, TelemetryOptions options, TimeProvider clock) : IDisposable
{
    // Buckets summed up in one query; bounds its memory.
    private const int BucketsAtOnce = 50_000;

    private readonly Checkpoint checkpoint = new(database);
    private readonly SemaphoreSlim one = new(1);

    // Guards the open buckets of all series.
    private readonly Lock gate = new();
    private long seen;
    private Retry? retry;

    // The round that was begun because much waited; one at a time. Only the engine's side begins them.
    private Task early = Task.CompletedTask;

    /// <summary>Finest first.</summary>
    public IReadOnlyList<RollupLevel> Levels { get; } = [.. store.Rollups.Select((table, index) => new RollupLevel(table, index))];

    /// <summary>Why figures are not summed up any more; null while they are. Queries would read ever more readings one by one.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Marks again what was not summed up for certain when the server ended.</summary>
    /// <param name="highest">The highest stamp in the engine: versions go on from there.</param>
    /// <param name="again">For what the engine refuses: to sum up twice is as good as once.</param>
    public async Task StartAsync(long highest, Retry again)
    {
        retry = again;
        var done = checkpoint.Read(Checkpoint.RolledUp);
        seen = Math.Max(done, highest);
        foreach (var (bucket, lowest) in await Levels[0].Table.TouchedAsync(store.Numbers.Name, done))
        {
            foreach (var level in Levels)
            {
                level.Dirty.Mark(bucket.Series, bucket.Start, lowest);
            }
        }
    }

    /// <summary>Takes rows that are in the engine now; begins to sum up when much waits.</summary>
    /// <param name="corrected">Those of them that replace an earlier value, with their stamps.</param>
    /// <param name="stamp">The highest of their stamps.</param>
    /// <param name="giveUp">Once set, a refusal of the engine is not waited out any more.</param>
    public async Task AddAsync(SortedRows rows, IReadOnlyList<(ReadingKey Key, long Stamp)> corrected, long stamp, CancellationToken giveUp)
    {
        lock (gate)
        {
            seen = Math.Max(seen, stamp);
            foreach (var run in rows.Runs)
            {
                Add(rows, run);
            }

            // Both the earlier and the later value went into the sums. With the stamp of the row itself: by a later one it would not be found at the next start.
            foreach (var (key, of) in corrected)
            {
                var series = registry[(int)key.Series];
                Spoil(series, series.Open!, key.Time, of);
            }
        }

        if (!giveUp.IsCancellationRequested && Levels.Sum(level => level.Waiting) >= options.RollupBuckets)
        {
            // Beside the next inserts; as much again may wait meanwhile.
            await early;
            Volatile.Write(ref early, Task.Run(() => RollAsync(isTimer: false, giveUp), CancellationToken.None));
        }
    }

    /// <summary>Where the buckets of a series are, from a start up to a time, all as of one moment.</summary>
    /// <param name="withMemory">Whether those in memory are asked for too.</param>
    public BucketPlaces Places(Series series, RollupLevel level, long from, long to, bool withMemory)
    {
        lock (gate)
        {
            return new(
                level.InTable(series), from < to ? level.Dirty.Of(series.Number, from, to) : [],
                withMemory ? series.Open?.Tail(series.Number, level, to) : null);
        }
    }

    /// <summary>Writes what is closed, and sums up what is dirty.</summary>
    public Task RollAsync(CancellationToken cancellation = default) => RollAsync(isTimer: true, cancellation);

    /// <summary>Sums up at intervals until it is told to end, or the outcome of a write is unknown: then <paramref name="failed"/> is told.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.RollupInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await Volatile.Read(ref early);
                await RollAsync(cancellation);
                await store.Engine.TrimAsync();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or Engine.EngineException or SqliteException && cancellation.IsCancellationRequested)
        {
            // Told to end, maybe while it was refused; what is not summed up is found again at the next start.
        }
        catch (Exception error) when (error is Engine.EngineException or SqliteException or IOException)
        {
            Fault = error;
            failed(error);
        }
        finally
        {
            // Told to end, the engine's side begins no more.
            await Volatile.Read(ref early).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => one.Dispose();

    private async Task RollAsync(bool isTimer, CancellationToken cancellation = default)
    {
        await one.WaitAsync(cancellation);
        try
        {
            // What a round that failed had taken is written nowhere: the checkpoint must stay, so that the next start finds it.
            if (Fault is null)
            {
                await RollOnceAsync(isTimer, cancellation);
            }
        }
        catch (Exception error)
        {
            Fault = error;
            throw;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task RollOnceAsync(bool isTimer, CancellationToken cancellation)
    {
        var (closed, dirty, version, done) = Take(isTimer);
        foreach (var level in Levels.Where(level => closed[level.Index].Count > 0))
        {
            await retry!.RunAsync(() => level.Table.InsertAsync(closed[level.Index], version), cancellation);
        }

        // Before what is dirty is summed up anew: until then it counts as dirty, and not as what was written.
        Written();
        foreach (var level in Levels)
        {
            // Above the version of what was closed: it may have been spoilt since.
            await RollDirtyAsync(level, dirty[level.Index], version + 1, cancellation);
        }

        var stamp = Math.Min(done, Levels.Min(level => level.Dirty.Lowest) - 1 ?? done);
        await retry!.RunAsync(
            () =>
            {
                checkpoint.Advance(Checkpoint.RolledUp, stamp);
                return Task.CompletedTask;
            },
            cancellation);
    }

    private async Task RollDirtyAsync(RollupLevel level, IReadOnlyList<BucketKey> dirty, long version, CancellationToken cancellation)
    {
        foreach (var some in dirty.Chunk(BucketsAtOnce))
        {
            await retry!.RunAsync(() => level.Index == 0
                ? level.Table.RollFromReadingsAsync(some, store.Numbers.Name, version)
                : level.Table.RollFromAsync(Levels[level.Index - 1].Table, some, version), cancellation);
        }

        level.Dirty.Rolled();
    }

    // All that is to be written, its version, and up to which stamp every reading is in the tables then. At one moment for all levels: a bucket
    // that is summed up from finer ones must not be taken after them, or it would lack what came in between.
    private (List<BucketRow>[] Closed, IReadOnlyList<BucketKey>[] Dirty, long Version, long Done) Take(bool isTimer)
    {
        lock (gate)
        {
            var done = seen;
            foreach (var series in registry.All)
            {
                if (series.Open is not { } open)
                {
                    continue;
                }

                if (isTimer && !open.IsBusy)
                {
                    Settle(series, open);
                }

                open.IsBusy &= !isTimer;
                foreach (ref var bucket in open.Levels.AsSpan())
                {
                    bucket.Taken();
                    done = bucket.IsChanged ? Math.Min(done, bucket.Stamp - 1) : done;
                }
            }

            return ([.. Levels.Select(level => level.Take())], [.. Levels.Select(level => level.Dirty.Take())], seen, done);
        }
    }

    private void Written()
    {
        lock (gate)
        {
            foreach (var level in Levels)
            {
                level.Written();
            }

            foreach (var series in registry.All)
            {
                foreach (ref var bucket in (series.Open?.Levels ?? []).AsSpan())
                {
                    bucket.Written();
                }
            }
        }
    }

    // Nothing came for a while: the open buckets are written as they are, and again when more comes.
    private void Settle(Series series, OpenBuckets open)
    {
        var sum = default(BucketSum);
        var isPart = false;
        foreach (var level in Levels)
        {
            ref var bucket = ref open.Levels[level.Index];
            sum.Add(bucket.Sum);
            isPart |= bucket.IsPart;
            if (bucket.IsChanged)
            {
                Put(level, series, bucket.Start, isPart, sum, bucket.Stamp);
                bucket.IsChanged = false;
            }
        }
    }

    private static void Put(RollupLevel level, Series series, long start, bool isPart, in BucketSum sum, long stamp)
    {
        if (isPart)
        {
            level.Dirty.Mark(series.Number, start, stamp);
        }
        else if (sum.Count > 0)
        {
            level.Close(new BucketRow(series.Number, start, sum));
        }
    }

    private void Add(SortedRows rows, SeriesRun run)
    {
        var open = run.Series.Open ??= new OpenBuckets(Levels.Count);
        open.IsBusy = true;
        var times = rows.Times;
        for (var row = run.Start; row < run.End;)
        {
            var start = Levels[0].StartOf(times[row]);
            var end = row + 1;
            while (end < run.End && times[end] < start + Levels[0].Width)
            {
                end++;
            }

            AddBucket(rows, run.Series, open, start, row, end);
            row = end;
        }
    }

    // Rows of one finest bucket.
    private void AddBucket(SortedRows rows, Series series, OpenBuckets open, long start, int from, int to)
    {
        ref var bucket = ref open.Levels[0];
        var stamp = rows.Stamps[to - 1];
        if (start > bucket.Start)
        {
            OpenNext(series, open, start);
        }
        else if (start < bucket.Start)
        {
            Spoil(series, open, start, stamp);
            return;
        }

        var times = rows.Times;
        var numbers = rows.Numbers;
        for (var row = from; row < to; row++)
        {
            if (!rows.HasRemarks || rows.RemarkOf(row).Quality == Quality.Good)
            {
                bucket.Sum.Add(times[row], numbers[row]);
            }
        }

        foreach (ref var level in open.Levels.AsSpan())
        {
            level.Change(stamp);
        }
    }

    // Closes what ends before the new bucket, finest first: each goes into the next coarser one.
    private void OpenNext(Series series, OpenBuckets open, long time)
    {
        foreach (var level in Levels)
        {
            ref var bucket = ref open.Levels[level.Index];
            var start = level.StartOf(time);
            if (start == bucket.Start)
            {
                return;
            }

            if (bucket.IsChanged)
            {
                Put(level, series, bucket.Start, bucket.IsPart, bucket.Sum, bucket.Stamp);
            }

            if (level.Index + 1 < Levels.Count)
            {
                ref var coarser = ref open.Levels[level.Index + 1];
                coarser.Sum.Add(bucket.Sum);
                coarser.IsPart |= bucket.IsPart;
            }

            (bucket.Start, bucket.Sum, bucket.IsChanged) = (start, default, false);
            bucket.IsPart = series.Known.Any && level.StartOf(series.Known.High) >= start;
            bucket.Since = bucket.IsPart ? OpenBucket.None : bucket.Since == OpenBucket.None ? start : bucket.Since;
        }
    }

    // What is added up for that time is not what it should be: it is summed up from the engine.
    private void Spoil(Series series, OpenBuckets open, long time, long stamp)
    {
        foreach (var level in Levels)
        {
            ref var bucket = ref open.Levels[level.Index];
            if (level.StartOf(time) == bucket.Start)
            {
                bucket.IsPart = true;
                bucket.Change(stamp);
            }
            else
            {
                level.Dirty.Mark(series.Number, time, stamp);
            }
        }
    }
}

using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>Gathers what the log committed for a moment and hands it to the engine; tells whoever waits for a number to be there.</summary>
/// <param name="failed">Told why the pump stopped; must not block or throw.</param>
/// <param name="kept">Told why a segment of the log could not be deleted yet; must not block or throw.</param>
internal sealed class StorePump(
    CommittedQueue queue, EngineWriter writer, ReadingLog log, TelemetryOptions options, TimeProvider clock, Action<CommittedBatch> release,
    Action<Exception> failed, Action<Exception> kept)
{
    // How often it is looked whether there is enough for an insert, while gathering.
    private const int Looks = 10;

    private readonly Lock gate = new();
    private readonly List<(long Stamp, TaskCompletionSource Done)> waiting = [];
    private long stored;

    /// <summary>Why the pump stopped; null while it runs.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Ends when everything up to <paramref name="stamp"/> is in the engine and counted.</summary>
    public Task StoredAsync(long stamp)
    {
        lock (gate)
        {
            if (stamp <= stored || Fault is not null)
            {
                return stamp <= stored ? Task.CompletedTask : Task.FromException(Fault!);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((stamp, done));
            return done.Task;
        }
    }

    /// <summary>Runs until the queue is completed and empty, or the outcome of a write is unknown.</summary>
    /// <param name="giveUp">Once set, a refusal of the engine is not waited out any more.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        List<CommittedBatch> batches = [];
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await GatherForAMomentAsync();

            Gather(batches);
            try
            {
                log.SyncWritten();
                await writer.WriteAsync(batches, giveUp);
            }
#pragma warning disable CA1031 // Whatever it is, the outcome is unknown: a loop that died in silence would let intake go on until it is full.
            catch (Exception error)
#pragma warning restore CA1031
            {
                // What is in the engine is unknown now; the log has it all, and the next start goes on from there.
                Stop(error);
                failed(error);
                return;
            }

            Advance(batches[^1].LastStamp);
            batches.ForEach(release);
            batches.Clear();
        }
    }

    /// <summary>Sets where the store stands after recovery.</summary>
    public void Advance(long stamp)
    {
        DeleteThrough(stamp);
        lock (gate)
        {
            stored = stamp;
            foreach (var (_, done) in waiting.Where(each => each.Stamp <= stamp))
            {
                done.SetResult();
            }

            waiting.RemoveAll(each => each.Stamp <= stamp);
        }
    }

    // What cannot be deleted now is tried again with the next; until then it counts against the log's limit.
    private void DeleteThrough(long stamp)
    {
        try
        {
            log.Segments.DeleteThrough(stamp);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            kept(error);
        }
    }

    // Larger inserts cost less a value; but what is acknowledged shows within a second.
    private async Task GatherForAMomentAsync()
    {
        if (options.EngineDelay <= TimeSpan.Zero)
        {
            return;
        }

        var began = clock.GetTimestamp();
        while (queue.Weight < options.EngineBatchValues && clock.GetElapsedTime(began) < options.EngineDelay)
        {
            await Task.Delay(options.EngineDelay / Looks, clock);
        }
    }

    private void Gather(List<CommittedBatch> batches)
    {
        var values = 0;
        while (values < options.EngineBatchValues && queue.Reader.TryRead(out var batch))
        {
            queue.Took(batch);
            batches.Add(batch);
            values += batch.Weight;
        }
    }

    private void Stop(Exception error)
    {
        lock (gate)
        {
            Fault = error;
            waiting.ForEach(each => each.Done.SetException(error));
            waiting.Clear();
        }
    }
}

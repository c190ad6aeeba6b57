using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>Gathers what the log committed for a moment and hands it to the engine; tells whoever waits for a number to be there.</summary>
internal sealed class StorePump(
    CommittedQueue queue, EngineWriter writer, ReadingLog log, TelemetryOptions options, TimeProvider clock, Action<CommittedBatch> release,
    Action<Exception> failed)
{
    private readonly Lock gate = new();
    private readonly List<(ulong Sequence, TaskCompletionSource Done)> waiting = [];
    private ulong stored;

    /// <summary>Why the pump stopped; null while it runs.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Ends when everything up to <paramref name="sequence"/> is in the engine and counted.</summary>
    public Task StoredAsync(ulong sequence)
    {
        lock (gate)
        {
            if (sequence <= stored)
            {
                return Task.CompletedTask;
            }

            if (Fault is { } fault)
            {
                return Task.FromException(fault);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((sequence, done));
            return done.Task;
        }
    }

    /// <summary>Runs until the queue is completed and empty, or the outcome of a write is unknown.</summary>
    public async Task RunAsync()
    {
        List<CommittedBatch> batches = [];
        while (await queue.Reader.WaitToReadAsync())
        {
            if (options.EngineDelay > TimeSpan.Zero && queue.Reader.Count < options.EngineBatchValues / 4)
            {
                await Task.Delay(options.EngineDelay, clock);
            }

            Gather(batches);
            try
            {
                await writer.WriteAsync(batches.ConvertAll(batch => batch.ToEntry()));
            }
            catch (Exception error) when (error is EngineException or SqliteException or IOException)
            {
                // What is in the engine is unknown now; the log has it all, and the next start goes on from there.
                Stop(error);
                failed(error);
                return;
            }

            Advance(batches[^1].LastSequence);
            batches.ForEach(release);
            batches.Clear();
        }
    }

    /// <summary>Sets where the store stands after recovery.</summary>
    public void Advance(ulong sequence)
    {
        log.DeleteThrough(sequence);
        lock (gate)
        {
            stored = sequence;
            foreach (var (_, done) in waiting.Where(each => each.Sequence <= sequence))
            {
                done.SetResult();
            }

            waiting.RemoveAll(each => each.Sequence <= sequence);
        }
    }

    private void Gather(List<CommittedBatch> batches)
    {
        var values = 0;
        while (values < options.EngineBatchValues && queue.Reader.TryRead(out var batch))
        {
            batches.Add(batch);
            values += batch.Batch.Count;
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

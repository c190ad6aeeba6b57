using System.Collections.Concurrent;

namespace Jingwei.Server.Reports.Structuring;

/// <summary>
/// Threads that texts are read on, in the order in which they come. Thousands of texts keep every processor busy for seconds: on the pool's threads,
/// which have no reason to become more while work goes on, requests would wait until the last of them is read.
/// </summary>
internal sealed class ReaderThreads : TaskScheduler, IDisposable
{
    // Whoever has texts read has one task in here for each thread at most.
    private readonly BlockingCollection<Task> waiting = [];
    private readonly Thread[] threads;

    public ReaderThreads(int count)
    {
        threads = [.. Enumerable.Range(0, count).Select(number => new Thread(Run) { IsBackground = true, Name = $"text reader {number}" })];
        foreach (var thread in threads)
        {
            thread.Start();
        }
    }

    public override int MaximumConcurrencyLevel => threads.Length;

    public void Dispose()
    {
        waiting.CompleteAdding();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        waiting.Dispose();
    }

    protected override void QueueTask(Task task) => waiting.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => waiting;

    private void Run()
    {
        foreach (var task in waiting.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}

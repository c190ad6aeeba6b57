using Jingwei.Server.Reports.Structuring;

namespace Jingwei.Tests.Reports;

/// <summary>Texts are read beside requests, and beside each other.</summary>
public sealed class ReaderThreadsTests : IDisposable
{
    private readonly ReaderThreads threads = new(2);

    public void Dispose() => threads.Dispose();

    [Fact]
    public async Task What_is_read_takes_no_thread_from_requests()
    {
        var pooled = 0;
        await Parallel.ForAsync(0, 100, Options, async (_, _) =>
        {
            Interlocked.Add(ref pooled, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
            await Task.Yield();
            Interlocked.Add(ref pooled, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
        });
        Assert.Equal(0, pooled);
    }

    [Fact]
    public async Task A_few_that_come_while_many_are_read_have_their_turn()
    {
        var few = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var many = Parallel.ForAsync(0, int.MaxValue, Options, async (_, _) =>
        {
            if (few.Task.IsCompleted)
            {
                await stop.CancelAsync();
            }

            stop.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        });
        await Parallel.ForAsync(0, 10, Options, async (_, _) => await Task.Yield());
        few.SetResult();
        await Assert.ThrowsAsync<OperationCanceledException>(() => many);
    }

    private ParallelOptions Options => new() { TaskScheduler = threads, MaxDegreeOfParallelism = 2 };
}

using System.Threading.Channels;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// What is in the synced log, on its way to the engine and to the subscribers. Never full: a batch holds its part of the
/// budget until both have taken it, so a slow engine or subscriber makes intake wait, and nothing else.
/// </summary>
internal sealed class CommittedQueue
{
    private readonly Channel<CommittedBatch> queue;

    public CommittedQueue(int capacity) => queue = Channel.CreateBounded<CommittedBatch>(new BoundedChannelOptions(capacity)
    {
        SingleReader = true,
        SingleWriter = true,
    });

    private long weight;

    public ChannelReader<CommittedBatch> Reader => queue.Reader;

    /// <summary>What the batches in it weigh, in values.</summary>
    public long Weight => Volatile.Read(ref weight);

    public void Add(CommittedBatch batch)
    {
        Interlocked.Add(ref weight, batch.Weight);
        if (!queue.Writer.TryWrite(batch))
        {
            throw new InvalidOperationException("More batches are on their way than the budget allows.");
        }
    }

    /// <summary>Tells that a batch was read.</summary>
    public void Took(CommittedBatch batch) => Interlocked.Add(ref weight, -batch.Weight);

    public void Complete() => queue.Writer.TryComplete();
}

namespace Jingwei.Mqtt.Sessions;

/// <summary>
/// Whether publishers wait for a subscriber whose queue is full. They do as long as it empties half of its queue within the patience;
/// a slower one is slow until its queue was empty, and nobody waits for it. Guarded by the queue's lock.
/// </summary>
internal sealed class Backpressure(TimeProvider time, TimeSpan patience)
{
    private TaskCompletionSource? room;
    private long? since;
    private bool isSlow;

    /// <summary>The queue is full now: whether it is worth waiting.</summary>
    public bool Holds()
    {
        since ??= time.GetTimestamp();
        isSlow |= time.GetElapsedTime(since.Value) >= patience;
        return !isSlow;
    }

    /// <summary>Ends when half of the queue is free, or when it has been waited for long enough.</summary>
    public Task RoomAsync()
    {
        if (since is not { } start)
        {
            return Task.CompletedTask;
        }

        var left = patience - time.GetElapsedTime(start);
        return WaitAsync(HalfFreeAsync(), left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Ends when half of the queue is free, however long that takes.</summary>
    public Task HalfFreeAsync() => (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Half of the queue is free.</summary>
    public void MadeRoom(bool isEmpty)
    {
        since = null;
        isSlow &= !isEmpty;
        room?.TrySetResult();
        room = null;
    }

    private async Task WaitAsync(Task room, TimeSpan left) =>
        await room.WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

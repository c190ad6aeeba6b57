using Microsoft.Extensions.Logging;

namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// Lets connections in at a set rate, so that a fleet that comes back at once does not take the machine from those that are in. The others
/// wait in turn; those that find the queue full are cut, and come again.
/// </summary>
internal sealed class Admission(MqttServerLimits limits, TimeProvider time, ILogger logger)
{
    // Those that wait are let in by the handful.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource<bool>> waiting = new();

    // The generic cell rate algorithm (ITU-T I.371, annex A): each connection takes an interval, and the intervals taken may reach as far
    // ahead of the clock as the burst.
    private readonly long interval = Math.Max(time.TimestampFrequency / limits.ConnectionRate, 1);
    private long takenUntil = time.GetTimestamp();
    private ITimer? timer;
    private bool isFull;
    private bool isClosed;
    private long delayed;
    private long cut;

    /// <summary>Connections that wait at this moment.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Connections that had to wait.</summary>
    public long Delayed => Interlocked.Read(ref delayed);

    /// <summary>Connections that were cut because too many were there.</summary>
    public long Cut => Interlocked.Read(ref cut);

    /// <summary>Whether a connection may begin now.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            return !isClosed && waiting.Count == 0 && TryTake();
        }
    }

    /// <summary>For who may not begin now: true when it may, false when it is to be cut, or is gone.</summary>
    public async Task<bool> EnterLaterAsync(CancellationToken gone)
    {
        LinkedListNode<TaskCompletionSource<bool>> place;
        lock (gate)
        {
            if (isClosed)
            {
                return false;
            }

            if (waiting.Count >= limits.MaxWaitingConnections)
            {
                CountCut();
                TellFull();
                return false;
            }

            delayed++;
            place = waiting.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            if (waiting.Count == 1)
            {
                Rest();
            }
        }

        await using var leaving = gone.UnsafeRegister(_ => Leave(place), null);
        return await place.Value.Task;
    }

    /// <summary>The server stops: nobody comes in any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            timer?.Dispose();
            foreach (var place in waiting)
            {
                place.TrySetResult(false);
            }

            waiting.Clear();
        }
    }

    /// <summary>One more that found no room.</summary>
    public void CountCut() => Interlocked.Increment(ref cut);

    private void Leave(LinkedListNode<TaskCompletionSource<bool>> place)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
            }
        }

        place.Value.TrySetResult(false);
    }

    private void LetIn()
    {
        lock (gate)
        {
            while (waiting.First is { } next && TryTake())
            {
                waiting.RemoveFirst();
                next.Value.TrySetResult(true);
            }

            if (waiting.Count > 0)
            {
                Rest();
            }
            else
            {
                isFull = false;
            }
        }
    }

    private void Rest()
    {
        timer ??= time.CreateTimer(static self => ((Admission)self!).LetIn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(Step, Timeout.InfiniteTimeSpan);
    }

    private bool TryTake()
    {
        var now = time.GetTimestamp();
        var from = Math.Max(takenUntil, now);
        if (from - now > (limits.ConnectionBurst - 1) * interval)
        {
            return false;
        }

        takenUntil = from + interval;
        return true;
    }

    private void TellFull()
    {
        if (!isFull)
        {
            isFull = true;
            Log.ConnectionsCut(logger, limits.ConnectionRate, limits.MaxWaitingConnections);
        }
    }
}

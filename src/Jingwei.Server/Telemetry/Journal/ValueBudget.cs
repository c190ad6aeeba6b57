namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// How many values may be on the way from arrival to the engine, or bytes of requests before that: this one limit bounds the memory of every
/// queue in between. Those who wait are served in their order.
/// </summary>
internal sealed class ValueBudget(int limit)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(int Count, TaskCompletionSource Ready)> waiting = [];
    private int used;

    /// <summary>Takes room for <paramref name="count"/> values if there is some and nobody waits.</summary>
    public bool TryTake(int count)
    {
        count = Math.Min(count, limit);
        lock (gate)
        {
            if (waiting.Count > 0 || used + count > limit)
            {
                return false;
            }

            used += count;
            return true;
        }
    }

    /// <summary>Takes room for <paramref name="count"/> values, waiting for it; one that is larger than the whole limit takes all of it.</summary>
    /// <exception cref="OperationCanceledException">It took longer than the caller would wait; nothing was taken.</exception>
    public async ValueTask TakeAsync(int count, CancellationToken cancellation)
    {
        if (TryTake(count))
        {
            return;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(int Count, TaskCompletionSource Ready)> place;
        lock (gate)
        {
            place = waiting.AddLast((Math.Min(count, limit), ready));
            Serve();
        }

        await using var registration = cancellation.Register(() => GiveUp(place, cancellation));
        await ready.Task;
    }

    /// <summary>As <see cref="TakeAsync"/>, but false when it took longer than <paramref name="patience"/>; then nothing was taken.</summary>
    public async ValueTask<bool> TryTakeAsync(int count, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        if (TryTake(count))
        {
            return true;
        }

        using var impatient = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(impatient.Token, cancellation);
        try
        {
            await TakeAsync(count, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Gives back what <see cref="TakeAsync"/> took for as many values.</summary>
    public void Return(int count)
    {
        lock (gate)
        {
            used -= Math.Min(count, limit);
            Serve();
        }
    }

    private void GiveUp(LinkedListNode<(int Count, TaskCompletionSource Ready)> place, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
                place.Value.Ready.SetCanceled(cancellation);
                Serve();
            }
        }
    }

    private void Serve()
    {
        while (waiting.First is { } first && used + first.Value.Count <= limit)
        {
            used += first.Value.Count;
            waiting.RemoveFirst();
            first.Value.Ready.SetResult();
        }
    }
}

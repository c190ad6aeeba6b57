using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// The only writer of a connection. Answers and QoS 0 messages come through a bounded queue; QoS 1 and 2 messages are taken from the
/// session's outbox as the client's receive maximum allows. It works only while there is something to write: an idle connection has
/// neither a task nor a buffer here.
/// </summary>
internal sealed class ConnectionWriter(PacketOutput output, MqttServerLimits limits, TimeProvider time, ServerConnection connection) : IThreadPoolWorkItem
{
    // As Kestrel's default MaxResponseBufferSize: what a flush may carry before it has to wait for the client.
    private const int FlushSize = 64 * 1024;

    private readonly Lock gate = new();

    // Guarded by gate. An idle connection has neither queue nor pressure.
    private Queue<Outgoing>? queue;
    private Backpressure? pressure;
    private Completion ended;
    private long queuedBytes;
    private bool looksIntoOutbox;
    private bool isAtWork;
    private bool isComplete;
    private bool isEnded;

    private volatile Outbox? outbox;
    private MqttPacket? farewell;

    private int Queued => queue?.Count ?? 0;

    /// <summary>Completes when nothing is written any more.</summary>
    public Task EndedAsync()
    {
        lock (gate)
        {
            return ended.Task;
        }
    }

    /// <summary>From now on the session's messages leave too.</summary>
    public void Open(Outbox messages)
    {
        outbox = messages;
        Wake();
    }

    /// <summary>Something was queued, or the outbox has something or may send more.</summary>
    public void Wake()
    {
        lock (gate)
        {
            looksIntoOutbox = outbox is not null;
            if (isAtWork || isEnded)
            {
                return;
            }

            isAtWork = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Queues a QoS 0 message; it leaves after <see cref="Wake"/>.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="mayWait">Whether the publisher can wait for room.</param>
    public Taking Add(Delivery delivery, bool mayWait)
    {
        lock (gate)
        {
            if (isComplete)
            {
                return Taking.Gone;
            }

            var isFull = Queued >= limits.MaxOutgoingPackets || (Queued > 0 && queuedBytes + delivery.Size > limits.MaxOutgoingBytes);
            if (isFull)
            {
                pressure ??= new(time, limits.SlowConsumerPatience);
                return pressure.Holds() && mayWait ? Taking.Wait : Taking.Full;
            }

            Enqueue(new(delivery));
            queuedBytes += delivery.Size;
            return Taking.Taken;
        }
    }

    /// <summary>Ends when there is room again, or when it has been waited for long enough.</summary>
    public Task RoomAsync()
    {
        lock (gate)
        {
            return isComplete ? Task.CompletedTask : pressure?.RoomAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Waits while the queue is full; a closing connection swallows the packet.</summary>
    public ValueTask SendAsync(MqttPacket packet) => SendAsync(new Outgoing(packet));

    /// <summary>As many acknowledgements at once; the array goes back to its pool.</summary>
    public ValueTask SendAsync(Ack[] acks, int count) => SendAsync(new Outgoing(acks, count));

    /// <summary>Lets what is queued leave, then <paramref name="last"/>, then ends.</summary>
    /// <param name="last">DISCONNECT; null for none.</param>
    /// <param name="drains">Whether what the session may send now leaves too. Not where another connection takes the session over.</param>
    public void Complete(MqttPacket? last, bool drains)
    {
        lock (gate)
        {
            if (isComplete)
            {
                return;
            }

            isComplete = true;
            farewell = last;
            outbox = drains ? outbox : null;
            pressure?.MadeRoom(isEmpty: true);
        }

        Wake();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = WorkAsync(default);

    private ValueTask SendAsync(Outgoing next) => TrySend(next) ? ValueTask.CompletedTask : SendWhenThereIsRoomAsync(next);

    private async ValueTask SendWhenThereIsRoomAsync(Outgoing next)
    {
        do
        {
            await RoomForAnswersAsync();
        }
        while (!TrySend(next));
    }

    /// <summary>Answers are not dropped: they wait until the client reads or goes.</summary>
    private Task RoomForAnswersAsync()
    {
        lock (gate)
        {
            return isComplete || Queued < limits.MaxOutgoingPackets
                ? Task.CompletedTask
                : (pressure ??= new(time, limits.SlowConsumerPatience)).HalfFreeAsync();
        }
    }

    private bool TrySend(Outgoing next)
    {
        lock (gate)
        {
            if (isComplete)
            {
                return true;
            }

            if (isAtWork || Queued > 0)
            {
                if (Queued >= limits.MaxOutgoingPackets)
                {
                    return false;
                }

                Enqueue(next);
                next = default;
            }

            if (isAtWork)
            {
                return true;
            }

            isAtWork = true;
        }

        // Here and now: what is answered together leaves together, without a change of threads. Only a full pipe makes it go on elsewhere.
        _ = WorkAsync(next);
        return true;
    }

    private void Enqueue(in Outgoing next) => (queue ??= new()).Enqueue(next);

    /// <summary>Never fails.</summary>
    /// <param name="first">What goes before the queue; the default: nothing.</param>
    private async Task WorkAsync(Outgoing first)
    {
        try
        {
            output.Write(first);
            while (output.Unflushed > 0 || HasMore())
            {
                WriteSome();
                if ((await output.FlushAsync()).IsCompleted)
                {
                    End();
                    return;
                }
            }
        }
        catch (Exception e) when (ServerConnection.IsLoss(e))
        {
            connection.Lost(e);
            End();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            connection.Fail(e);
            End();
        }
    }

    /// <summary>False: the work rests until there is something again, or has ended.</summary>
    private bool HasMore()
    {
        lock (gate)
        {
            if (Queued > 0 || looksIntoOutbox)
            {
                return true;
            }

            if (farewell is { } last)
            {
                (farewell, outbox) = (null, null);
                Enqueue(new(last));
                return true;
            }

            isAtWork = false;
            if (!isComplete)
            {
                return false;
            }
        }

        End();
        return false;
    }

    private void End()
    {
        lock (gate)
        {
            (isComplete, isEnded, looksIntoOutbox) = (true, true, false);
            queue = null;
            pressure?.MadeRoom(isEmpty: true);
            ended.Complete();
        }

        connection.BeginClose(MqttReasonCode.UnspecifiedError, null, isOver: true);
    }

    /// <summary>What there is, up to one flush.</summary>
    private void WriteSome()
    {
        while (output.Unflushed < FlushSize)
        {
            if (TryTake(out var next))
            {
                output.Write(next);
            }
            else if (!LookIntoOutbox())
            {
                return;
            }
        }
    }

    private bool TryTake(out Outgoing next)
    {
        lock (gate)
        {
            next = default;
            if (queue is null || !queue.TryDequeue(out next))
            {
                return false;
            }

            queuedBytes -= next.Content is Delivery delivery ? delivery.Size : 0;
            if (queue.Count <= limits.MaxOutgoingPackets / 2 && queuedBytes <= limits.MaxOutgoingBytes / 2)
            {
                pressure?.MadeRoom(queue.Count == 0);
            }

            return true;
        }
    }

    /// <summary>False when nothing more may leave now.</summary>
    private bool LookIntoOutbox()
    {
        lock (gate)
        {
            if (!looksIntoOutbox)
            {
                return false;
            }

            looksIntoOutbox = false;
        }

        while (outbox?.Take() is { } next)
        {
            output.Write(next);
            if (output.Unflushed >= FlushSize)
            {
                lock (gate)
                {
                    looksIntoOutbox = !isEnded;
                }

                break;
            }
        }

        return true;
    }
}

using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Publishing;

/// <summary>What became of a PUBLISH that was offered.</summary>
internal enum PublishStep
{
    /// <summary>It is in the batch, or needs nothing.</summary>
    Taken,

    /// <summary>The batch has to be started before.</summary>
    NeedsNewBatch,

    /// <summary>Two batches are at work.</summary>
    Busy,

    /// <summary>The connection has to end.</summary>
    Invalid,
}

/// <summary>
/// What one client publishes, on its way into the hook: checked, gathered in batches, handed over. Up to two batches are at work, so that
/// one is read while the other waits for its disk; they are answered in their order. Used by the read loop alone.
/// </summary>
internal sealed class IncomingPublishes(
    MqttServerOptions options, ServerConnection connection, PublishAnswers answers, ReceiveQuota quota, Action wakeReader, CancellationToken stopping)
{
    private const int MaxRunning = 2;

    // Bits of a PUBLISH's first byte (MQTT 5.0, section 3.3.1).
    private const int FlagDuplicate = 0b1000;
    private const int FlagsQoS = 0b0110;

    private readonly TopicCache topics = new(options.Limits);
    private readonly Queue<RunningBatch> running = new();
    private MqttPublishBatch? filling;
    private long fillingFrom;
    private Task newest = Task.CompletedTask;

    private bool IsV5 => connection.Info.ProtocolVersion == MqttProtocolVersion.V5;

    private Session Session => connection.Session;

    /// <summary>Where the oldest batch at work begins, in bytes from the start of the connection; null: there is none.</summary>
    public long? HeldFrom
    {
        get
        {
            ForgetFinished();
            return running.TryPeek(out var oldest) ? oldest.From : null;
        }
    }

    /// <summary>Puts a PUBLISH into the batch; what is not <see cref="PublishStep.Taken"/> is to be offered again.</summary>
    /// <param name="at">Where it begins, in bytes from the start of the connection.</param>
    /// <param name="size">Bytes of the packet.</param>
    public PublishStep Take(in PacketFrame frame, long at, long size, out PacketError error)
    {
        error = default;
        if (filling is null)
        {
            ForgetFinished();
            if (running.Count == MaxRunning)
            {
                // Told now: once there is room the message would no longer be one too many. One sent again may be a known one.
                return IsV5 && (frame.Header & (FlagDuplicate | FlagsQoS)) is > 0 and < FlagDuplicate && quota.IsUsedUp
                    ? TooMany(out error)
                    : PublishStep.Busy;
            }
        }
        else if (filling.Count >= options.Limits.MaxBatchMessages || filling.Bytes + size > options.Limits.MaxBatchBytes)
        {
            return PublishStep.NeedsNewBatch;
        }

        if (!PublishDecoder.TryDecode(frame, IsV5, out var fields, out error)
            || Violates(fields.Header.Properties, out error)
            || topics.Find(fields, out error) is not { } topic)
        {
            return PublishStep.Invalid;
        }

        return Judge(new(topic, fields.Payload, fields.Header), at, size, out error);
    }

    /// <summary>Hands the batch to the hook, if there is one.</summary>
    public void Start()
    {
        if (filling is { } batch)
        {
            Run(batch, Call(batch));
        }
    }

    /// <summary>Ends when the oldest batch is answered.</summary>
    public Task OldestDoneAsync() => running.TryPeek(out var oldest) ? oldest.Answered : Task.CompletedTask;

    /// <summary>No more come. Ends when every batch is answered: messages that were read are still taken and routed, also when their client is gone.</summary>
    public Task CompleteAsync()
    {
        Start();
        return newest;
    }

    /// <summary>PUBREL: the identifier is free again [MQTT-4.3.3-12].</summary>
    public ValueTask ReleaseAsync(AckPacket packet)
    {
        var known = Session.Inbox.End(packet.PacketId, out var commit);
        if (known)
        {
            quota.Return();
        }

        var answer = new AckPacket(
            PacketType.PubComp, packet.PacketId, known ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound);
        if (commit == 0)
        {
            return connection.SendAsync(answer);
        }

        Session.Outbox.Hold(answer, commit);
        connection.Wake();
        return ValueTask.CompletedTask;
    }

    private PublishStep Judge(in MqttPublish message, long at, long size, out PacketError error)
    {
        error = default;
        var refusal = Refusal(message.Topic);
        if (refusal is { } refused && !IsV5)
        {
            // 3.1.1 knows no refusal: acknowledge or close, and an acknowledgement would be a lie.
            error = new(refused.Reason, refused.ReasonString ?? "Not authorised to publish there.");
            return PublishStep.Invalid;
        }

        if (refusal is not null && filling is not null)
        {
            return PublishStep.NeedsNewBatch;
        }

        var id = message.Header.PacketId;
        if (message.QoS == MqttQoS.ExactlyOnce && Session.Inbox.Begin(id) is not IncomingState.New and var state)
        {
            return state == IncomingState.Pending ? PublishStep.Taken
                : filling is not null ? PublishStep.NeedsNewBatch
                : AddDecided(message, MqttPublishOutcome.Consumed, at, size);
        }

        if (message.QoS != MqttQoS.AtMostOnce && !quota.Take() && IsV5)
        {
            return TooMany(out error);
        }

        return refusal is { } outcome ? AddDecided(message, outcome, at, size) : Add(message, at, size);
    }

    /// <summary>[MQTT-3.3.4-8]; 3.1.1 has no such limit, and is read no faster than it is answered.</summary>
    private PublishStep TooMany(out PacketError error)
    {
        error = new(MqttReasonCode.ReceiveMaximumExceeded, $"More than {options.Limits.ReceiveMaximum} messages unacknowledged.");
        return PublishStep.Invalid;
    }

    private PublishStep Add(in MqttPublish message, long at, long size)
    {
        if (filling is null)
        {
            filling = connection.Batches.Get();
            filling.Begin(connection.Info.Principal, connection.Info.ClientId);
            fillingFrom = at;
        }

        filling.Add(message, size);
        return PublishStep.Taken;
    }

    /// <summary>What the hook has no say in goes through the same queue, so that its answer keeps its place; alone, so that the hook need not see it.</summary>
    private PublishStep AddDecided(in MqttPublish message, in MqttPublishOutcome outcome, long at, long size)
    {
        Add(message, at, size);
        filling!.Decide(0, outcome);
        Run(filling, ValueTask.CompletedTask);
        return PublishStep.Taken;
    }

    private ValueTask Call(MqttPublishBatch batch)
    {
        try
        {
            return options.Publishing(batch, stopping);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return ValueTask.FromException(e);
        }
    }

    private void Run(MqttPublishBatch batch, ValueTask hook)
    {
        filling = null;
        var answered = AnswerAsync(batch, hook, newest);
        if (answered.IsCompleted)
        {
            connection.Batches.Return(batch);
            return;
        }

        running.Enqueue(new(batch, fillingFrom, answered));
        newest = WakeAfterAsync(answered);
    }

    /// <summary>Never fails.</summary>
    private async Task AnswerAsync(MqttPublishBatch batch, ValueTask hook, Task before)
    {
        try
        {
            await hook;
            batch.EnsureDecided();
            await before;
            await answers.SendAsync(batch);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            answers.Forget(batch);
            connection.Fail(e);
        }
    }

    /// <summary>The read loop gives the batch's bytes back to the pipe, also when no more come.</summary>
    private async Task WakeAfterAsync(Task answered)
    {
        await answered;
        wakeReader();
    }

    private void ForgetFinished()
    {
        while (running.TryPeek(out var oldest) && oldest.Answered.IsCompleted)
        {
            connection.Batches.Return(running.Dequeue().Batch);
        }
    }

    private MqttPublishOutcome? Refusal(MqttTopic topic) =>
        !topic.IsWithinLimits ? MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "The topic is too long or too deep.")
        : topic.MayBePublished(options, connection.Info.Principal, connection.RightsTurn) ? null
        : MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);

    /// <summary>What no client may send, whoever it is.</summary>
    private static bool Violates(MqttProperties properties, out PacketError error)
    {
        error = properties switch
        {
            { SubscriptionIdentifiers.Count: > 0 } =>
                new(MqttReasonCode.ProtocolError, "A client's PUBLISH has a subscription identifier [MQTT-3.3.4-6]."),
            { ResponseTopic: { } response } when !MqttTopicFilter.IsTopicName(response) =>
                new(MqttReasonCode.ProtocolError, "The response topic is no topic name [MQTT-3.3.2-14]."),
            _ => default,
        };
        return !error.IsNone;
    }

    /// <param name="From">Where the batch begins in the connection's bytes; the pipe is to keep everything from here.</param>
    /// <param name="Answered">Nothing of the batch is needed any more.</param>
    private readonly record struct RunningBatch(MqttPublishBatch Batch, long From, Task Answered);
}

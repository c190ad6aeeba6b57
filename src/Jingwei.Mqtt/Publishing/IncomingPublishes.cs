using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Publishing;

/// <summary>What one client publishes: checked, given to the hook, acknowledged and routed.</summary>
internal sealed class IncomingPublishes
{
    private readonly MqttServerOptions options;
    private readonly ServerConnection connection;
    private readonly MessageRouter router;
    private readonly CancellationToken stopping;
    private readonly PublishPipeline pipeline;
    private int unacknowledged;

    public IncomingPublishes(
        MqttServerOptions options, ServerConnection connection, MessageRouter router, CancellationToken stopping)
    {
        this.options = options;
        this.connection = connection;
        this.router = router;
        this.stopping = stopping;
        pipeline = new(options.Limits.MaxPendingPublishes, CompleteAsync);
    }

    private bool IsV5 => connection.Info.ProtocolVersion == MqttProtocolVersion.V5;

    private Session Session => connection.Session;

    public void Complete() => pipeline.Complete();

    public Task RunAsync() => pipeline.RunAsync();

    public async ValueTask HandleAsync(PublishPacket packet)
    {
        if (Violation(packet.Message) is { } violation)
        {
            connection.BeginClose(violation.Reason, violation.Complaint);
            return;
        }

        var qos = packet.Message.QoS;
        if (qos == MqttQoS.ExactlyOnce && Session.Inbox.Begin(packet.PacketId) is not IncomingState.New and var state)
        {
            if (state == IncomingState.Received)
            {
                await connection.SendAsync(new AckPacket(PacketType.PubRec, packet.PacketId));
            }

            return;
        }

        if (qos != MqttQoS.AtMostOnce && Interlocked.Increment(ref unacknowledged) > options.Limits.ReceiveMaximum && IsV5)
        {
            connection.BeginClose(MqttReasonCode.ReceiveMaximumExceeded, $"More than {options.Limits.ReceiveMaximum} messages unacknowledged.");
            return;
        }

        if (Refusal(packet.Message) is not { } refused)
        {
            var context = new MqttPublishContext(connection.Info.Principal, connection.Info.ClientId, packet.Message);
            await pipeline.AddAsync(packet, options.Publishing(context, stopping));
        }
        else if (IsV5)
        {
            await pipeline.AddAsync(packet, ValueTask.FromResult(refused));
        }
        else
        {
            // 3.1.1 knows no refusal: acknowledge or close, and an acknowledgement would be a lie.
            connection.BeginClose(refused.Reason, refused.ReasonString);
        }
    }

    /// <summary>PUBREL: the identifier is free again [MQTT-4.3.3-12].</summary>
    public ValueTask ReleaseAsync(AckPacket packet)
    {
        var known = Session.Inbox.End(packet.PacketId, out var commit);
        if (known)
        {
            Settle();
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

    private async ValueTask CompleteAsync(PublishPacket packet, MqttPublishOutcome outcome)
    {
        var isRefused = outcome.Reason >= MqttReasonCode.UnspecifiedError;
        var commit = 0UL;
        if (outcome.Route && !isRefused)
        {
            commit = router.Route(packet.Message, Session).Commit;
        }

        if (outcome.Again && !IsV5 && packet.Message.QoS != MqttQoS.AtMostOnce)
        {
            connection.BeginClose(outcome.Reason, outcome.ReasonString);
            return;
        }

        switch (packet.Message.QoS)
        {
            case MqttQoS.AtMostOnce when outcome.Reason == MqttReasonCode.NotAuthorized:
                connection.CountDrop(MqttDropReason.NotAuthorized);
                break;
            case MqttQoS.AtLeastOnce:
                Settle();
                await router.SyncedAsync(commit);
                await connection.SendAsync(Answer(PacketType.PubAck, packet.PacketId, outcome));
                break;
            case MqttQoS.ExactlyOnce when isRefused && IsV5:
                Session.Inbox.End(packet.PacketId, out _);
                Settle();
                await connection.SendAsync(Answer(PacketType.PubRec, packet.PacketId, outcome));
                break;
            case MqttQoS.ExactlyOnce:
                await router.SyncedAsync(Math.Max(commit, Session.Inbox.MarkReceived(packet.PacketId)));
                await connection.SendAsync(Answer(PacketType.PubRec, packet.PacketId, outcome));
                break;
        }
    }

    private AckPacket Answer(PacketType type, ushort id, MqttPublishOutcome outcome) => new(type, id, outcome.Reason)
    {
        Properties = outcome.ReasonString is { } why && connection.WantsProblems
            ? new() { ReasonString = why }
            : MqttProperties.None,
    };

    /// <summary>A resumed session may settle messages that this connection never counted.</summary>
    private void Settle()
    {
        if (Interlocked.Decrement(ref unacknowledged) < 0)
        {
            Interlocked.Increment(ref unacknowledged);
        }
    }

    /// <summary>What no client may send, whoever it is.</summary>
    private static PacketError? Violation(MqttMessage message) => message switch
    {
        { Properties.TopicAlias: not null } =>
            new(MqttReasonCode.TopicAliasInvalid, "Topic aliases are not taken: Topic Alias Maximum is 0 [MQTT-3.3.2-9]."),
        { Topic: "" } => new(MqttReasonCode.ProtocolError, "PUBLISH has neither topic nor alias."),
        { Properties.SubscriptionIdentifiers.Count: > 0 } =>
            new(MqttReasonCode.ProtocolError, "A client's PUBLISH has a subscription identifier [MQTT-3.3.4-6]."),
        { Properties.ResponseTopic: { } response } when !MqttTopicFilter.IsTopicName(response) =>
            new(MqttReasonCode.ProtocolError, "The response topic is no topic name [MQTT-3.3.2-14]."),
        _ when !MqttTopicFilter.IsTopicName(message.Topic) =>
            new(MqttReasonCode.MalformedPacket, "The topic name has a wildcard [MQTT-3.3.2-2]."),
        _ => null,
    };

    private MqttPublishOutcome? Refusal(MqttMessage message)
    {
        if (!options.Limits.Allows(message.Topic))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "The topic is too long or too deep.");
        }

        return options.AuthorizePublish(connection.Info.Principal, message.Topic)
            ? null
            : MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);
    }
}

using System.Buffers;
using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Publishing;

/// <summary>What follows a decided batch: its messages go to their subscribers, its acknowledgements back, both in the order of arrival.</summary>
internal sealed class PublishAnswers(ServerConnection connection, MessageRouter router, ReceiveQuota quota)
{
    private bool IsV5 => connection.Info.ProtocolVersion == MqttProtocolVersion.V5;

    private Session Session => connection.Session;

    public ValueTask SendAsync(MqttPublishBatch batch)
    {
        var acks = ArrayPool<Ack>.Shared.Rent(batch.Count);
        var count = 0;
        var again = -1;
        for (var index = 0; index < batch.Count; index++)
        {
            ref readonly var message = ref batch[index];
            ref readonly var outcome = ref batch.Outcome(index);
            if (outcome.IsRouted)
            {
                router.Route(message, Session);
            }

            if (outcome.Again && !IsV5 && message.QoS != MqttQoS.AtMostOnce)
            {
                // 3.1.1 cannot be told; nothing after it may be acknowledged either, or the order would break [MQTT-4.6.0-2].
                Forget(message);
                again = again < 0 ? index : again;
            }
            else if (Settle(message, outcome) is { } ack && again < 0)
            {
                acks[count++] = ack;
            }
        }

        if (again >= 0)
        {
            return SendAndCloseAsync(acks, count, batch.Outcome(again));
        }

        return connection.SendAsync(acks, count);
    }

    /// <summary>Nobody knows what became of these: a QoS 2 message that comes again is a new one.</summary>
    public void Forget(MqttPublishBatch batch)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            Forget(batch[index]);
        }
    }

    private async ValueTask SendAndCloseAsync(Ack[] acks, int count, MqttPublishOutcome again)
    {
        await connection.SendAsync(acks, count);
        connection.BeginClose(again.Reason, again.ReasonString);
    }

    private void Forget(in MqttPublish message)
    {
        if (message.QoS == MqttQoS.ExactlyOnce)
        {
            Session.Inbox.End(message.Header.PacketId);
        }
    }

    private Ack? Settle(in MqttPublish message, in MqttPublishOutcome outcome)
    {
        var id = message.Header.PacketId;
        switch (message.QoS)
        {
            case MqttQoS.AtLeastOnce:
                quota.Return();
                return Answer(PacketType.PubAck, id, outcome);
            case MqttQoS.ExactlyOnce when outcome.IsRefused && IsV5:
                Session.Inbox.End(id);
                quota.Return();
                return Answer(PacketType.PubRec, id, outcome);
            case MqttQoS.ExactlyOnce:
                Session.Inbox.MarkReceived(id);
                return Answer(PacketType.PubRec, id, outcome);
            default:
                if (outcome.Reason == MqttReasonCode.NotAuthorized)
                {
                    connection.CountDrop(MqttDropReason.NotAuthorized);
                }

                return null;
        }
    }

    private Ack Answer(PacketType type, ushort id, in MqttPublishOutcome outcome) =>
        new(type, id, outcome.Reason, connection.WantsProblems ? outcome.ReasonString : null);
}

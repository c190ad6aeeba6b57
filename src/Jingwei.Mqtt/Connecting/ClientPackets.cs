using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Connecting;

/// <summary>What a connected client may send beside PUBLISH and PUBREL, and who answers it.</summary>
internal readonly struct ClientPackets(MqttServerOptions options, ServerConnection connection)
{
    private SubscriptionRequests Requests => new(options, connection, connection.Router);

    public ValueTask HandleAsync(MqttPacket packet)
    {
        switch (packet)
        {
            case AckPacket ack:
                return AcknowledgeAsync(ack);
            case SubscribePacket subscribe:
                return Requests.SubscribeAsync(subscribe);
            case UnsubscribePacket unsubscribe:
                return Requests.UnsubscribeAsync(unsubscribe);
            case PingPacket { Type: PacketType.PingReq }:
                return connection.SendAsync(PingPacket.Response);
            case DisconnectPacket disconnect:
                Disconnect(disconnect);
                return ValueTask.CompletedTask;
            default:
                connection.BeginClose(MqttReasonCode.ProtocolError, $"A client may not send {packet.Type} here.");
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>PUBACK, PUBREC and PUBCOMP for what this client receives.</summary>
    private ValueTask AcknowledgeAsync(AckPacket ack)
    {
        var outbox = connection.Session.Outbox;
        if (ack.Type == PacketType.PubRec && ack.Reason < MqttReasonCode.UnspecifiedError)
        {
            var (reason, leavesByItself) = outbox.Release(ack.PacketId);
            if (leavesByItself)
            {
                return ValueTask.CompletedTask;
            }

            if (reason != MqttReasonCode.ProtocolError)
            {
                return connection.SendAsync(new AckPacket(PacketType.PubRel, ack.PacketId, reason));
            }

            connection.BeginClose(MqttReasonCode.ProtocolError, "PUBREC for a QoS 1 message.");
        }
        else if (outbox.End(ack.PacketId, ack.Type == PacketType.PubAck ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce))
        {
            connection.Wake();
        }
        else
        {
            connection.BeginClose(MqttReasonCode.ProtocolError, $"{ack.Type} for a message of another QoS.");
        }

        return ValueTask.CompletedTask;
    }

    private void Disconnect(DisconnectPacket packet)
    {
        if (packet.Properties.SessionExpiryInterval is { } seconds)
        {
            if (seconds > 0 && !connection.AskedForExpiry)
            {
                connection.BeginClose(MqttReasonCode.ProtocolError, "A session that was to end with its connection cannot be kept (section 3.14.2.2.2).");
                return;
            }

            var asked = TimeSpan.FromSeconds(seconds);
            connection.Session.Expiry = asked < options.Limits.MaxSessionExpiry ? asked : options.Limits.MaxSessionExpiry;
        }

        // [MQTT-3.14.4-3]: the will goes unless the client asks for it.
        connection.PublishesWill = packet.Reason != MqttReasonCode.Success;
        connection.BeginClose(packet.Reason, packet.Properties.ReasonString, isOver: true);
    }
}

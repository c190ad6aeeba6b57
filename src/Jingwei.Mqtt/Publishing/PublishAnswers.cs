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
        var answer = new Answer(ArrayPool<Ack>.Shared.Rent(batch.Count), router.BeginRound());
        Route(batch, ref answer);
        if (answer.Round.IsHeld)
        {
            return RouteSlowlyAsync(batch, answer);
        }

        router.EndRound(answer.Round);
        return SendAsync(batch, answer);
    }

    /// <summary>Nobody knows what became of these: a QoS 2 message that comes again is a new one.</summary>
    public void Forget(MqttPublishBatch batch)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            Forget(batch[index]);
        }
    }

    /// <summary>Up to the end, or to the first message that a subscriber has no room for.</summary>
    private void Route(MqttPublishBatch batch, ref Answer answer)
    {
        while (answer.Next < batch.Count && !answer.Round.IsHeld)
        {
            ref readonly var message = ref batch[answer.Next];
            ref readonly var outcome = ref batch.Outcome(answer.Next);

            // A QoS 2 message and its identifier are kept together or not at all: it is neither lost nor taken twice. So it cannot wait for room.
            var isOneCommit = message.QoS == MqttQoS.ExactlyOnce && Session.Recorder is not null;
            using var together = isOneCommit ? router.Journal!.InOneCommit() : default;
            if (outcome.IsRouted)
            {
                answer.Commit = Math.Max(answer.Commit, router.Route(message, Session, answer.Round, !isOneCommit).Commit);
            }

            if (outcome.Again && !IsV5 && message.QoS != MqttQoS.AtMostOnce)
            {
                // 3.1.1 cannot be told; nothing after it may be acknowledged either, or the order would break [MQTT-4.6.0-2].
                Forget(message);
                answer.Again ??= answer.Next;
            }
            else if (Settle(message, outcome, ref answer.Commit) is { } ack && answer.Again is null)
            {
                answer.Acks[answer.Count++] = ack;
            }

            answer.Next++;
        }
    }

    /// <summary>Subscribers without room hold their publishers, each as long as its queue's patience.</summary>
    private async ValueTask RouteSlowlyAsync(MqttPublishBatch batch, Answer answer)
    {
        while (answer.Round.IsHeld)
        {
            answer.Commit = Math.Max(answer.Commit, await answer.Round.DrainAsync());
            Route(batch, ref answer);
        }

        router.EndRound(answer.Round);
        await SendAsync(batch, answer);
    }

    private ValueTask SendAsync(MqttPublishBatch batch, in Answer answer)
    {
        var synced = router.SyncedAsync(answer.Commit);
        return answer.Again is not null || !synced.IsCompletedSuccessfully
            ? SendWhenSyncedAsync(synced, answer.Acks, answer.Count, answer.Again is { } index ? batch.Outcome(index) : null)
            : connection.SendAsync(answer.Acks, answer.Count);
    }

    private async ValueTask SendWhenSyncedAsync(ValueTask synced, Ack[] acks, int count, MqttPublishOutcome? again)
    {
        await synced;
        await connection.SendAsync(acks, count);
        if (again is { } outcome)
        {
            connection.BeginClose(outcome.Reason, outcome.ReasonString);
        }
    }

    private void Forget(in MqttPublish message)
    {
        if (message.QoS == MqttQoS.ExactlyOnce)
        {
            Session.Inbox.End(message.Header.PacketId, out _);
        }
    }

    private Ack? Settle(in MqttPublish message, in MqttPublishOutcome outcome, ref ulong commit)
    {
        var id = message.Header.PacketId;
        switch (message.QoS)
        {
            case MqttQoS.AtLeastOnce:
                quota.Return();
                return AckOf(PacketType.PubAck, id, outcome);
            case MqttQoS.ExactlyOnce when outcome.IsRefused && IsV5:
                Session.Inbox.End(id, out _);
                quota.Return();
                return AckOf(PacketType.PubRec, id, outcome);
            case MqttQoS.ExactlyOnce:
                commit = Math.Max(commit, Session.Inbox.MarkReceived(id));
                return AckOf(PacketType.PubRec, id, outcome);
            default:
                if (outcome.Reason == MqttReasonCode.NotAuthorized)
                {
                    connection.CountDrop(MqttDropReason.NotAuthorized);
                }

                return null;
        }
    }

    private Ack AckOf(PacketType type, ushort id, in MqttPublishOutcome outcome) =>
        new(type, id, outcome.Reason, connection.WantsProblems ? outcome.ReasonString : null);

    /// <summary>How far a batch has come.</summary>
    private struct Answer(Ack[] acks, DeliveryRound round)
    {
        /// <summary>The next message to be routed.</summary>
        public int Next;

        /// <summary>Acknowledgements so far.</summary>
        public int Count;

        /// <summary>The first message that an MQTT 3.1.1 client has to send again.</summary>
        public int? Again;

        /// <summary>The journal's commit after which nothing can be forgotten.</summary>
        public ulong Commit;

        public readonly Ack[] Acks => acks;

        public readonly DeliveryRound Round => round;
    }
}

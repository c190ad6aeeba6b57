using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Journal;

/// <summary>What the journal says of one session.</summary>
internal sealed class KeptSession(ulong number, SessionKey key)
{
    public ulong Number => number;

    public SessionKey Key => key;

    public TimeSpan Expiry { get; set; }

    /// <summary>Null: its client was connected when the server ended.</summary>
    public DateTimeOffset? Left { get; set; }

    public Dictionary<string, KeptSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    public HashSet<ushort> Received { get; } = [];

    public Dictionary<ulong, KeptDelivery> Deliveries { get; } = [];
}

internal sealed record KeptSubscription(FilterRequest Request, uint Identifier);

internal sealed record KeptDelivery(
    ulong Number, RoutedMessage Message, MqttQoS QoS, bool Retain, bool IsReleased, ushort PacketId, uint[] SubscriptionIds, string? SharedFilter)
{
    public Delivery ToDelivery() => new(Message, QoS, Retain, SubscriptionIds)
    {
        SharedFilter = SharedFilter,
        Number = Number,
        PacketId = PacketId,
        Phase = IsReleased ? DeliveryPhase.Released : DeliveryPhase.Waiting,
        MayBeRepeated = true,
    };
}

/// <summary>Folds the journal's records into what there was when the server ended.</summary>
internal sealed class JournalReplay
{
    private readonly Dictionary<ulong, RoutedMessage> messages = [];
    private readonly Dictionary<ulong, KeptSession> sessions = [];
    private readonly Dictionary<string, RoutedMessage> retained = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KeptSession> Sessions => sessions.Values;

    public IReadOnlyCollection<RoutedMessage> Retained => retained.Values;

    public ulong LastSession { get; private set; }

    public ulong LastMessage { get; private set; }

    /// <summary>Takes the records of one commit.</summary>
    public void Take(ReadOnlySpan<byte> records)
    {
        var cursor = new JournalCursor(records);
        while (cursor.More)
        {
            var kind = (RecordKind)cursor.Byte();
            switch (kind)
            {
                case RecordKind.Message:
                    var number = cursor.Unsigned();
                    messages[number] = ReadMessage(ref cursor, number);
                    LastMessage = Math.Max(LastMessage, number);
                    break;
                case RecordKind.Retained:
                    var kept = ReadMessage(ref cursor, 0);
                    retained[kept.Message.Topic] = kept;
                    break;
                case RecordKind.Cleared:
                    retained.Remove(cursor.Text());
                    break;
                case RecordKind.Session:
                    var session = new KeptSession(cursor.Unsigned(), new(cursor.Text(), cursor.Text()));
                    sessions[session.Number] = session;
                    LastSession = Math.Max(LastSession, session.Number);
                    break;
                case RecordKind.Ended:
                    sessions.Remove(cursor.Unsigned());
                    break;
                default:
                    TakeOfSession(kind, ref cursor);
                    break;
            }
        }
    }

    private void TakeOfSession(RecordKind kind, ref JournalCursor cursor)
    {
        var number = cursor.Unsigned();

        // A session that has ended meanwhile: its records are read and count no more.
        var session = sessions.GetValueOrDefault(number) ?? new KeptSession(number, default);
        switch (kind)
        {
            case RecordKind.Expiry:
                session.Expiry = TimeSpan.FromSeconds(cursor.Unsigned());
                session.Left = null;
                break;
            case RecordKind.Left:
                session.Left = cursor.Moment();
                break;
            case RecordKind.Subscribed:
                var subscription = ReadSubscription(ref cursor);
                session.Subscriptions[subscription.Request.Filter] = subscription;
                break;
            case RecordKind.Unsubscribed:
                session.Subscriptions.Remove(cursor.Text());
                break;
            case RecordKind.Queued:
                var delivery = ReadDelivery(ref cursor);
                session.Deliveries[delivery.Number] = delivery;
                break;
            case RecordKind.Done:
                session.Deliveries.Remove(cursor.Unsigned());
                break;
            case RecordKind.Released:
                var released = cursor.Unsigned();
                if (session.Deliveries.TryGetValue(released, out var present))
                {
                    session.Deliveries[released] = present with { IsReleased = true };
                }

                break;
            case RecordKind.Received:
                session.Received.Add((ushort)cursor.Unsigned());
                break;
            case RecordKind.Forgotten:
                session.Received.Remove((ushort)cursor.Unsigned());
                break;
            default:
                throw new InvalidDataException($"The session journal has a record of kind {kind}: it was written by a newer version.");
        }
    }

    private KeptDelivery ReadDelivery(ref JournalCursor cursor)
    {
        var number = cursor.Unsigned();
        var message = messages[cursor.Unsigned()];
        var flags = cursor.Byte();
        var packetId = (ushort)cursor.Unsigned();
        var ids = new uint[cursor.Unsigned()];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (uint)cursor.Unsigned();
        }

        return new(
            number, message, (MqttQoS)(flags & 3), (flags & JournalRecords.RetainFlag) != 0, (flags & JournalRecords.ReleasedFlag) != 0, packetId, ids,
            (flags & JournalRecords.SharedFlag) != 0 ? cursor.Text() : null);
    }

    private static KeptSubscription ReadSubscription(ref JournalCursor cursor)
    {
        var filter = cursor.Text();
        var options = cursor.Byte();
        return new(
            new(filter, (MqttQoS)(options & 3), (options & JournalRecords.NoLocalFlag) != 0, (options & JournalRecords.RetainAsPublishedFlag) != 0),
            (uint)cursor.Unsigned());
    }

    private static RoutedMessage ReadMessage(ref JournalCursor cursor, ulong number)
    {
        var flags = cursor.Byte();
        var topic = cursor.Text();
        var expiresAt = cursor.Moment();
        var payload = cursor.Bytes().ToArray();
        var message = new MqttMessage
        {
            Topic = topic,
            Payload = payload,
            QoS = (MqttQoS)(flags & 3),
            Retain = (flags & JournalRecords.RetainFlag) != 0,
            Properties = (flags & JournalRecords.PropertiesFlag) != 0 ? ReadProperties(cursor.Bytes()) : MqttProperties.None,
        };
        return new(message, expiresAt) { Number = number };
    }

    private static MqttProperties ReadProperties(ReadOnlySpan<byte> packet)
    {
        var reader = new PacketReader(packet);
        _ = reader.ReadByte();
        _ = reader.ReadVariableByteInteger();
        return PropertyReader.Read(ref reader, PropertySets.Publish);
    }
}

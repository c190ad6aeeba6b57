using System.Text;
using System.Text.Unicode;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Publishing;

/// <summary>
/// The topic names that one connection publishes to, checked and decoded once, and the numbers that its client gave them. A device that
/// publishes to one topic has no table at all.
/// </summary>
internal sealed class TopicCache(MqttServerLimits limits)
{
    private MqttTopic? last;
    private HashSet<MqttTopic>? known;
    private MqttTopic?[] numbered = [];

    /// <summary>The topic that a PUBLISH names, by its name or its alias. Null when it names none, as <paramref name="error"/> says.</summary>
    public MqttTopic? Find(in PublishFields fields, out PacketError error)
    {
        var alias = fields.Header.TopicAlias;
        if (alias == 0)
        {
            return Find(fields.Topic, out error);
        }

        if (alias > limits.TopicAliasMaximum)
        {
            error = new(MqttReasonCode.TopicAliasInvalid, $"Topic alias {alias} is above {limits.TopicAliasMaximum} [MQTT-3.3.2-9].");
            return null;
        }

        return fields.Topic.IsEmpty ? Numbered(alias, out error) : Number(alias, Find(fields.Topic, out error));
    }

    private MqttTopic? Numbered(ushort alias, out PacketError error)
    {
        var topic = alias < numbered.Length ? numbered[alias] : null;
        error = topic is null ? new(MqttReasonCode.TopicAliasInvalid, $"Topic alias {alias} was given to no topic (section 3.3.2.3.4).") : default;
        return topic;
    }

    private MqttTopic? Number(ushort alias, MqttTopic? topic)
    {
        if (topic is not null)
        {
            if (alias >= numbered.Length)
            {
                Array.Resize(ref numbered, Math.Min(Math.Max(alias + 1, numbered.Length * 2), limits.TopicAliasMaximum + 1));
            }

            numbered[alias] = topic;
        }

        return topic;
    }

    private MqttTopic? Find(ReadOnlySpan<byte> name, out PacketError error)
    {
        error = default;
        if (last is not null && name.SequenceEqual(last.Utf8))
        {
            return last;
        }

        if (known is null || !known.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var topic))
        {
            topic = Read(name, out error);
            if (topic is not null)
            {
                Add(topic);
            }
        }

        return last = topic;
    }

    private void Add(MqttTopic topic)
    {
        if (last is null && known is null)
        {
            return;
        }

        known ??= last is null ? new(ByName.Comparer) : new(ByName.Comparer) { last };
        if (known.Count >= limits.MaxKnownTopics)
        {
            known.Clear();
        }

        known.Add(topic);
    }

    private MqttTopic? Read(ReadOnlySpan<byte> name, out PacketError error)
    {
        error = default;
        if (!Utf8.IsValid(name))
        {
            error = new(MqttReasonCode.MalformedPacket, "The topic name is not well-formed UTF-8 [MQTT-1.5.4-1].");
        }
        else if (name.IsEmpty)
        {
            error = new(MqttReasonCode.ProtocolError, "PUBLISH has neither topic nor alias.");
        }
        else if (name.IndexOfAny("+#\0"u8) >= 0)
        {
            error = new(MqttReasonCode.MalformedPacket, "The topic name has a wildcard [MQTT-3.3.2-2], or U+0000.");
        }

        if (!error.IsNone)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(name);
        return new(name.ToArray(), text, limits.Allows(text, name.Length));
    }

    private sealed class ByName : IEqualityComparer<MqttTopic>, IAlternateEqualityComparer<ReadOnlySpan<byte>, MqttTopic>
    {
        public static readonly ByName Comparer = new();

        public bool Equals(MqttTopic? x, MqttTopic? y) => x is null ? y is null : y is not null && x.Utf8.SequenceEqual(y.Utf8);

        public bool Equals(ReadOnlySpan<byte> alternate, MqttTopic other) => alternate.SequenceEqual(other.Utf8);

        public int GetHashCode(MqttTopic obj) => GetHashCode(obj.Utf8);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public MqttTopic Create(ReadOnlySpan<byte> alternate) =>
            throw new NotSupportedException("A topic is made from its checked name only.");
    }
}

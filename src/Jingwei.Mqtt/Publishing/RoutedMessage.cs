using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Publishing;

/// <summary>A message on its way to its subscribers: encoded once and journalled once, however many sessions it waits in.</summary>
internal sealed class RoutedMessage(MqttMessage message, DateTimeOffset expiresAt)
{
    // The forms that subscribers asked for; mostly one.
    private volatile EncodedPublish? forms;

    public MqttMessage Message => message;

    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>The journal's number of it; 0 until it is written. Guarded by the journal's gate, as is the next.</summary>
    public ulong Number { get; set; }

    /// <summary>The generation of segments in which it was written last; references from younger segments write it again.</summary>
    public int Generation { get; set; }

    /// <summary>Its PUBLISH, shared by all who get it in this form. Two threads may encode the same form; that harms nothing.</summary>
    public EncodedPublish Encode(MqttProtocolVersion version, MqttQoS qos, bool retain)
    {
        for (var known = forms; known is not null; known = known.Next)
        {
            if (known.Is(version, qos, retain))
            {
                return known;
            }
        }

        return forms = new(message, version, qos, retain) { Next = forms };
    }
}

using System.Buffers;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt;

/// <summary>
/// One message of a <see cref="MqttPublishBatch"/>, as it lies in the connection's buffer: valid until the hook's task completes, with
/// all that was taken from it. <see cref="ToMessage"/> makes one that may be kept.
/// </summary>
public readonly struct MqttPublish
{
    internal MqttPublish(MqttTopic topic, ReadOnlySequence<byte> payload, in PublishHeader header)
    {
        Topic = topic;
        Payload = payload;
        Header = header;
    }

    /// <summary>Where it was published; may be kept.</summary>
    public MqttTopic Topic { get; }

    /// <summary>The bytes as they came, without a copy.</summary>
    public ReadOnlySequence<byte> Payload { get; }

    public MqttQoS QoS => Header.QoS;

    /// <summary>Whether it is to be kept for later subscribers.</summary>
    public bool Retain => Header.Retain;

    /// <summary><see cref="MqttProperties.None"/> for MQTT 3.1.1; may be kept.</summary>
    public MqttProperties Properties => Header.Properties;

    internal PublishHeader Header { get; }

    /// <summary>A copy that may be kept.</summary>
    public MqttMessage ToMessage() => new()
    {
        Topic = Topic.Name,
        Payload = Payload.ToArray(),
        QoS = QoS,
        Retain = Retain,
        Properties = Properties,
    };
}

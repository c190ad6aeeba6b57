namespace Jingwei.Mqtt;

/// <summary>An application message.</summary>
public sealed record MqttMessage
{
    /// <summary>The topic name: no wildcards, 1 to 65,535 bytes of UTF-8.</summary>
    public required string Topic { get; init; }

    /// <summary>The bytes; the receiver may keep them, nobody may change them.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The QoS it was published or delivered with.</summary>
    public MqttQoS QoS { get; init; }

    /// <summary>Published: keep it for later subscribers. Delivered: it was kept, or the subscriber asked to see the flag.</summary>
    public bool Retain { get; init; }

    /// <summary>What MQTT 5.0 passes through; <see cref="MqttProperties.None"/> for MQTT 3.1.1.</summary>
    public MqttProperties Properties { get; init; } = MqttProperties.None;
}

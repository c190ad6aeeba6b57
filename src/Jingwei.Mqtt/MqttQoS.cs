namespace Jingwei.Mqtt;

/// <summary>Delivery promise of a message (MQTT 5.0, section 4.3).</summary>
public enum MqttQoS : byte
{
    /// <summary>QoS 0: sent once, never acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: sent until PUBACK.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: PUBLISH, PUBREC, PUBREL, PUBCOMP.</summary>
    ExactlyOnce = 2,
}

namespace Jingwei.Mqtt;

/// <summary>The protocol level of CONNECT (MQTT 5.0, section 3.1.2.2).</summary>
public enum MqttProtocolVersion : byte
{
    /// <summary>MQTT 3.1.1.</summary>
    V311 = 4,

    /// <summary>MQTT 5.0.</summary>
    V5 = 5,
}

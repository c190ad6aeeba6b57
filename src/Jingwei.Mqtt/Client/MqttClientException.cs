namespace Jingwei.Mqtt.Client;

/// <summary>The server refused, the connection is lost, or it was closed while something was outstanding.</summary>
public sealed class MqttClientException : Exception
{
    public MqttClientException()
    {
    }

    public MqttClientException(string message)
        : base(message)
    {
    }

    public MqttClientException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    public MqttClientException(MqttReasonCode reason, string message, Exception? inner = null)
        : base(message, inner) =>
        Reason = reason;

    /// <summary>From CONNACK or DISCONNECT; 3.1.1 return codes are told as their MQTT 5 kin; 0x80 when the connection just broke.</summary>
    public MqttReasonCode Reason { get; } = MqttReasonCode.UnspecifiedError;
}

namespace Jingwei.Mqtt;

/// <summary>What became of a published message.</summary>
/// <param name="Reason">For PUBACK or PUBREC in MQTT 5.0; 3.1.1 cannot say it and gets a plain acknowledgement.</param>
/// <param name="Route">Whether subscribers get it and a retained one is kept; never when <paramref name="Reason"/> is a failure.</param>
/// <param name="ReasonString">For people, sent if the client wants such.</param>
public readonly record struct MqttPublishOutcome(MqttReasonCode Reason, bool Route, string? ReasonString = null)
{
    /// <summary>The client has to send the message again: in 3.1.1, which cannot say so, the connection ends without an acknowledgement.</summary>
    public bool Again { get; init; }

    /// <summary>Taken, and passed on to subscribers.</summary>
    public static MqttPublishOutcome Routed => new(MqttReasonCode.Success, true);

    /// <summary>Taken, and for nobody else.</summary>
    public static MqttPublishOutcome Consumed => new(MqttReasonCode.Success, false);

    /// <summary>Not taken.</summary>
    public static MqttPublishOutcome Refused(MqttReasonCode reason, string? reasonString = null) =>
        new(reason, false, reasonString);

    /// <summary>Not taken now, and nothing of it kept; the client has to send it again.</summary>
    public static MqttPublishOutcome Later(MqttReasonCode reason, string? reasonString = null) =>
        new(reason, false, reasonString) { Again = true };

    internal bool IsRefused => Reason >= MqttReasonCode.UnspecifiedError;

    internal bool IsRouted => Route && !IsRefused;
}

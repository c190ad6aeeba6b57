namespace Jingwei.Mqtt.Journal;

/// <summary>A message as the journal knows it: written once, however many sessions it waits in.</summary>
internal sealed class JournalMessage(MqttMessage message, DateTimeOffset expiresAt)
{
    public MqttMessage Message => message;

    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>0 until it is written. Guarded by the journal's gate, as is the next.</summary>
    public ulong Number { get; set; }

    /// <summary>The generation of segments in which it was written last; references from younger segments write it again.</summary>
    public int Generation { get; set; }
}

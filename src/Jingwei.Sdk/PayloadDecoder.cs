namespace Jingwei.Sdk;

/// <summary>
/// Makes readings of one message. Called from any thread; messages of one connection one after the other. The device waits for its acknowledgement meanwhile, so it
/// must be quick.
/// </summary>
/// <param name="message">What came; to be copied if kept.</param>
/// <param name="readings">Where the readings go. They count only if the whole message is read.</param>
/// <returns>
/// Null when the message was read. Otherwise what is wrong with it, in a sentence for whoever looks after the device: the message is rejected with that. An
/// exception rejects it too, with the exception's message.
/// </returns>
public delegate string? PayloadDecoder(in ThingMessage message, DecodedReadings readings);

/// <summary>A message of a thing.</summary>
/// <param name="thing">Id of the thing that it is of.</param>
/// <param name="topic">The topic that it was published to.</param>
/// <param name="payload">Its bytes.</param>
/// <param name="arrived">When it came.</param>
public readonly ref struct ThingMessage(string thing, string topic, ReadOnlySpan<byte> payload, DateTimeOffset arrived)
{
    /// <summary>Id of the thing that it is of.</summary>
    public string Thing { get; } = thing;

    /// <summary>The topic that it was published to.</summary>
    public string Topic { get; } = topic;

    /// <summary>Its bytes; valid during the call.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>When it came, UTC. When it was rejected first and is read again, the time of then.</summary>
    public DateTimeOffset Arrived { get; } = arrived;
}

/// <summary>
/// What a decoder found in a message. Each reading is judged as any other: by the properties of the thing's type, their ranges, and the limits of time.
/// </summary>
public abstract class DecodedReadings
{
    /// <summary>A number.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">The value, in the property's unit.</param>
    /// <param name="time">When it was so; null: when the message came. Give it whenever the device does: then a message that comes twice counts once.</param>
    public abstract void Add(string property, double value, DateTimeOffset? time = null);

    /// <summary>A boolean.</summary>
    /// <inheritdoc cref="Add(string, double, DateTimeOffset?)"/>
    public abstract void Add(string property, bool value, DateTimeOffset? time = null);

    /// <summary>A text, or a value of an enumeration.</summary>
    /// <inheritdoc cref="Add(string, double, DateTimeOffset?)"/>
    public abstract void Add(string property, string value, DateTimeOffset? time = null);

    /// <summary>A position, WGS-84, in degrees.</summary>
    /// <inheritdoc cref="Add(string, double, DateTimeOffset?)"/>
    public abstract void Add(string property, double longitude, double latitude, DateTimeOffset? time = null);
}

using System.Text;

namespace Jingwei.Mqtt;

/// <summary>
/// A topic name that a connection publishes to. While the connection remembers it (<see cref="MqttServerLimits.MaxKnownTopics"/>) every
/// message to it carries this same object, so that what was found out about the topic once need not be found out again.
/// </summary>
public sealed class MqttTopic
{
    private readonly byte[] utf8;

    // The turn of the server's rights in which the answer below was given; none yet. Owned by the connection's read loop.
    private int askedAt = -1;
    private bool isAllowed;

    internal MqttTopic(byte[] utf8, string name, bool isWithinLimits)
    {
        this.utf8 = utf8;
        Name = name;
        IsWithinLimits = isWithinLimits;
    }

    /// <summary>The topic name: no wildcards, 1 to 65,535 bytes of UTF-8.</summary>
    public string Name { get; }

    /// <summary>
    /// For the hook to keep what it knows of the topic; null at first. Hooks of one connection's two batches may run side by side, so
    /// put an immutable object here, and one that notices itself when it is out of date.
    /// </summary>
    public object? Tag { get; set; }

    internal bool IsWithinLimits { get; }

    internal static MqttTopic Of(string name) => new(Encoding.UTF8.GetBytes(name), name, isWithinLimits: true);

    internal ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>Asks once per turn of the rights.</summary>
    internal bool MayBePublished(MqttServerOptions options, object principal, int turn)
    {
        if (askedAt != turn)
        {
            isAllowed = options.AuthorizePublish(principal, Name);
            askedAt = turn;
        }

        return isAllowed;
    }
}

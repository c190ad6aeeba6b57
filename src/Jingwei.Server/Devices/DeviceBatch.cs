using System.Buffers;
using Jingwei.Mqtt;
using Jingwei.Server.Access;

namespace Jingwei.Server.Devices;

/// <summary>
/// Takes what one connection published under the topics of a slice. Decides about every message before its task completes; the
/// acknowledgements leave then. What it got is valid until then.
/// </summary>
public delegate ValueTask DeviceTaker(DeviceBatch batch, CancellationToken cancellation);

/// <summary>A topic that a connection publishes to. All its messages to that topic carry this same object.</summary>
public sealed class DeviceTopic(string name, Topic topic, DeviceTaker taker)
{
    /// <summary>As it was published to.</summary>
    public string Name => name;

    /// <summary>The topic's parts; of no meaning for one that is not the platform's own.</summary>
    public Topic Parts => topic;

    /// <summary>For the slice to keep what it knows of the topic; null at first. Put an immutable object here that notices when it is out of date.</summary>
    public object? Tag { get; set; }

    internal DeviceTaker Taker => taker;
}

/// <summary>A message on a topic of the platform's own.</summary>
/// <param name="Payload">In the connection's buffer; to be copied if kept.</param>
public readonly record struct DeviceMessage(DeviceTopic Topic, ReadOnlySequence<byte> Payload)
{
    public string Thing => Topic.Parts.Thing;
}

/// <summary>Messages of one connection, in the order of arrival, that one slice takes.</summary>
public readonly struct DeviceBatch
{
    private readonly MqttPublishBatch published;
    private readonly int[]? own;

    /// <param name="published">All messages.</param>
    /// <param name="own">Which of them are in this batch; null: all.</param>
    internal DeviceBatch(MqttPublishBatch published, int[]? own)
    {
        this.published = published;
        this.own = own;
    }

    /// <summary>Who published them.</summary>
    public Caller Caller => (Caller)published.Principal;

    /// <summary>At least one.</summary>
    public int Count => own?.Length ?? published.Count;

    public DeviceMessage this[int index]
    {
        get
        {
            ref readonly var message = ref published[Of(index)];
            return new((DeviceTopic)message.Topic.Tag!, message.Payload);
        }
    }

    /// <inheritdoc cref="MqttPublishBatch.Decide"/>
    public void Decide(int index, in MqttPublishOutcome outcome) => published.Decide(Of(index), outcome);

    private int Of(int index) => own is null ? index : own[index];
}

using System.Net;

namespace Jingwei.Mqtt;

/// <summary>Why a message did not reach a subscriber.</summary>
public enum MqttDropReason
{
    /// <summary>QoS 0, and <see cref="MqttServerLimits.MaxOutgoingPackets"/> were waiting.</summary>
    SlowConsumer,

    /// <summary>QoS 1 or 2, and <see cref="MqttServerLimits.MaxQueuedMessages"/> were waiting.</summary>
    SessionQueueFull,

    /// <summary>Its message expiry interval passed while it waited.</summary>
    Expired,

    /// <summary>Larger than the subscriber's maximum packet size.</summary>
    PacketTooLarge,

    /// <summary>Not retained: <see cref="MqttServerLimits.MaxRetainedMessages"/> are there.</summary>
    RetainedFull,

    /// <summary>QoS 0 from a client that may not publish it.</summary>
    NotAuthorized,
}

/// <summary>A snapshot of the server's counters; all but the first three only grow.</summary>
public sealed record MqttServerCounters(
    int Connections,
    int Sessions,
    int RetainedMessages,
    long PacketsIn,
    long PacketsOut,
    long BytesIn,
    long BytesOut,
    long PublishesIn,
    long PublishesOut,
    IReadOnlyDictionary<MqttDropReason, long> Dropped);

/// <summary>Who is connected; one object for one connection.</summary>
public sealed record MqttConnectionInfo(
    object Principal,
    string ClientId,
    MqttProtocolVersion ProtocolVersion,
    EndPoint? RemoteEndPoint,
    DateTimeOffset ConnectedAt);

/// <summary>One connection and its counters at a moment.</summary>
public sealed record MqttConnectionSnapshot(
    MqttConnectionInfo Info,
    long PacketsIn,
    long PacketsOut,
    long BytesIn,
    long BytesOut,
    long PublishesIn,
    long PublishesOut,
    long Dropped);

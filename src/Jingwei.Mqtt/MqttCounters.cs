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

/// <summary>A snapshot of the server's counters; all but the first six only grow.</summary>
/// <param name="QueuedBytes">Memory that QoS 1 and 2 messages stand for in the sessions' queues.</param>
/// <param name="JournalBytes">Bytes of the session journal on disk; 0 without <see cref="MqttServerOptions.Storage"/>.</param>
/// <param name="ConnectionsWaiting">Connections that wait to be let in (<see cref="MqttServerLimits.ConnectionRate"/>).</param>
/// <param name="ConnectionsDelayed">Those that had to wait.</param>
/// <param name="ConnectionsCut">Those that found no room to wait, or were far above <see cref="MqttServerLimits.MaxClients"/>.</param>
public sealed record MqttServerCounters(
    int Connections,
    int Sessions,
    int RetainedMessages,
    long QueuedBytes,
    long JournalBytes,
    int ConnectionsWaiting,
    long ConnectionsDelayed,
    long ConnectionsCut,
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

/// <summary>One session at a moment.</summary>
/// <param name="Principal">Of its newest connection.</param>
/// <param name="Since">Since when its client is connected, or away.</param>
/// <param name="Expiry">How long it outlives its connection.</param>
/// <param name="Queued">QoS 1 and 2 messages that its client has not acknowledged.</param>
/// <param name="QueuedBytes">Memory that they stand for.</param>
/// <param name="Dropped">Messages that did not fit into its queue since the server's start.</param>
public sealed record MqttSessionSnapshot(
    string ClientId,
    object Principal,
    bool IsConnected,
    DateTimeOffset Since,
    TimeSpan Expiry,
    int Subscriptions,
    int Queued,
    long QueuedBytes,
    long Dropped);

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Mqtt;

/// <summary>What a server is made of. The delegates are called from many connections at once and must be thread-safe.</summary>
public sealed record MqttServerOptions
{
    /// <summary>Every bound.</summary>
    public MqttServerLimits Limits { get; init; } = new();

    /// <summary>The clock of keep alives, expiries and will delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Where sessions that outlive their connection, and retained messages, are kept on disk; null: in memory, and they end with the process.</summary>
    public MqttSessionStorage? Storage { get; init; }

    /// <summary>Says who a client is, or why it may not come in.</summary>
    public required Func<MqttConnectRequest, CancellationToken, ValueTask<MqttAuthentication>> Authenticate { get; init; }

    /// <summary>
    /// May this principal publish to this topic name? A connection remembers the answer until <see cref="MqttServer.AskRightsAnew"/>. Refusal: 0x87 in PUBACK or PUBREC; QoS 0 and MQTT 3.1.1: see <see cref="MqttServer"/>.
    /// </summary>
    public required Func<object, string, bool> AuthorizePublish { get; init; }

    /// <summary>May this principal subscribe to this topic filter? Refusal: 0x87 in SUBACK, 0x80 in MQTT 3.1.1.</summary>
    public required Func<object, string, bool> AuthorizeSubscribe { get; init; }

    /// <summary>
    /// Under which filter a principal's subscription is kept; null: under the one that was asked for. For topics that mean something else
    /// to each client: what is published under another topic (<see cref="MqttServer.PublishAsync(MqttMessage, string)"/>) finds only the
    /// subscriptions that are kept under it. Must answer the same for the same principal and filter; not asked for shared subscriptions.
    /// </summary>
    public Func<object, string, string>? SubscribeUnder { get; init; }

    /// <summary>
    /// Takes authorised messages, wills included, in batches of one connection, and decides about each by <see cref="MqttPublishBatch.Decide"/>.
    /// PUBACK and PUBREC leave, in the order of arrival, only after the task completes, so complete it when what was accepted is safe.
    /// A connection's next batch may be handed over meanwhile, never a third. The token is cancelled when the server stops, not when the
    /// client goes. A task that fails, or leaves a message undecided, closes the connection without an acknowledgement, since nobody
    /// knows then what became of the messages.
    /// </summary>
    public Func<MqttPublishBatch, CancellationToken, ValueTask> Publishing { get; init; } = static (batch, _) =>
    {
        batch.DecideAll(MqttPublishOutcome.Routed);
        return ValueTask.CompletedTask;
    };

    /// <summary>Told after CONNACK was queued.</summary>
    public Action<MqttConnectionInfo>? Connected { get; init; }

    /// <summary>Told once for every <see cref="Connected"/>, with the reason the connection ended.</summary>
    public Action<MqttConnectionInfo, MqttReasonCode>? Disconnected { get; init; }
}

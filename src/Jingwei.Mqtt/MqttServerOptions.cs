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

    /// <summary>May this principal publish to this topic name? Refusal: 0x87 in PUBACK or PUBREC; QoS 0 and MQTT 3.1.1: see <see cref="MqttServer"/>.</summary>
    public required Func<object, string, bool> AuthorizePublish { get; init; }

    /// <summary>May this principal subscribe to this topic filter? Refusal: 0x87 in SUBACK, 0x80 in MQTT 3.1.1.</summary>
    public required Func<object, string, bool> AuthorizeSubscribe { get; init; }

    /// <summary>
    /// Takes each authorised message, wills included. PUBACK and PUBREC leave only after the task completes, so complete it when the
    /// message is safe. The token is cancelled when the server stops, not when the client goes.
    /// A task that fails closes the connection without an acknowledgement, since nobody knows then what became of the message.
    /// </summary>
    public Func<MqttPublishContext, CancellationToken, ValueTask<MqttPublishOutcome>> Publishing { get; init; } =
        static (_, _) => ValueTask.FromResult(MqttPublishOutcome.Routed);

    /// <summary>Told after CONNACK was queued.</summary>
    public Action<MqttConnectionInfo>? Connected { get; init; }

    /// <summary>Told once for every <see cref="Connected"/>, with the reason the connection ended.</summary>
    public Action<MqttConnectionInfo, MqttReasonCode>? Disconnected { get; init; }
}

namespace Jingwei.Mqtt.Client;

/// <summary>Where and how a client connects.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>1883 as registered with IANA for MQTT without TLS.</summary>
    public int Port { get; init; } = 1883;

    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V5;

    /// <summary>Empty: the server makes one.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Null: not sent.</summary>
    public string? UserName { get; init; }

    /// <summary>Null: not sent.</summary>
    public string? Password { get; init; }

    /// <summary>Forget an earlier session.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>Seconds the session outlives the connection; MQTT 5 only, 3.1.1 keeps it when <see cref="CleanStart"/> is false.</summary>
    public uint SessionExpirySeconds { get; init; }

    /// <summary>Zero: none; at most 65,535 s. 60 s as most clients.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Published by the server when this client is lost.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>From the call to CONNACK. 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Incoming messages that wait to be read; full: reading from the server pauses. 1,000.</summary>
    public int MaxWaitingMessages { get; init; } = 1000;

    /// <summary>Bytes of one packet from the server. 1 MiB.</summary>
    public int MaxPacketSize { get; init; } = 1024 * 1024;

    /// <summary>QoS 1 and 2 messages in flight towards the server, at most what it declares. 1,000; 3.1.1 servers declare nothing.</summary>
    public ushort MaxInflight { get; init; } = 1000;

    /// <summary>Topics that go by number after their first message, in each direction; towards the server at most what it allows. 0: none; MQTT 5 only.</summary>
    public ushort MaxTopicAliases { get; init; }

    /// <summary>The clock of keep alive and timeout.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

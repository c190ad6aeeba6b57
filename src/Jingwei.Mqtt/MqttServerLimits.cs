namespace Jingwei.Mqtt;

/// <summary>Every bound of the server, with its default and where that comes from. Immutable.</summary>
public sealed record MqttServerLimits
{
    /// <summary>Bytes of one packet from a client, header included; above it 0x95. 256 KiB: readings are small, and AWS IoT takes 128 KiB.</summary>
    public int MaxPacketSize { get; init; } = 256 * 1024;

    /// <summary>QoS 1 and 2 messages of one client not yet acknowledged; above it 0x93 in MQTT 5, back-pressure in 3.1.1. 1,024: a group commit of 10 ms at 100,000 messages/s.</summary>
    public ushort ReceiveMaximum { get; init; } = 1024;

    /// <summary>Messages that one call of the hook gets. Two batches of a connection are at work at most; then reading pauses. 1,024 as <see cref="ReceiveMaximum"/>.</summary>
    public int MaxBatchMessages { get; init; } = 1024;

    /// <summary>Bytes of packets that one call of the hook gets; a larger packet goes alone. 256 KiB as <see cref="MaxPacketSize"/>, so that a connection holds half a mebibyte at most.</summary>
    public int MaxBatchBytes { get; init; } = 256 * 1024;

    /// <summary>Topic names that a connection remembers with what was found out about them; one more, and it forgets all and begins anew. 1,024: a gateway for a site, some 200 KiB.</summary>
    public int MaxKnownTopics { get; init; } = 1024;

    /// <summary>Topics for which one client may use numbers (topic aliases); above it 0x94. 256: mosquitto's 10 are fewer than the things behind a gateway; up to 50 KiB, and nothing for a client that uses none.</summary>
    public ushort TopicAliasMaximum { get; init; } = 256;

    /// <summary>Topics for which the server uses numbers towards one client, at most what the client declares; the topics after these go by name. 10 as mosquitto's max_topic_alias; 0: none.</summary>
    public ushort MaxOutgoingTopicAliases { get; init; } = 10;

    /// <summary>QoS 1 and 2 messages sent to one client and not yet acknowledged, at most what the client declares. 65,535: the packet identifiers there are; 100 keeps a resend short.</summary>
    public ushort MaxInflight { get; init; } = 100;

    /// <summary>QoS 1 and 2 messages waiting in one session. Full: the newest is dropped, counted and logged once; the publisher does not wait. 10,000, ten times mosquitto's max_queued_messages: a message every few seconds over a shift.</summary>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>Bytes of memory of one session's QoS 1 and 2 messages that are not acknowledged; full as <see cref="MaxQueuedMessages"/>. 16 MiB: as many messages of 16 KiB.</summary>
    public long MaxQueuedBytes { get; init; } = 16 << 20;

    /// <summary>The same of all sessions together. 256 MiB: a quarter of a small machine.</summary>
    public long MaxQueuedBytesTotal { get; init; } = 256 << 20;

    /// <summary>How long a connected client whose queue is full may acknowledge nothing; then 0x97, and its session waits for its return. 60 s: as long as a usual keep alive; zero: it is never closed for that.</summary>
    public TimeSpan StalledSubscriberTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of the session journal before it is written anew without what is done, and at least twice what that left. 64 MiB: read within a second at start.</summary>
    public long JournalCompactBytes { get; init; } = 64 << 20;

    /// <summary>Packets waiting for one connection's writer. Full: publishers wait as <see cref="SlowConsumerPatience"/> says, then QoS 0 messages are dropped and counted; answers wait. 4,096: four full batches.</summary>
    public int MaxOutgoingPackets { get; init; } = 4096;

    /// <summary>Bytes of QoS 0 messages waiting for one connection's writer; full as <see cref="MaxOutgoingPackets"/>. 1 MiB: four full batches.</summary>
    public long MaxOutgoingBytes { get; init; } = 1024 * 1024;

    /// <summary>How long publishers wait for a connected subscriber whose queue is full to make half of it free. Above it nobody waits for it until its queue was empty. 1 s: a pause in a radio link; zero: nobody ever waits.</summary>
    public TimeSpan SlowConsumerPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of a topic name or filter in UTF-8; above it 0x90 or 0x8F. 1,024, twice AWS IoT's 256 and more.</summary>
    public int MaxTopicLength { get; init; } = 1024;

    /// <summary>Levels of a topic name or filter; above it 0x90 or 0x8F. 128 as EMQX's max_topic_levels.</summary>
    public int MaxTopicLevels { get; init; } = 128;

    /// <summary>Subscriptions of one session; above it 0x97. 1,000: a bridge for a site; AWS IoT allows 50.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1000;

    /// <summary>Connections let in a second, before TLS and CONNECT; the others wait. 1,000 as EMQX 4's max_conn_rate: <see cref="MaxClients"/> are back in 20 s.</summary>
    public int ConnectionRate { get; init; } = 1000;

    /// <summary>Connections let in at once after a time of fewer. 1,000: a second's.</summary>
    public int ConnectionBurst { get; init; } = 1000;

    /// <summary>Connections that wait to be let in; one more is cut. 5,000: let in within 5 s, before clients give up.</summary>
    public int MaxWaitingConnections { get; init; } = 5000;

    /// <summary>Connections at once; above it 0x97 (3.1.1: 0x03). 20,000: some 7.5 KB of memory each, the socket's in the kernel aside, stay below 150 MiB.</summary>
    public int MaxClients { get; init; } = 20_000;

    /// <summary>Sessions kept, connected or not; above it 0x97. Twice <see cref="MaxClients"/>.</summary>
    public int MaxSessions { get; init; } = 40_000;

    /// <summary>Retained messages; above it a new one is routed but not kept, and counted. 100,000.</summary>
    public int MaxRetainedMessages { get; init; } = 100_000;

    /// <summary>Bytes of a client identifier in UTF-8; above it 0x85. 256: MQTT asks for at least 23, thing ids have up to 128 letters.</summary>
    public int MaxClientIdLength { get; init; } = 256;

    /// <summary>From the connection to a whole CONNECT packet; then closed within a second. 10 s as HiveMQ's and EMQX's order of magnitude.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest keep alive; a client that asks for more, or for none, is told this by Server Keep Alive (3.1.1: held to its own). 1 h; zero switches the cap off.</summary>
    public TimeSpan MaxKeepAlive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest a session outlives its connection, up to 49 days (a timer's range). 7 days: a site's uplink repaired after a weekend.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From the decision to close to the cut, so that the reason can still leave. 5 s as Kestrel's drain.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Everything wrong with these limits; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check(problems, nameof(MaxPacketSize), MaxPacketSize, 128, 268_435_460);
        Check(problems, nameof(ReceiveMaximum), ReceiveMaximum, 1, ushort.MaxValue);
        Check(problems, nameof(MaxBatchMessages), MaxBatchMessages, 1, ushort.MaxValue);
        Check(problems, nameof(MaxBatchBytes), MaxBatchBytes, 128, 268_435_460);
        Check(problems, nameof(MaxKnownTopics), MaxKnownTopics, 1, int.MaxValue);
        Check(problems, nameof(ConnectionRate), ConnectionRate, 1, int.MaxValue);
        Check(problems, nameof(ConnectionBurst), ConnectionBurst, 1, int.MaxValue);
        Check(problems, nameof(MaxWaitingConnections), MaxWaitingConnections, 0, int.MaxValue);
        Check(problems, nameof(MaxInflight), MaxInflight, 1, ushort.MaxValue);
        Check(problems, nameof(MaxQueuedMessages), MaxQueuedMessages, 1, int.MaxValue);
        Check(problems, nameof(MaxQueuedBytes), MaxQueuedBytes, 1024, long.MaxValue);
        Check(problems, nameof(MaxQueuedBytesTotal), MaxQueuedBytesTotal, 1024, long.MaxValue);
        Check(problems, nameof(StalledSubscriberTimeout), StalledSubscriberTimeout, TimeSpan.Zero, TimeSpan.FromDays(1));
        Check(problems, nameof(JournalCompactBytes), JournalCompactBytes, 4096, long.MaxValue);
        Check(problems, nameof(MaxOutgoingPackets), MaxOutgoingPackets, 1, int.MaxValue);
        Check(problems, nameof(MaxOutgoingBytes), MaxOutgoingBytes, 1, long.MaxValue);
        Check(problems, nameof(SlowConsumerPatience), SlowConsumerPatience, TimeSpan.Zero, TimeSpan.FromDays(1));
        Check(problems, nameof(MaxTopicLength), MaxTopicLength, 1, ushort.MaxValue);
        Check(problems, nameof(MaxTopicLevels), MaxTopicLevels, 1, ushort.MaxValue);
        Check(problems, nameof(MaxSubscriptionsPerSession), MaxSubscriptionsPerSession, 1, int.MaxValue);
        Check(problems, nameof(MaxClients), MaxClients, 1, int.MaxValue);
        Check(problems, nameof(MaxSessions), MaxSessions, 1, int.MaxValue);
        Check(problems, nameof(MaxRetainedMessages), MaxRetainedMessages, 0, int.MaxValue);
        Check(problems, nameof(MaxClientIdLength), MaxClientIdLength, 23, ushort.MaxValue);
        Check(problems, nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(problems, nameof(MaxKeepAlive), MaxKeepAlive, TimeSpan.Zero, TimeSpan.FromSeconds(ushort.MaxValue));
        Check(problems, nameof(MaxSessionExpiry), MaxSessionExpiry, TimeSpan.Zero, TimeSpan.FromDays(49));
        Check(problems, nameof(CloseTimeout), CloseTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        return problems;
    }

    /// <summary>Whether a topic name or filter is short and flat enough.</summary>
    internal bool Allows(string topic) => Allows(topic, System.Text.Encoding.UTF8.GetByteCount(topic));

    /// <param name="bytes">The topic's length in UTF-8.</param>
    internal bool Allows(string topic, int bytes) => bytes <= MaxTopicLength && MqttTopicFilter.Levels(topic) <= MaxTopicLevels;

    private static void Check<T>(List<string> problems, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            problems.Add($"{name} is {value}; expected {least} to {most}.");
        }
    }
}

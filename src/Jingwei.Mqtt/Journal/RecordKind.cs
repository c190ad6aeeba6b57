namespace Jingwei.Mqtt.Journal;

/// <summary>What a record of the journal says. Numbers are on disk: they are never given a second meaning.</summary>
internal enum RecordKind : byte
{
    /// <summary>Session number, owner, client identifier: a session begins, or a snapshot of it; what was known of it is void.</summary>
    Session = 1,

    /// <summary>Session number: it ended.</summary>
    Ended = 2,

    /// <summary>Session number, expiry in seconds.</summary>
    Expiry = 3,

    /// <summary>Session number, moment: its client went, the expiry runs.</summary>
    Left = 4,

    /// <summary>Session number, filter, options, subscription identifier.</summary>
    Subscribed = 5,

    /// <summary>Session number, filter.</summary>
    Unsubscribed = 6,

    /// <summary>Message number and the message; deliveries name it by its number.</summary>
    Message = 7,

    /// <summary>Session number, delivery number, message number, flags, packet identifier, subscription identifiers, shared filter.</summary>
    Queued = 8,

    /// <summary>Session number, delivery number: acknowledged, expired or skipped.</summary>
    Done = 9,

    /// <summary>Session number, delivery number: PUBREC came.</summary>
    Released = 10,

    /// <summary>Session number, packet identifier of an incoming QoS 2 message that was taken.</summary>
    Received = 11,

    /// <summary>Session number, packet identifier: PUBREL came.</summary>
    Forgotten = 12,

    /// <summary>Message: the retained one of its topic.</summary>
    Retained = 13,

    /// <summary>Topic: nothing is retained there.</summary>
    Cleared = 14,
}

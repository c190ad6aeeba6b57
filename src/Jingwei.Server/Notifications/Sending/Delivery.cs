namespace Jingwei.Server.Notifications.Sending;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, or sent again.</summary>
    Waiting,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>Given up; a person may send it again.</summary>
    Dead,
}

/// <summary>A message that leaves the platform, written before it is sent.</summary>
/// <param name="Message">Its id for the other side, the same at every attempt.</param>
/// <param name="Target">webhook:{id} or mail:{user}.</param>
/// <param name="Body">What is sent.</param>
internal sealed record Delivery(long Id, string Message, string Target, long? Notice, string Kind, long Attempts, string Body)
{
    public const string Webhook = "webhook:";
    public const string Mail = "mail:";

    public bool IsMail => Target.StartsWith(Mail, StringComparison.Ordinal);

    /// <summary>The webhook's or the user's id.</summary>
    public string TargetId => Target[(Target.IndexOf(':', StringComparison.Ordinal) + 1)..];
}

/// <summary>What came of an attempt.</summary>
/// <param name="Error">Null when the other side took it.</param>
/// <param name="RetryAfter">The other side asks for this pause; null: as usual.</param>
/// <param name="IsFinal">No further attempt is of use.</param>
public sealed record DeliveryOutcome(string? Error, TimeSpan? RetryAfter = null, bool IsFinal = false)
{
    public static DeliveryOutcome Done { get; } = new((string?)null);
}

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Why a value was not accepted; stable codes, part of the outside surface.</summary>
public static class RejectReason
{
    public const string Unparsable = "unparsable";
    public const string TooLarge = "too-large";
    public const string UnknownThing = "unknown-thing";
    public const string UnknownProperty = "unknown-property";
    public const string WrongType = "wrong-type";
    public const string NotFinite = "not-finite";
    public const string TooLong = "too-long";
    public const string OutOfTimeLimits = "out-of-time-limits";
    public const string OlderThanRetention = "older-than-retention";
    public const string NotAllowed = "not-allowed";
    public const string UnknownMetric = "unknown-metric";
    public const string NoValue = "no-value";
    public const string Transient = "transient";
    public const string UnknownChannel = "unknown-channel";
}

/// <summary>A value, or a message that could not be parsed, that was not accepted; kept so that it can be replayed.</summary>
/// <param name="Reason">One of <see cref="RejectReason"/>.</param>
/// <param name="Detail">An English sentence that says what was expected.</param>
/// <param name="Payload">What came, cut to <see cref="TelemetryOptions.RejectPayloadBytes"/>; JSON or line protocol by its channel.</param>
/// <param name="Line">Number of the line in a line-protocol request, from 1; 0 elsewhere.</param>
/// <param name="IsWhole">False when <paramref name="Payload"/> is not what came, byte for byte: it was cut, or is no UTF-8.</param>
public sealed record Reject(
    string Reason, string Detail, string? Thing, string? Property, string Payload, int Line = 0, bool IsWhole = true)
{
    /// <summary>When it arrived, which is its time if it has none; microseconds since the epoch, UTC. No two messages have the same.</summary>
    public long At { get; init; }

    /// <summary>What the sender is told: a thing that he may not deliver for does not exist for him.</summary>
    public string Answer => Reason == RejectReason.NotAllowed ? MissingThing(Thing!) : Detail;

    /// <summary>The stable code that the sender is told.</summary>
    public string AnswerCode => Reason == RejectReason.NotAllowed ? RejectReason.UnknownThing : Reason;

    internal static string MissingThing(string thing) => $"There is no thing '{thing}'.";
}

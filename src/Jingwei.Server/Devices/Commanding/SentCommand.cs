using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>What became of a command.</summary>
public enum CommandStatus
{
    /// <summary>It is dangerous, and nobody has confirmed it yet: the thing knows nothing of it.</summary>
    Unconfirmed,

    /// <summary>It is to be sent.</summary>
    Waiting,

    /// <summary>Published; the thing has not answered.</summary>
    Sent,

    /// <summary>The thing answered.</summary>
    Answered,

    /// <summary>No answer came in time, after all attempts: it is not known whether the thing did it. A later answer still counts.</summary>
    Timeout,

    /// <summary>Taken back, or not confirmed in time: it was never sent.</summary>
    Canceled,
}

/// <param name="AnsweredAt">Null while there is no answer.</param>
public sealed record SentCommand(
    string Id, string Thing, string Command, JsonNode? Parameters, CommandStatus Status, JsonNode? Reply, DateTimeOffset At, string By, DateTimeOffset? AnsweredAt)
{
    /// <summary>Its number among the commands of its thing, from 1: some platforms want a number and no text. 0 for one sent before there were numbers.</summary>
    public long Number { get; init; }

    /// <summary>How often it was published.</summary>
    public long Attempts { get; init; }

    /// <summary>When it is published again, or given up; null once it is settled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How long an attempt waits for an answer.</summary>
    [JsonIgnore]
    public TimeSpan Within { get; init; }

    public string? ConfirmedBy { get; init; }

    /// <summary>The batch that it is part of; null for none.</summary>
    public string? Batch { get; init; }
}

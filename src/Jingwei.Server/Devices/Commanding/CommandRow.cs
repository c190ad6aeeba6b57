using System.Text.Json.Nodes;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>A command as the store has it.</summary>
internal sealed record CommandRow(
    string Id, string Thing, string Command, string? Parameters, string? Reply, long At, string By, long? Answered, long? Number, string? Status,
    long Attempts, long? Due, long? Within, long? Retries, string? Confirmed_By, string? Batch)
{
    /// <summary>Of those that were sent before commands had a status.</summary>
    private CommandStatus StatusAt(DateTimeOffset now) =>
        Reply is not null ? CommandStatus.Answered
        : Status is nameof(CommandStatus.Sent) && Attempts > Retries && Due < now.ToUnixTimeMilliseconds() ? CommandStatus.Timeout
        : Status is not null ? Enum.Parse<CommandStatus>(Status)
        : now - DateTimeOffset.FromUnixTimeMilliseconds(At) > Commands.AnswerWithin ? CommandStatus.Timeout
        : CommandStatus.Sent;

    public SentCommand ToCommand(DateTimeOffset now)
    {
        var status = StatusAt(now);
        return new(Id, Thing, Command, Parse(Parameters), status, Parse(Reply), DateTimeOffset.FromUnixTimeMilliseconds(At), By, Time(Answered))
        {
            Number = Number ?? 0,
            Attempts = Attempts,
            DueAt = status is CommandStatus.Unconfirmed or CommandStatus.Sent ? Time(Due) : null,
            ConfirmedBy = Confirmed_By,
            Within = TimeSpan.FromMilliseconds(Within ?? Commands.AnswerWithin.TotalMilliseconds),
            Batch = Batch,
        };
    }

    private static DateTimeOffset? Time(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Jingwei.Mqtt;
using Jingwei.Server.Access;

namespace Jingwei.Server.Devices;

/// <summary>What became of a command.</summary>
public enum CommandStatus
{
    /// <summary>Published; the thing has not answered.</summary>
    Sent,

    /// <summary>The thing answered.</summary>
    Answered,

    /// <summary>No answer came within <see cref="Commands.AnswerWithin"/>.</summary>
    Timeout,
}

public sealed record SentCommand(
    string Id, string Thing, string Command, JsonNode? Parameters, CommandStatus Status, JsonNode? Reply, DateTimeOffset At, string By, DateTimeOffset? AnsweredAt);

/// <summary>Commands to things and their answers: `jw/{thing}/commands/{id}` out, `jw/{thing}/replies/{id}` back.</summary>
public sealed class Commands
{
    /// <summary>A command without an answer after this long counts as lost; machines answer within seconds.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Most characters of a command's parameters as JSON: settings, not files.</summary>
    public const int MaximumParameters = 64 * 1024;

    // A machine that connects later must not do what nobody waits for any more.
    private static readonly MqttProperties Fresh = new() { MessageExpiryInterval = (uint)AnswerWithin.TotalSeconds };

    // A reply longer than this is refused; it is a result, not a file.
    private const int MaximumReply = 64 * 1024;

    private readonly Database database;
    private readonly DeviceServer devices;
    private readonly TopicRights rights;
    private readonly TimeProvider clock;

    public Commands(Database database, DeviceServer devices, TopicRights rights, TimeProvider clock)
    {
        (this.database, this.devices, this.rights, this.clock) = (database, devices, rights, clock);
        database.Migrate(
            "devices.commands",
            """
            CREATE TABLE command (
                id TEXT PRIMARY KEY, thing TEXT NOT NULL, command TEXT NOT NULL, parameters TEXT, reply TEXT, at INTEGER NOT NULL,
                by TEXT NOT NULL, answered INTEGER);
            CREATE INDEX command_by_thing ON command (thing, id);
            """);
        devices.Take(Topic.Replies, TakeReply);
    }

    /// <summary>Stores the command, then sends it to the thing, also to one that connects within <see cref="AnswerWithin"/> with a kept session.</summary>
    public async ValueTask<SentCommand> SendAsync(string thing, string command, JsonNode? parameters, string by)
    {
        var sent = new SentCommand(
            Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), thing, command, parameters, CommandStatus.Sent, null, clock.GetUtcNow(), by, null);
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO command (id, thing, command, parameters, at, by) VALUES (@Id, @thing, @command, @text, @at, @by)",
            new { sent.Id, thing, command, text = parameters?.ToJsonString(), at = sent.At.ToUnixTimeMilliseconds(), by },
            transaction));
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["command"] = command, ["parameters"] = parameters?.DeepClone() });
        await devices.Mqtt.PublishAsync(Topic.ForCommand(thing, sent.Id), payload, MqttQoS.AtLeastOnce, properties: Fresh);
        return sent;
    }

    /// <summary>The thing's newest commands first.</summary>
    public IReadOnlyList<SentCommand> List(string thing, string? before, int limit) =>
        database.Read(store => store.Query<CommandRow>(
            "SELECT * FROM command WHERE thing = @thing AND (@before IS NULL OR id < @before) ORDER BY id DESC LIMIT @limit",
            new { thing, before, limit }))
            .Select(row => row.ToCommand(clock.GetUtcNow()))
            .ToList();

    private ValueTask TakeReply(DeviceBatch batch, CancellationToken cancellation)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            batch.Decide(index, Answer(batch.Caller, batch[index]));
        }

        return ValueTask.CompletedTask;
    }

    private MqttPublishOutcome Answer(Caller caller, in DeviceMessage message)
    {
        if (!rights.SpeaksFor(caller, message.Thing))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized);
        }

        if (message.Payload.Length > MaximumReply || !IsJson(message.Payload))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "A reply is a JSON value of at most 64 KiB.");
        }

        var reply = Encoding.UTF8.GetString(message.Payload);
        var (thing, _, id) = message.Topic.Parts;
        var known = database.Write((store, transaction) => store.Execute(
            "UPDATE command SET reply = @reply, answered = @now WHERE id = @id AND thing = @thing AND reply IS NULL",
            new { reply, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), id, thing },
            transaction));
        return known == 1 ? MqttPublishOutcome.Consumed : MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "No such command waits for an answer.");
    }

    private static bool IsJson(in ReadOnlySequence<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read())
            {
                // Only well-formedness matters here.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record CommandRow(string Id, string Thing, string Command, string? Parameters, string? Reply, long At, string By, long? Answered)
    {
        public SentCommand ToCommand(DateTimeOffset now)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(At);
            var status = Reply is not null ? CommandStatus.Answered : now - at > AnswerWithin ? CommandStatus.Timeout : CommandStatus.Sent;
            return new(
                Id, Thing, Command, Parse(Parameters), status, Parse(Reply), at, By,
                Answered is { } answered ? DateTimeOffset.FromUnixTimeMilliseconds(answered) : null);
        }

        private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
    }
}

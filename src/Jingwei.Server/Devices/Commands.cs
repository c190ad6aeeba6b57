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

/// <param name="AnsweredAt">Null while there is no answer.</param>
public sealed record SentCommand(
    string Id, string Thing, string Command, JsonNode? Parameters, CommandStatus Status, JsonNode? Reply, DateTimeOffset At, string By, DateTimeOffset? AnsweredAt)
{
    /// <summary>Its number among the commands of its thing, from 1: some platforms want a number and no text. 0 for one sent before there were numbers.</summary>
    public long Number { get; init; }
}

/// <summary>Commands to things and their answers: `jw/{thing}/commands/{id}` out, `jw/{thing}/replies/{id}` back.</summary>
public sealed class Commands
{
    /// <summary>A command without an answer after this long counts as lost; machines answer within seconds.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Most characters of a command's parameters as JSON: settings, not files.</summary>
    public const int MaximumParameters = 64 * 1024;

    // A machine that connects later must not do what nobody waits for any more.
    internal static readonly MqttProperties Fresh = new() { MessageExpiryInterval = (uint)AnswerWithin.TotalSeconds };

    // A reply longer than this is refused; it is a result, not a file.
    private const int MaximumReply = 64 * 1024;

    private readonly Database database;
    private readonly DeviceServer devices;
    private readonly TopicRights rights;
    private readonly TimeProvider clock;

    // Each publishes a command as things of another platform expect it; who does not listen there hears nothing.
    private readonly List<Func<SentCommand, ValueTask>> speakers = [];

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
            """,
            """
            ALTER TABLE command ADD COLUMN number INTEGER;
            CREATE UNIQUE INDEX command_by_number ON command (thing, number);
            """);
        devices.Take(Topic.Replies, TakeReply);
    }

    /// <summary>Publishes each command to come in another form too. Called before the server listens.</summary>
    public void AlsoSend(Func<SentCommand, ValueTask> speaker) => speakers.Add(speaker);

    /// <summary>Stores the command, then sends it to the thing, also to one that connects within <see cref="AnswerWithin"/> with a kept session.</summary>
    public async ValueTask<SentCommand> SendAsync(string thing, string command, JsonNode? parameters, string by)
    {
        var sent = new SentCommand(
            Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), thing, command, parameters, CommandStatus.Sent, null, clock.GetUtcNow(), by, null);
        var number = database.Write((store, transaction) => store.ExecuteScalar<long>(
            """
            INSERT INTO command (id, thing, command, parameters, at, by, number)
            SELECT @Id, @thing, @command, @text, @at, @by, ifnull(max(number), 0) + 1 FROM command WHERE thing = @thing
            RETURNING number
            """,
            new { sent.Id, thing, command, text = parameters?.ToJsonString(), at = sent.At.ToUnixTimeMilliseconds(), by },
            transaction));
        sent = sent with { Number = number };
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["command"] = command, ["parameters"] = parameters?.DeepClone() });
        await devices.Mqtt.PublishAsync(Topic.ForCommand(thing, sent.Id), payload, MqttQoS.AtLeastOnce, properties: Fresh);
        foreach (var speaker in speakers)
        {
            await speaker(sent);
        }

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

        var (thing, _, id) = message.Topic.Parts;
        return Answer(thing, id, null, message.Payload);
    }

    /// <summary>Keeps a thing's answer to its command of that number.</summary>
    public MqttPublishOutcome Answer(string thing, long number, in ReadOnlySequence<byte> reply) => Answer(thing, null, number, reply);

    private MqttPublishOutcome Answer(string thing, string? id, long? number, in ReadOnlySequence<byte> json)
    {
        if (json.Length > MaximumReply || !IsJson(json))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "A reply is a JSON value of at most 64 KiB.");
        }

        var reply = Encoding.UTF8.GetString(json);
        var known = database.Write((store, transaction) => store.Execute(
            "UPDATE command SET reply = @reply, answered = @now WHERE thing = @thing AND (id = @id OR number = @number) AND reply IS NULL",
            new { reply, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), id, number, thing },
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

    private sealed record CommandRow(string Id, string Thing, string Command, string? Parameters, string? Reply, long At, string By, long? Answered, long? Number)
    {
        public SentCommand ToCommand(DateTimeOffset now)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(At);
            var status = Reply is not null ? CommandStatus.Answered : now - at > AnswerWithin ? CommandStatus.Timeout : CommandStatus.Sent;
            return new(
                Id, Thing, Command, Parse(Parameters), status, Parse(Reply), at, By,
                Answered is { } answered ? DateTimeOffset.FromUnixTimeMilliseconds(answered) : null)
            {
                Number = Number ?? 0,
            };
        }

        private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>Commands to things and their answers: `jw/{thing}/commands/{id}` out, `jw/{thing}/replies/{id}` back.</summary>
internal sealed class Commands
{
    /// <summary>A command without an answer after this long counts as lost, where its type does not say otherwise; machines answer within seconds.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly CommandStore store;
    private readonly DeviceServer devices;
    private readonly TopicRights rights;
    private readonly TimeProvider clock;

    // Each publishes a command as things of another platform expect it; who does not listen there hears nothing.
    private readonly List<Func<SentCommand, ValueTask>> speakers = [];

    // One item says it all: look again.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Commands(CommandStore store, DeviceServer devices, TopicRights rights, TimeProvider clock)
    {
        (this.store, this.devices, this.rights, this.clock) = (store, devices, rights, clock);
        devices.Take(Topic.Replies, TakeReply);
    }

    public ChannelReader<bool> Woken => wake.Reader;

    /// <summary>Publishes each command to come in another form too. Called before the server listens.</summary>
    public void AlsoSend(Func<SentCommand, ValueTask> speaker) => speakers.Add(speaker);

    /// <summary>A thing that connects later must not do what nobody waits for any more.</summary>
    public static MqttProperties Fresh(SentCommand command) => new() { MessageExpiryInterval = (uint)Math.Ceiling(command.Within.TotalSeconds) };

    /// <summary>Stores a command, then sends it, also to a thing that connects in time with a kept session; a dangerous one waits to be confirmed.</summary>
    public async ValueTask<SentCommand> SendAsync(string thing, Command command, JsonNode? parameters, string by)
    {
        var row = store.Add(New(thing, command, parameters?.ToJsonString(), by, command.Confirm == Confirmation.None ? CommandStatus.Sent : CommandStatus.Unconfirmed, null));
        return row.Status == nameof(CommandStatus.Sent) ? await PublishAsync(row) : row.ToCommand(clock.GetUtcNow());
    }

    /// <summary>Stores the same command for many things; they are sent one after the other.</summary>
    public string SendToMany(IEnumerable<(string Thing, Command Command)> things, string command, JsonNode? parameters, string by)
    {
        var id = NewId();
        var text = parameters?.ToJsonString();
        store.AddBatch(
            id, command, text, by,
            things.Select(each => New(each.Thing, each.Command, text, by, each.Command.Confirm == Confirmation.None ? CommandStatus.Waiting : CommandStatus.Unconfirmed, id)));
        wake.Writer.TryWrite(true);
        return id;
    }

    /// <summary>Lets a command that waits to be confirmed be sent; null when it does not wait any more.</summary>
    public async ValueTask<SentCommand?> ConfirmAsync(CommandRow row, string by)
    {
        var confirmed = row with { Status = nameof(CommandStatus.Sent), Attempts = 1, Due = Now + row.Within, Confirmed_By = by };
        return store.Move(row, CommandStatus.Sent, confirmed.Due, 1, by) ? await PublishAsync(confirmed) : null;
    }

    public void ConfirmBatch(string batch, string by)
    {
        store.MoveBatch(batch, CommandStatus.Waiting, by, CommandStatus.Unconfirmed);
        wake.Writer.TryWrite(true);
    }

    /// <summary>Takes back what of a batch was not sent yet.</summary>
    public void CancelBatch(string batch) => store.MoveBatch(batch, CommandStatus.Canceled, null, CommandStatus.Unconfirmed, CommandStatus.Waiting);

    /// <summary>Takes back a command that was not sent yet; false when it was.</summary>
    public bool Cancel(CommandRow row) =>
        row.Status is nameof(CommandStatus.Unconfirmed) or nameof(CommandStatus.Waiting) && store.Move(row, CommandStatus.Canceled, null, row.Attempts);

    /// <summary>Does what is due: sends what waits, sends again what was not answered, gives up what was sent often enough. Returns how many.</summary>
    public async Task<int> AdvanceAsync(CancellationToken cancellation)
    {
        var due = store.Due(CommandLimits.Turn);
        foreach (var row in due)
        {
            cancellation.ThrowIfCancellationRequested();
            await AdvanceAsync(row);
        }

        return due.Count;
    }

    public DateTimeOffset? NextDue() => store.NextDue();

    /// <summary>Keeps a thing's answer to its command of that number.</summary>
    public MqttPublishOutcome Answer(string thing, long number, in ReadOnlySequence<byte> reply) => Answer(thing, null, number, reply);

    private async ValueTask AdvanceAsync(CommandRow row)
    {
        var sends = row.Status == nameof(CommandStatus.Waiting) || (row.Status == nameof(CommandStatus.Sent) && row.Attempts <= row.Retries);
        if (!sends)
        {
            store.Move(row, row.Status == nameof(CommandStatus.Unconfirmed) ? CommandStatus.Canceled : CommandStatus.Timeout, null, row.Attempts);
            return;
        }

        var next = row with { Status = nameof(CommandStatus.Sent), Attempts = row.Attempts + 1, Due = Now + row.Within };
        // Written before it is sent: after a stop it is not known whether it left, and it counts as sent.
        if (store.Move(row, CommandStatus.Sent, next.Due, next.Attempts))
        {
            await PublishAsync(next);
        }
    }

    private async ValueTask<SentCommand> PublishAsync(CommandRow row)
    {
        var sent = row.ToCommand(clock.GetUtcNow());
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["command"] = sent.Command, ["parameters"] = sent.Parameters?.DeepClone() });
        await devices.Mqtt.PublishAsync(Topic.ForCommand(sent.Thing, sent.Id), payload, MqttQoS.AtLeastOnce, properties: Fresh(sent));
        foreach (var speaker in speakers)
        {
            await speaker(sent);
        }

        wake.Writer.TryWrite(true);
        return sent;
    }

    private CommandRow New(string thing, Command command, string? parameters, string by, CommandStatus status, string? batch)
    {
        var within = (long)(command.Within ?? AnswerWithin).TotalMilliseconds;
        var due = status switch
        {
            CommandStatus.Sent => Now + within,
            CommandStatus.Unconfirmed => Now + (long)CommandLimits.ConfirmWithin.TotalMilliseconds,
            _ => Now,
        };
        return new(NewId(), thing, command.Id, parameters, null, Now, by, null, null, status.ToString(), status == CommandStatus.Sent ? 1 : 0, due, within, command.Retries, null, batch);
    }

    private string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

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

    private MqttPublishOutcome Answer(string thing, string? id, long? number, in ReadOnlySequence<byte> json)
    {
        if (json.Length > CommandLimits.Reply || !IsJson(json))
        {
            return MqttPublishOutcome.Refused(MqttReasonCode.PayloadFormatInvalid, "A reply is a JSON value of at most 64 KiB.");
        }

        return store.Answer(thing, id, number, Encoding.UTF8.GetString(json))
            ? MqttPublishOutcome.Consumed
            : MqttPublishOutcome.Refused(MqttReasonCode.TopicNameInvalid, "No such command waits for an answer.");
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
}

using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Jingwei.Mqtt.Packets;

namespace Jingwei.Mqtt.Client;

/// <summary>
/// A small MQTT 3.1.1 and 5.0 client over TCP: one connection, no reconnection of its own. Thread-safe; publishing is pipelined up to the
/// server's receive maximum.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    // As the server's: what one flush carries.
    private const int FlushSize = 64 * 1024;

    private readonly MqttClientOptions options;
    private readonly ClientConnection connection;
    private readonly Channel<MqttPacket> outgoing;
    private readonly Channel<MqttMessage> incoming;
    private readonly Outstanding outstanding = new();
    private readonly HashSet<ushort> unreleased = [];
    private readonly CancellationTokenSource ended = new();
    private readonly TaskCompletionSource<ConnAckPacket> connAck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim turn = new(1);
    private SemaphoreSlim quota = new(1);
    private ITimer? pinger;
    private Task loops = Task.CompletedTask;
    private long lastSent;
    private int pingsUnanswered;
    private MqttReasonCode lossReason = MqttReasonCode.UnspecifiedError;
    private string lossMessage = "The server closed the connection.";

    private MqttClient(MqttClientOptions options, ClientConnection connection)
    {
        this.options = options;
        this.connection = connection;
        outgoing = Channel.CreateBounded<MqttPacket>(new BoundedChannelOptions(options.MaxInflight) { SingleReader = true });
        incoming = Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(options.MaxWaitingMessages) { SingleWriter = true });
    }

    /// <summary>Messages in the order they come; completes when the connection ends, with <see cref="MqttClientException"/> when it was lost.</summary>
    public ChannelReader<MqttMessage> Messages => incoming.Reader;

    /// <summary>Session Present of CONNACK.</summary>
    public bool IsSessionResumed { get; private set; }

    /// <summary>What the server said in CONNACK; <see cref="MqttProperties.None"/> in 3.1.1.</summary>
    public MqttProperties ServerProperties { get; private set; } = MqttProperties.None;

    /// <summary>Completes when the connection has ended, for whatever reason; never fails.</summary>
    public Task Closed => loops;

    /// <exception cref="MqttClientException">The server cannot be reached, refused (its reason code is in it), or did not answer in time.</exception>
    public static async Task<MqttClient> ConnectAsync(MqttClientOptions options, CancellationToken cancel = default)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var client = new MqttClient(options, await ClientConnection.OpenAsync(options, either.Token));
            client.loops = client.RunAsync();
            try
            {
                await client.OpenAsync(either.Token);
                return client;
            }
            catch
            {
                await client.DisposeAsync();
                throw;
            }
        }
        catch (SocketException e)
        {
            throw new MqttClientException(MqttReasonCode.ServerUnavailable, $"{options.Host}:{options.Port} cannot be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new MqttClientException(MqttReasonCode.ServerUnavailable, $"No CONNACK within {options.ConnectTimeout}.", e);
        }
    }

    /// <summary>Publishes; completes at once for QoS 0, at PUBACK for QoS 1, at PUBCOMP for QoS 2, with the server's reason code.</summary>
    /// <exception cref="MqttClientException">The connection ended before the answer.</exception>
    public Task<MqttReasonCode> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQoS qos = MqttQoS.AtMostOnce, bool retain = false, CancellationToken cancel = default) =>
        PublishAsync(new() { Topic = topic, Payload = payload, QoS = qos, Retain = retain }, cancel);

    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, MqttQoS, bool, CancellationToken)"/>
    public async Task<MqttReasonCode> PublishAsync(MqttMessage message, CancellationToken cancel = default)
    {
        if (message.QoS == MqttQoS.AtMostOnce)
        {
            await SendAsync(new PublishPacket(message) { Properties = message.Properties }, cancel);
            return MqttReasonCode.Success;
        }

        var answer = await SendInTurnAsync(message, cancel);
        try
        {
            return ((AckPacket)await answer).Reason;
        }
        finally
        {
            quota.Release();
        }
    }

    // One at a time waits for the quota and is queued: those that the quota lets go would otherwise overtake each other [MQTT-4.6.0-1].
    private async Task<Task<MqttPacket>> SendInTurnAsync(MqttMessage message, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await quota.WaitAsync(cancel);
            try
            {
                var (id, answer) = outstanding.Add();
                await SendAsync(new PublishPacket(message, id) { Properties = message.Properties }, cancel);
                return answer;
            }
            catch
            {
                quota.Release();
                throw;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Subscribes; the granted QoS or the refusal of the server.</summary>
    public async Task<MqttReasonCode> SubscribeAsync(string filter, MqttQoS qos = MqttQoS.AtMostOnce, CancellationToken cancel = default) =>
        (await SubscribeAsync([new(filter, qos)], MqttProperties.None, cancel))[0];

    /// <summary>Ends a subscription.</summary>
    public async Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancel = default)
    {
        var (id, answer) = outstanding.Add();
        await SendAsync(new UnsubscribePacket(id, [filter]), cancel);
        var reasons = ((UnsubAckPacket)await answer.WaitAsync(cancel)).Reasons;
        return reasons.Count > 0 ? reasons[0] : MqttReasonCode.Success;
    }

    /// <summary>Says goodbye, so that no will is published (unless asked for), and waits for the end of the connection.</summary>
    public async Task DisconnectAsync(MqttReasonCode reason = MqttReasonCode.Success)
    {
        lossReason = MqttReasonCode.Success;
        lossMessage = "The client disconnected.";
        while (!outgoing.Writer.TryWrite(new DisconnectPacket(reason)) && await outgoing.Writer.WaitToWriteAsync())
        {
            // Full: what is queued leaves first.
        }

        outgoing.Writer.TryComplete();

        await loops;
    }

    /// <summary>Cuts the connection without DISCONNECT, so that the server publishes the will; call <see cref="DisconnectAsync"/> before to part in peace.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await loops;
        connection.Dispose();
        turn.Dispose();
        quota.Dispose();
        ended.Dispose();
    }

    internal async Task<IReadOnlyList<MqttReasonCode>> SubscribeAsync(
        IReadOnlyList<FilterRequest> filters, MqttProperties properties, CancellationToken cancel = default)
    {
        var (id, answer) = outstanding.Add();
        await SendAsync(new SubscribePacket(id, filters) { Properties = properties }, cancel);
        return ((SubAckPacket)await answer.WaitAsync(cancel)).Reasons;
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        await SendAsync(ConnectPacket(), cancel);
        var answer = await connAck.Task.WaitAsync(cancel);
        if (answer.Reason != MqttReasonCode.Success)
        {
            var reason = options.Version == MqttProtocolVersion.V5 ? answer.Reason : Kin((byte)answer.Reason);
            throw new MqttClientException(reason, $"The server refused: {reason}. {answer.Properties.ReasonString}".TrimEnd());
        }

        IsSessionResumed = answer.SessionPresent;
        ServerProperties = answer.Properties;
        quota.Dispose();
        quota = new(Math.Min(answer.Properties.ReceiveMaximum ?? ushort.MaxValue, options.MaxInflight));
        connection.UseAliases(Math.Min(answer.Properties.TopicAliasMaximum ?? 0, options.MaxTopicAliases));
        StartPinging(answer.Properties.ServerKeepAlive is { } seconds ? TimeSpan.FromSeconds(seconds) : options.KeepAlive);
    }

    private ConnectPacket ConnectPacket() => new()
    {
        Version = options.Version,
        ClientId = options.ClientId,
        CleanStart = options.CleanStart,
        KeepAlive = (ushort)Math.Min(options.KeepAlive.TotalSeconds, ushort.MaxValue),
        UserName = options.UserName,
        Password = options.Password is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(options.Password),
        Will = options.Will,
        Properties = new()
        {
            SessionExpiryInterval = options.SessionExpirySeconds == 0 ? null : options.SessionExpirySeconds,
            MaximumPacketSize = (uint)options.MaxPacketSize,
            TopicAliasMaximum = options.MaxTopicAliases == 0 ? null : options.MaxTopicAliases,
        },
    };

    /// <summary>Return codes of MQTT 3.1.1, table 3.1.</summary>
    private static MqttReasonCode Kin(byte returnCode) => returnCode switch
    {
        1 => MqttReasonCode.UnsupportedProtocolVersion,
        2 => MqttReasonCode.ClientIdentifierNotValid,
        3 => MqttReasonCode.ServerUnavailable,
        4 => MqttReasonCode.BadUserNameOrPassword,
        5 => MqttReasonCode.NotAuthorized,
        _ => MqttReasonCode.UnspecifiedError,
    };

    private async ValueTask SendAsync(MqttPacket packet, CancellationToken cancel)
    {
        if (outgoing.Writer.TryWrite(packet))
        {
            return;
        }

        try
        {
            await outgoing.Writer.WriteAsync(packet, cancel);
        }
        catch (ChannelClosedException e)
        {
            throw new MqttClientException(lossReason, lossMessage, e);
        }
    }

    private async Task RunAsync()
    {
        var writing = WriteAsync();
        await ReadAsync();
        outgoing.Writer.TryComplete();
        await ended.CancelAsync();
        await writing;
        if (pinger is not null)
        {
            await pinger.DisposeAsync();
        }

        connection.Dispose();
    }

    private async Task ReadAsync()
    {
        Exception? cause = null;
        try
        {
            await connection.ReadAsync(HandleAsync, ended.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or MqttClientException)
        {
            cause = e;
        }

        var loss = cause as MqttClientException ?? new MqttClientException(lossReason, lossMessage, cause);
        outstanding.Fail(loss);
        connAck.TrySetException(loss);
        _ = connAck.Task.Exception;
        incoming.Writer.TryComplete(lossReason == MqttReasonCode.Success ? null : loss);
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await outgoing.Reader.WaitToReadAsync(ended.Token))
            {
                while (connection.UnflushedBytes < FlushSize && outgoing.Reader.TryRead(out var packet))
                {
                    connection.Write(packet);
                }

                lastSent = options.Time.GetTimestamp();
                await connection.FlushAsync(ended.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The read loop tells the cause.
            outgoing.Writer.TryComplete();
        }

        if (lossReason == MqttReasonCode.Success)
        {
            // [MQTT-3.14.4-1]: after DISCONNECT the client closes.
            await ended.CancelAsync();
        }
    }

    private async ValueTask<bool> HandleAsync(MqttPacket packet)
    {
        switch (packet)
        {
            case PublishPacket publish:
                await ReceiveAsync(publish);
                return true;
            case AckPacket { Type: PacketType.PubRec, Reason: < MqttReasonCode.UnspecifiedError } received:
                await SendAsync(new AckPacket(PacketType.PubRel, received.PacketId), ended.Token);
                return true;
            case AckPacket { Type: PacketType.PubRel } released:
                unreleased.Remove(released.PacketId);
                await SendAsync(new AckPacket(PacketType.PubComp, released.PacketId), ended.Token);
                return true;
            case AckPacket ack:
                outstanding.Answer(ack.PacketId, ack);
                return true;
            case SubAckPacket subAck:
                outstanding.Answer(subAck.PacketId, subAck);
                return true;
            case UnsubAckPacket unsubAck:
                outstanding.Answer(unsubAck.PacketId, unsubAck);
                return true;
            case PingPacket:
                Volatile.Write(ref pingsUnanswered, 0);
                return true;
            case ConnAckPacket answer:
                connAck.TrySetResult(answer);
                return answer.Reason == MqttReasonCode.Success;
            case DisconnectPacket disconnect:
                lossReason = disconnect.Reason;
                lossMessage = $"The server disconnected: {disconnect.Reason}. {disconnect.Properties.ReasonString}".TrimEnd();
                return false;
            default:
                throw new MqttClientException(MqttReasonCode.ProtocolError, $"A server may not send {packet.Type}.");
        }
    }

    private async ValueTask ReceiveAsync(PublishPacket publish)
    {
        var isNew = publish.Message.QoS != MqttQoS.ExactlyOnce || unreleased.Add(publish.PacketId);
        if (isNew)
        {
            await incoming.Writer.WriteAsync(publish.Message, ended.Token);
        }

        if (publish.Message.QoS != MqttQoS.AtMostOnce)
        {
            var type = publish.Message.QoS == MqttQoS.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
            await SendAsync(new AckPacket(type, publish.PacketId), ended.Token);
        }
    }

    private void StartPinging(TimeSpan keepAlive)
    {
        if (keepAlive <= TimeSpan.Zero)
        {
            return;
        }

        // Half the interval, so that a late timer still keeps the promise.
        var period = keepAlive / 2;
        pinger = options.Time.CreateTimer(_ => Ping(period), null, period, period);
    }

    private void Ping(TimeSpan period)
    {
        if (pingsUnanswered > 2)
        {
            lossMessage = "The server no longer answers PINGREQ.";
            connection.Dispose();
        }
        else if (pingsUnanswered > 0 || options.Time.GetElapsedTime(lastSent) >= period)
        {
            Interlocked.Increment(ref pingsUnanswered);
            outgoing.Writer.TryWrite(PingPacket.Request);
        }
    }
}

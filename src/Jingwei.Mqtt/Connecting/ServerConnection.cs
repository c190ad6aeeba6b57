using System.Net;
using System.Security.Cryptography.X509Certificates;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Mqtt.Connecting;

/// <summary>
/// One network connection, from its first byte to its end: <see cref="ConnectionReader"/> reads and handles, <see cref="ConnectionWriter"/>
/// writes, and this says how it begins and ends.
/// </summary>
internal sealed class ServerConnection
{
    private readonly MqttServerOptions options;
    private readonly MqttServer server;
    private readonly ConnectionContext transport;
    private readonly PacketOutput output;
    private readonly ConnectionWriter writer;
    private readonly ConnectionReader reader;
    private readonly Lock closing = new();

    // Guarded by closing.
    private volatile bool isClosing;
    private MqttReasonCode closeReason = MqttReasonCode.UnspecifiedError;
    private string? closeComplaint;
    private ITimer? closeTimer;
    private Completion finished;

    private TrafficMeters meters;
    private int isInRound;
    private int isSlowToldOf;
    private Session? session;
    private MqttConnectionInfo? info;

    public ServerConnection(MqttServerOptions options, MqttServer server, ConnectionContext transport)
    {
        this.options = options;
        this.server = server;
        this.transport = transport;
        output = new(transport.Transport.Output, this, options.Time);
        writer = new(output, options.Limits, options.Time, this);
        reader = new(this, transport.Transport.Input, options);
    }

    public EndPoint? Remote => transport.RemoteEndPoint;

    /// <summary>Of a TLS client that has shown a good one.</summary>
    public X509Certificate2? ClientCertificate => transport.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;

    public MessageRouter Router => server.Router;

    public ObjectPool<MqttPublishBatch> Batches => server.Batches;

    public int RightsTurn => server.RightsTurn;

    /// <summary>Only after the handshake.</summary>
    public Session Session => session ?? throw new InvalidOperationException("No CONNECT was accepted.");

    /// <summary>Only after the handshake.</summary>
    public MqttConnectionInfo Info => info ?? throw new InvalidOperationException("No CONNECT was accepted.");

    public bool IsConnected => Volatile.Read(ref info) is not null;

    public bool IsClosing => isClosing;

    /// <summary>Request Problem Information (MQTT 5.0, section 3.1.2.11.7).</summary>
    public bool WantsProblems { get; private set; }

    /// <summary>Whether CONNECT asked for a session that outlives the connection.</summary>
    public bool AskedForExpiry { get; private set; }

    /// <summary>False after a DISCONNECT that takes the will away.</summary>
    public bool PublishesWill { get; set; } = true;

    public async Task RunAsync()
    {
        try
        {
            await reader.RunAsync();
        }
        catch (Exception e) when (IsLoss(e))
        {
            Lost(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail(e);
        }
        finally
        {
            BeginClose(MqttReasonCode.UnspecifiedError, null, isOver: true);
            await reader.CompleteAsync();
            await writer.EndedAsync();
            await EndAsync();
        }
    }

    /// <summary>Completes when nothing of this connection works on its session any more.</summary>
    public Task FinishedAsync()
    {
        lock (closing)
        {
            return finished.Task;
        }
    }

    /// <summary>Made when the client begins to publish; its read loop keeps it.</summary>
    public IncomingPublishes BeginPublishes()
    {
        var quota = new ReceiveQuota(options.Limits.ReceiveMaximum);
        return new(options, this, new(this, Router, quota), quota, transport.Transport.Input.CancelPendingRead, server.Stopping);
    }

    /// <summary>Only after the handshake.</summary>
    public MqttConnectionSnapshot Describe() => new(
        Info,
        meters.PacketsIn,
        meters.PacketsOut,
        meters.BytesIn,
        meters.BytesOut,
        meters.PublishesIn,
        meters.PublishesOut,
        meters.Dropped);

    public ValueTask SendAsync(MqttPacket packet) => writer.SendAsync(packet);

    public ValueTask SendAsync(Ack[] acks, int count) => writer.SendAsync(acks, count);

    /// <summary>QoS 0: queued for the writer, or dropped and counted.</summary>
    public Taking Deliver(Delivery delivery, DeliveryRound round, bool mayWait)
    {
        if (!IsConnected)
        {
            return Taking.Gone;
        }

        var taking = writer.Add(delivery, mayWait);
        if (taking == Taking.Taken)
        {
            round.Wake(this);
        }
        else if (taking == Taking.Full)
        {
            if (Interlocked.Exchange(ref isSlowToldOf, 1) == 0)
            {
                Log.SlowConsumer(options.Logger, Info.ClientId);
            }

            CountDrop(MqttDropReason.SlowConsumer);
        }

        return taking;
    }

    public Task RoomAsync() => writer.RoomAsync();

    /// <summary>True for the first round that has something for this connection since the last <see cref="WakeAfterRound"/>.</summary>
    public bool JoinRound() => Interlocked.Exchange(ref isInRound, 1) == 0;

    public void WakeAfterRound()
    {
        Volatile.Write(ref isInRound, 0);
        Interlocked.MemoryBarrier();
        writer.Wake();
    }

    /// <summary>Retained messages wait for room in place of being dropped: the subscriber asked for them just now.</summary>
    public ValueTask SendRetainedAsync(Delivery delivery)
    {
        if (delivery.QoS == MqttQoS.AtMostOnce)
        {
            return writer.SendAsync(delivery.ToPacket(options.Time));
        }

        if (Session.Outbox.TryAddRetained(delivery))
        {
            Wake();
        }
        else
        {
            Session.CountDrop();
        }

        return ValueTask.CompletedTask;
    }

    public void Wake() => writer.Wake();

    public void CountDrop(MqttDropReason reason)
    {
        meters.CountDrop();
        server.Meters.CountDrop(reason);
    }

    public void CountIn(in Traffic traffic)
    {
        meters.CountIn(traffic);
        server.Meters.CountIn(traffic);
    }

    public void CountOut(in Traffic traffic)
    {
        meters.CountOut(traffic);
        server.Meters.CountOut(traffic);
    }

    /// <summary>The application failed: nobody knows what became of a message, so the connection ends without its acknowledgement.</summary>
    public void Fail(Exception e)
    {
        Log.ApplicationFailed(options.Logger, e, info?.ClientId ?? "");
        BeginClose(MqttReasonCode.UnspecifiedError, null);
    }

    /// <summary>The network connection ended without a word.</summary>
    public void Lost(Exception e) => Log.Broke(options.Logger, e, Remote);

    /// <summary>Ends the connection: MQTT 5 clients are told why, 3.1.1 clients are just closed. The first reason counts.</summary>
    /// <param name="reason">For DISCONNECT.</param>
    /// <param name="complaint">For people.</param>
    /// <param name="isOver">The client is gone or said goodbye itself: nothing is sent.</param>
    public void BeginClose(MqttReasonCode reason, string? complaint, bool isOver = false)
    {
        lock (closing)
        {
            if (isClosing)
            {
                return;
            }

            isClosing = true;
            closeReason = reason;
            closeComplaint = complaint;
            closeTimer = options.Time.CreateTimer(
                static self => ((ServerConnection)self!).transport.Abort(), this, options.Limits.CloseTimeout, Timeout.InfiniteTimeSpan);
        }

        var speaks = !isOver && info?.ProtocolVersion == MqttProtocolVersion.V5;
        // A server that goes has nothing to wait for: what it said last still leaves.
        writer.Complete(speaks ? Farewell(reason, complaint) : null, drains: !isOver && reason == MqttReasonCode.ServerShuttingDown);
        transport.Transport.Input.CancelPendingRead();
    }

    /// <summary>To be called every <see cref="KeepAlive.Grain"/>.</summary>
    public void CloseIfSilent(long now)
    {
        if (isClosing || !reader.IsSilent(now))
        {
            return;
        }

        if (IsConnected)
        {
            BeginClose(MqttReasonCode.KeepAliveTimeout, "Nothing heard for one and a half times the keep alive [MQTT-3.1.2-22].");
        }
        else
        {
            BeginClose(MqttReasonCode.UnspecifiedError, "No CONNECT in time.");
        }
    }

    private static DisconnectPacket Farewell(MqttReasonCode reason, string? complaint) => new(reason)
    {
        Properties = complaint is null ? MqttProperties.None : new() { ReasonString = complaint },
    };

    /// <summary>Answers the first packet; false when the client does not come in.</summary>
    public ValueTask<bool> ConnectAsync(in PacketFrame frame)
    {
        var packet = ConnectDecoder.Decode(frame, out var error, out var answerAs);
        return ConnectAsync(packet, error, answerAs);
    }

    private async ValueTask<bool> ConnectAsync(ConnectPacket? packet, PacketError error, MqttProtocolVersion? answerAs)
    {
        output.Use(
            answerAs ?? MqttProtocolVersion.V311,
            packet?.Properties.MaximumPacketSize,
            Math.Min(packet?.Properties.TopicAliasMaximum ?? 0, options.Limits.MaxOutgoingTopicAliases));
        if (packet is null)
        {
            Log.Refused(options.Logger, Remote, error.Reason, error.Complaint);
            var isAnswered = answerAs == MqttProtocolVersion.V5 || error.Reason == MqttReasonCode.UnsupportedProtocolVersion;
            if (isAnswered && answerAs is { } version)
            {
                await SendAsync(Handshake.Refusal(version, error.Reason, error.Complaint));
            }

            return false;
        }

        if (await server.WelcomeAsync(this, packet) is not { } welcome)
        {
            return false;
        }

        session = welcome.Session;
        WantsProblems = packet.Properties.RequestProblemInformation != 0;
        AskedForExpiry = packet.Properties.SessionExpiryInterval > 0;
        SubscriptionRequests.DropUnauthorized(options, session, welcome.Info.Principal, Router);

        // CONNACK is the first packet [MQTT-3.2.0-1]: nothing is delivered before info is set.
        await SendAsync(welcome.Answer);
        Volatile.Write(ref info, welcome.Info);
        reader.RestartKeepAlive(TimeSpan.FromSeconds(welcome.KeepAliveSeconds * 1.5));
        writer.Open(session.Outbox);
        Log.Connected(options.Logger, welcome.Info.ClientId, Remote, welcome.Info.ProtocolVersion);
        options.Connected?.Invoke(welcome.Info);
        return true;
    }

    private async Task EndAsync()
    {
        await closeTimer!.DisposeAsync();
        try
        {
            if (session is not null)
            {
                server.Detach(session, PublishesWill);
                Log.Disconnected(options.Logger, Info.ClientId, closeReason, closeComplaint);
                options.Disconnected?.Invoke(Info, closeReason);
            }
        }
        finally
        {
            server.Leave(this);
            lock (closing)
            {
                finished.Complete();
            }
        }
    }

    /// <summary>The ways in which a network connection ends without a packet, and the stop of the server.</summary>
    public static bool IsLoss(Exception e) => e is IOException or OperationCanceledException or ObjectDisposedException;
}

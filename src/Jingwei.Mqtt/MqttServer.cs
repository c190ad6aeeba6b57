using System.Collections.Concurrent;
using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Mqtt;

/// <summary>
/// An MQTT 3.1.1 and 5.0 server. It listens nowhere itself: <see cref="MqttListener"/> gives it TCP and TLS connections of
/// Kestrel, <see cref="MqttEndpoints"/> WebSockets of ASP.NET Core.
/// </summary>
/// <remarks>
/// Sessions and retained messages are in memory, and on disk with <see cref="MqttServerOptions.Storage"/>. A client that publishes what it may not: MQTT 5 gets 0x87 in PUBACK or PUBREC, and QoS 0
/// is dropped and counted; an MQTT 3.1.1 connection is closed, since its acknowledgement can say nothing but yes.
/// Not offered: enhanced authentication (0x8C).
/// </remarks>
public sealed class MqttServer : IAsyncDisposable
{
    // Batches kept for the next connection that publishes.
    private const int MaxIdleBatches = 1_024;

    private int disposed;
    private int rightsTurn;
    private readonly MqttServerOptions options;
    private readonly SessionRegistry sessions;
    private readonly SessionJournal? journal;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<ServerConnection, byte> connections = new();
    private readonly ConcurrentDictionary<Task, byte> wills = new();
    private readonly ITimer silence;

    /// <summary>Reads what <see cref="MqttServerOptions.Storage"/> kept.</summary>
    /// <exception cref="ArgumentException">The limits are wrong; the message lists everything that is.</exception>
    /// <exception cref="MqttJournalDamagedException">What was kept cannot be read.</exception>
    public MqttServer(MqttServerOptions options)
    {
        var problems = options.Limits.Validate();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        this.options = options;
        JournalReplay? replay = null;
        journal = options.Storage is { } storage
            ? SessionJournal.Open(storage.Folder, options.Limits.JournalCompactBytes, options.Logger, out replay)
            : null;
        Router = new(options, Meters, journal);
        Admission = new(options.Limits, options.Time, options.Logger);
        sessions = new(options, Meters, Router, journal, StartWill);
        if (replay is not null)
        {
            Restore(replay);
            journal!.Living = () => sessions.Rewrites().Concat(Router.Retained.Rewrites());
            journal.Start();
        }

        silence = options.Time.CreateTimer(static server => ((MqttServer)server!).CloseSilent(), this, KeepAlive.Grain, KeepAlive.Grain);
    }

    /// <summary>Connected clients and their counters at this moment.</summary>
    public IReadOnlyList<MqttConnectionSnapshot> Connections =>
        [.. Open.Where(connection => connection.IsConnected).Select(connection => connection.Describe())];

    /// <summary>Sessions, connected or kept, and what waits in them.</summary>
    public IReadOnlyList<MqttSessionSnapshot> Sessions => [.. sessions.All.Select(session => session.Describe())];

    /// <summary>Counters since the start.</summary>
    public MqttServerCounters Counters => new(
        sessions.Connected,
        sessions.Count,
        Router.Retained.Count,
        sessions.QueuedBytes,
        journal?.Size ?? 0,
        Admission.Waiting,
        Admission.Delayed,
        Admission.Cut,
        Meters.All.PacketsIn,
        Meters.All.PacketsOut,
        Meters.All.BytesIn,
        Meters.All.BytesOut,
        Meters.All.PublishesIn,
        Meters.All.PublishesOut,
        Meters.DroppedByReason());

    internal ServerMeters Meters { get; } = new();

    /// <summary>Cancelled at the very end.</summary>
    internal CancellationToken Stopping => stopping.Token;

    internal MessageRouter Router { get; }

    internal Admission Admission { get; }

    internal ObjectPool<MqttPublishBatch> Batches { get; } = new DefaultObjectPool<MqttPublishBatch>(new PublishBatchPolicy(), MaxIdleBatches);

    // One after the other: Keys would lock the dictionary and copy all of them.
    private IEnumerable<ServerConnection> Open => connections.Select(pair => pair.Key);

    /// <summary>Goes up when the rights of publishers are to be asked anew.</summary>
    internal int RightsTurn => Volatile.Read(ref rightsTurn);

    /// <summary>
    /// Publishes from the application itself, past the hook and the authorisation; how many sessions took it. Completes when no kept
    /// session can forget it any more.
    /// </summary>
    /// <exception cref="ArgumentException">The topic is no topic name.</exception>
    public ValueTask<int> PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        MqttProperties? properties = null) =>
        PublishAsync(new()
        {
            Topic = topic,
            Payload = payload,
            QoS = qos,
            Retain = retain,
            Properties = properties ?? MqttProperties.None,
        });

    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, MqttQoS, bool, MqttProperties?)"/>
    public ValueTask<int> PublishAsync(MqttMessage message)
    {
        if (!MqttTopicFilter.IsTopicName(message.Topic))
        {
            throw new ArgumentException($"'{message.Topic}' is no topic name.", nameof(message));
        }

        return Router.PublishAsync(message, null);
    }

    /// <summary>Publishes from the application to the subscriptions that are kept under another topic (<see cref="MqttServerOptions.SubscribeUnder"/>). Nothing is retained.</summary>
    /// <param name="message">As its receivers see it, with its own topic.</param>
    /// <param name="under">The topic that is looked up.</param>
    /// <exception cref="ArgumentException">A topic is no topic name, or the message is to be retained.</exception>
    public ValueTask<int> PublishAsync(MqttMessage message, string under)
    {
        if (!MqttTopicFilter.IsTopicName(message.Topic) || !MqttTopicFilter.IsTopicName(under) || message.Retain)
        {
            throw new ArgumentException($"'{message.Topic}' or '{under}' is no topic name, or the message is to be retained.", nameof(message));
        }

        return Router.PublishAsync(message, null, under);
    }

    /// <summary>Whether any subscription matches a topic, or is kept under one that does; to save making a message that nobody gets.</summary>
    public bool HasSubscribers(string topic) => Router.HasSubscribers(topic);

    /// <summary>
    /// Forgets what <see cref="MqttServerOptions.AuthorizePublish"/> answered, so that a right that was taken away ends with the next
    /// PUBLISH. To be called after every change of what the answers rest on.
    /// </summary>
    public void AskRightsAnew() => Interlocked.Increment(ref rightsTurn);

    /// <summary>Closes every connection whose principal is meant and ends their offline sessions; how many connections.</summary>
    public int Disconnect(Func<object, bool> isMeant, MqttReasonCode reason = MqttReasonCode.AdministrativeAction)
    {
        var closed = 0;
        foreach (var connection in Open.Where(connection => connection.IsConnected && isMeant(connection.Info.Principal)))
        {
            connection.Session.Expiry = TimeSpan.Zero;
            connection.BeginClose(reason, null);
            closed++;
        }

        sessions.EndOffline(isMeant);
        return closed;
    }

    /// <summary>Closes every connection with 0x8B because the server stops, and lets no more in; sessions stay as they are.</summary>
    public void CloseConnections()
    {
        Admission.Close();
        foreach (var connection in Open)
        {
            connection.BeginClose(MqttReasonCode.ServerShuttingDown, null);
        }
    }

    /// <summary>Closes every connection with 0x8B and waits for their hooks to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        CloseConnections();
        await Task.WhenAll(Open.Select(connection => connection.FinishedAsync()));
        await silence.DisposeAsync();
        sessions.Clear();
        await Task.WhenAll(wills.Keys);
        await stopping.CancelAsync();
        stopping.Dispose();
        journal?.Dispose();
    }

    /// <summary>Serves one connection to its end; never throws for what a client does.</summary>
    internal Task ServeAsync(ConnectionContext transport)
    {
        if (connections.Count >= 2L * options.Limits.MaxClients)
        {
            // Twice as many, so that a client above the limit still gets its CONNACK and only a flood is cut.
            Admission.CountCut();
            transport.Abort();
            return Task.CompletedTask;
        }

        var connection = new ServerConnection(options, this, transport);
        connections.TryAdd(connection, 0);
        if (Volatile.Read(ref disposed) != 0)
        {
            // Too late for CloseConnections to find it.
            connection.BeginClose(MqttReasonCode.ServerShuttingDown, null);
        }

        return connection.RunAsync();
    }

    internal ValueTask<Welcome?> WelcomeAsync(ServerConnection connection, ConnectPacket packet) =>
        new Handshake(options, sessions, connection).DecideAsync(packet, Stopping);

    internal void Detach(Session session, bool publishesWill) => sessions.Detach(session, publishesWill);

    /// <summary>The connection has ended.</summary>
    internal void Leave(ServerConnection connection) => connections.TryRemove(connection, out _);

    private void CloseSilent()
    {
        var now = options.Time.GetTimestamp();
        foreach (var connection in Open)
        {
            connection.CloseIfSilent(now);
        }
    }

    private void Restore(JournalReplay replay)
    {
        var (restored, messages) = (0, 0);
        foreach (var kept in replay.Sessions)
        {
            // Whose owner is gone, or whose time is over, is forgotten for good.
            if (options.Storage!.FindPrincipal(kept.Key.Owner) is { } principal && sessions.Restore(kept, principal))
            {
                restored++;
                messages += kept.Deliveries.Count;
            }
            else
            {
                journal!.Forget(kept.Number);
            }
        }

        foreach (var kept in replay.Retained)
        {
            Router.Retained.Restore(kept);
        }

        Log.Restored(options.Logger, restored, messages, replay.Retained.Count);
    }

    private void StartWill(Session session, MqttMessage will)
    {
        var publishing = PublishWillAsync(session, session.Principal!, will);
        wills.TryAdd(publishing, 0);
        _ = publishing.ContinueWith(
            done => wills.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>A will passes the authorisation and the hook as any message of its client.</summary>
    private async Task PublishWillAsync(Session session, object principal, MqttMessage will)
    {
        // The caller holds the registry's lock, under which no hook may run.
        await Task.Yield();
        try
        {
            if (!options.AuthorizePublish(principal, will.Topic))
            {
                Meters.CountDrop(MqttDropReason.NotAuthorized);
                return;
            }

            var message = will with { Properties = will.Properties with { WillDelayInterval = null } };
            var batch = MqttPublishBatch.Of(principal, session.Key.ClientId, message);
            await options.Publishing(batch, stopping.Token);
            batch.EnsureDecided();
            if (batch.Outcome(0).IsRouted)
            {
                await Router.PublishAsync(message, session);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.WillFailed(options.Logger, e, session.Key.ClientId);
        }
    }
}

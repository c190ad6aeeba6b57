using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Journal;
using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Sessions;

/// <summary>All sessions, connected or kept for their client's return; owns their timers.</summary>
internal sealed class SessionRegistry(
    MqttServerOptions options, ServerMeters meters, MessageRouter router, SessionJournal? journal, Action<Session, MqttMessage> publishWill)
{
    private readonly MqttServerLimits limits = options.Limits;
    private readonly TimeProvider time = options.Time;
    private readonly QueueBudget budget = new(options.Limits.MaxQueuedBytesTotal);
    private readonly Lock gate = new();
    private readonly Dictionary<SessionKey, Session> sessions = [];
    private int connected;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return sessions.Count;
            }
        }
    }

    public int Connected => Volatile.Read(ref connected);

    /// <summary>Memory that all queues of QoS 1 and 2 messages stand for.</summary>
    public long QueuedBytes => budget.Used;

    /// <summary>All sessions at this moment.</summary>
    public IReadOnlyList<Session> All
    {
        get
        {
            lock (gate)
            {
                return [.. sessions.Values];
            }
        }
    }

    /// <summary>
    /// Gives the connection its session, after a connection that holds it has ended whole [MQTT-3.1.4-3]: so two never work on one session.
    /// Null when there are too many.
    /// </summary>
    public async Task<AttachedSession?> AttachAsync(ServerConnection connection, SessionKey key, bool cleanStart)
    {
        while (true)
        {
            ServerConnection holder;
            lock (gate)
            {
                var present = sessions.GetValueOrDefault(key);
                if (present?.Connection is null)
                {
                    return AttachFree(connection, key, present, cleanStart);
                }

                holder = present.Connection;
            }

            holder.BeginClose(MqttReasonCode.SessionTakenOver, "Another connection uses this client identifier.");
            await holder.FinishedAsync();
        }
    }

    /// <summary>
    /// Journals a session that outlives its connection; completes when it is on disk, so that Session Present will not be a surprise.
    /// Others cost nothing.
    /// </summary>
    public ValueTask RecordAsync(Session session)
    {
        if (journal is null || (session.Recorder is null && session.Expiry <= TimeSpan.Zero))
        {
            return ValueTask.CompletedTask;
        }

        lock (session.Gate)
        {
            if (session.Recorder is null)
            {
                session.RecordBy(journal.Begin(session));
                session.Recorder!.Began();
            }

            return journal.SyncedAsync(session.Recorder.Attached());
        }
    }

    /// <summary>One action a session that outlives its connection, to be journalled anew.</summary>
    public IEnumerable<Action> Rewrites() =>
        All.Where(session => session.Recorder is not null).Select(session => (Action)session.Recorder!.WriteSnapshot);

    /// <summary>Takes a session that the journal kept; false when its time has passed meanwhile.</summary>
    /// <param name="kept">From the journal.</param>
    /// <param name="principal">Who its owner is now.</param>
    public bool Restore(KeptSession kept, object principal)
    {
        var now = time.GetUtcNow();
        var left = kept.Left ?? now;
        var rest = left + kept.Expiry - now;
        if (rest <= TimeSpan.Zero)
        {
            return false;
        }

        var session = new Session(kept.Key, limits, time, meters, budget, options.Logger) { Principal = principal, Expiry = kept.Expiry, Since = left };
        foreach (var subscription in kept.Subscriptions.Values)
        {
            var restored = new Subscription(session, subscription.Request, subscription.Identifier);
            session.Subscribe(restored, out _);
            router.Subscriptions.Set(restored, null);
        }

        foreach (var id in kept.Received)
        {
            session.Inbox.Restore(id);
        }

        foreach (var delivery in kept.Deliveries.Values.OrderBy(delivery => delivery.Number))
        {
            session.Outbox.Restore(delivery.ToDelivery());
        }

        session.RecordBy(journal!.Resume(session, kept.Number));
        session.Recorder!.Restored(kept.Deliveries.Count == 0 ? 0 : kept.Deliveries.Keys.Max());
        lock (gate)
        {
            sessions.Add(session.Key, session);
            session.ExpiryTimer = Timer(session, rest, End);
        }

        session.Recorder.Left();
        return true;
    }

    /// <summary>The connection has ended: its will is due now or later, and the session ends now or later.</summary>
    public void Detach(Session session, bool publishesWill)
    {
        lock (gate)
        {
            session.Since = time.GetUtcNow();
            session.Connection = null;
            connected--;
            if (!publishesWill)
            {
                session.Will = null;
            }

            if (session.Expiry <= TimeSpan.Zero)
            {
                End(session);
                return;
            }

            lock (session.Gate)
            {
                session.Recorder?.Left();
            }

            session.ExpiryTimer = Timer(session, session.Expiry, End);
            var delay = TimeSpan.FromSeconds(session.Will?.Properties.WillDelayInterval ?? 0);
            if (delay == TimeSpan.Zero)
            {
                PublishWill(session);
            }
            else if (delay < session.Expiry)
            {
                session.WillTimer = Timer(session, delay, PublishWill);
            }
        }
    }

    /// <summary>Ends every session that nobody is connected to and whose principal is meant.</summary>
    public void EndOffline(Func<object, bool> isMeant)
    {
        lock (gate)
        {
            foreach (var session in sessions.Values.Where(s => s.Connection is null && isMeant(s.Principal!)).ToList())
            {
                End(session);
            }
        }
    }

    /// <summary>Stops all timers; no will is published after this.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var session in sessions.Values)
            {
                session.Will = null;
                StopTimers(session);
            }

            sessions.Clear();
        }
    }

    private AttachedSession? AttachFree(ServerConnection connection, SessionKey key, Session? present, bool cleanStart)
    {
        if (connected >= limits.MaxClients || (present is null && sessions.Count >= limits.MaxSessions))
        {
            return null;
        }

        if (present is not null)
        {
            StopTimers(present);
            if (cleanStart)
            {
                End(present);
                present = null;
            }
        }

        var session = present ?? new Session(key, limits, time, meters, budget, options.Logger);
        session.Attach(connection, time.GetUtcNow());
        sessions[key] = session;
        connected++;
        return new(session, present is not null);
    }

    private void End(Session session)
    {
        StopTimers(session);
        sessions.Remove(session.Key);
        lock (session.Gate)
        {
            session.Recorder?.Ended();
        }

        foreach (var subscription in session.Subscriptions)
        {
            router.Subscriptions.Remove(subscription);
        }

        foreach (var delivery in session.Outbox.Close())
        {
            router.PassOn(delivery);
        }

        PublishWill(session);
    }

    private void PublishWill(Session session)
    {
        if (session.Will is { } will)
        {
            session.Will = null;
            publishWill(session, will);
        }
    }

    private ITimer Timer(Session session, TimeSpan due, Action<Session> act)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    // A timer that was stopped while it fired finds another in its place, or none.
                    if (session.ExpiryTimer == timer || session.WillTimer == timer)
                    {
                        act(session);
                    }
                }
            },
            null,
            due,
            Timeout.InfiniteTimeSpan);
        return timer;
    }

    private static void StopTimers(Session session)
    {
        session.ExpiryTimer?.Dispose();
        session.WillTimer?.Dispose();
        session.ExpiryTimer = null;
        session.WillTimer = null;
    }
}

/// <param name="Session">Now of this connection alone.</param>
/// <param name="IsResumed">Session Present in CONNACK.</param>
internal readonly record struct AttachedSession(Session Session, bool IsResumed);

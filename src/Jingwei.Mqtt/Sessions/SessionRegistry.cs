using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Publishing;

namespace Jingwei.Mqtt.Sessions;

/// <summary>All sessions, connected or kept for their client's return; owns their timers.</summary>
internal sealed class SessionRegistry(
    MqttServerLimits limits, TimeProvider time, ServerMeters meters, MessageRouter router, Action<Session, MqttMessage> publishWill)
{
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
            await holder.Finished;
        }
    }

    /// <summary>The connection has ended: its will is due now or later, and the session ends now or later.</summary>
    public void Detach(Session session, bool publishesWill)
    {
        lock (gate)
        {
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

        var session = present ?? new Session(key, limits, time, meters);
        session.Will = null;
        session.Connection = connection;
        sessions[key] = session;
        connected++;
        return new(session, present is not null);
    }

    private void End(Session session)
    {
        StopTimers(session);
        sessions.Remove(session.Key);
        foreach (var filter in session.Subscriptions.Keys)
        {
            router.Subscriptions.Remove(session, filter);
        }

        session.Subscriptions.Clear();
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

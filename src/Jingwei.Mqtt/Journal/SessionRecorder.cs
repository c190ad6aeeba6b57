using Jingwei.Mqtt.Sessions;
using Jingwei.Mqtt.Subscribing;

namespace Jingwei.Mqtt.Journal;

/// <summary>
/// Where one session writes down what must outlive the process. Each member returns the commit after which that is on disk. Called
/// under the session's gate, so that its records stand in the order of what happened.
/// </summary>
internal sealed class SessionRecorder(SessionJournal journal, Session session, ulong number)
{
    private ulong lastDelivery;
    private bool isEnded;

    public bool IsSynced(ulong commit) => journal.IsSynced(commit);

    /// <summary>The session begins; to be called once, unless the journal knows it already.</summary>
    public ulong Began() => Append(records => records.Session(number, session.Key));

    /// <summary>Its client is here.</summary>
    public ulong Attached() => Append(records => records.Plain(RecordKind.Expiry, number, (ulong)session.Expiry.TotalSeconds));

    /// <summary>Its client is gone; the expiry may have changed with its DISCONNECT.</summary>
    public ulong Left() => Append(WriteAttendance);

    public ulong Ended()
    {
        isEnded = true;
        return Append(records => records.Begin(RecordKind.Ended, number));
    }

    public ulong Subscribed(Subscription subscription) => Append(records => records.Subscribed(number, subscription));

    public ulong Unsubscribed(string filter) => Append(records => records.Unsubscribed(number, filter));

    public void Queued(Delivery delivery)
    {
        delivery.Number = ++lastDelivery;
        delivery.Commit = journal.Queued(number, delivery, delivery.QoS == MqttQoS.ExactlyOnce ? session : null);
    }

    public ulong Done(Delivery delivery) => journal.Plain(RecordKind.Done, number, delivery.Number);

    /// <summary>PUBREC came; the session's connection is woken when that is on disk.</summary>
    public ulong Released(Delivery delivery) => journal.Plain(RecordKind.Released, number, delivery.Number, session);

    public ulong Received(ushort id) => journal.Plain(RecordKind.Received, number, id);

    /// <summary>PUBREL came; the session's connection is woken when that is on disk.</summary>
    public ulong Forgotten(ushort id) => journal.Plain(RecordKind.Forgotten, number, id, session);

    /// <summary>Deliveries of the journal go on counting from here.</summary>
    public void Restored(ulong delivery) => lastDelivery = Math.Max(lastDelivery, delivery);

    /// <summary>Writes the session anew as it is, in one commit, so that older segments are not needed for it.</summary>
    public void WriteSnapshot()
    {
        lock (session.Gate)
        {
            if (!isEnded)
            {
                journal.Append(WriteSnapshot, out _);
            }
        }
    }

    private void WriteSnapshot(JournalRecords records)
    {
        records.Session(number, session.Key);
        WriteAttendance(records);
        foreach (var subscription in session.Subscriptions)
        {
            records.Subscribed(number, subscription);
        }

        foreach (var id in session.Inbox.Received)
        {
            records.Plain(RecordKind.Received, number, id);
        }

        foreach (var delivery in session.Outbox.All)
        {
            records.Queued(number, delivery, journal.NumberOf(delivery.Routed));
        }
    }

    private void WriteAttendance(JournalRecords records)
    {
        records.Plain(RecordKind.Expiry, number, (ulong)session.Expiry.TotalSeconds);
        if (!session.IsConnected)
        {
            records.Left(number, session.Since);
        }
    }

    private ulong Append(Action<JournalRecords> write)
    {
        journal.Append(write, out var commit);
        return commit;
    }
}

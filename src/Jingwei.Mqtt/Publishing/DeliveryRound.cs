using Jingwei.Mqtt.Connecting;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Publishing;

/// <summary>
/// Messages of one publisher that are routed together: connections are woken once for all that they got, and who has no room is waited
/// for. Kept by the server for the next round.
/// </summary>
internal sealed class DeliveryRound
{
    private readonly List<ServerConnection> woken = [];
    private readonly List<(Session Session, Delivery Delivery)> waiting = [];

    /// <summary>Whether somebody has no room: then nothing more is to be routed before <see cref="DrainAsync"/>.</summary>
    public bool IsHeld => waiting.Count > 0;

    /// <summary>The connection will look what there is for it, once.</summary>
    public void Wake(ServerConnection connection)
    {
        if (connection.JoinRound())
        {
            woken.Add(connection);
        }
    }

    public void WaitFor(Session session, Delivery delivery) => waiting.Add((session, delivery));

    /// <summary>Wakes who got something.</summary>
    public void End()
    {
        foreach (var connection in woken)
        {
            connection.WakeAfterRound();
        }

        woken.Clear();
    }

    /// <summary>Waits for those without room, for each as long as its queue's patience; the journal's last commit of what they took.</summary>
    public async ValueTask<ulong> DrainAsync()
    {
        var commit = 0UL;
        foreach (var (session, delivery) in waiting)
        {
            while (session.Deliver(delivery, this, mayWait: true) == Taking.Wait)
            {
                End();
                await session.RoomAsync(delivery.QoS);
            }

            commit = Math.Max(commit, delivery.Commit);
        }

        waiting.Clear();
        End();
        return commit;
    }
}

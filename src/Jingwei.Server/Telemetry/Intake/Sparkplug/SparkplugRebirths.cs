using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Server.Devices;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>Asks edge nodes for their births when something is missing, and waits first for messages that others have overtaken.</summary>
public sealed class SparkplugRebirths(DeviceServer devices, TelemetryOptions limits, TimeProvider clock)
{
    private readonly SparkplugOptions options = limits.Sparkplug;

    /// <summary>
    /// Starts the timer of [tck-id-operational-behavior-host-reordering-start] while a message is missing, and ends it when none is
    /// [tck-id-operational-behavior-host-reordering-success]. Within the node's gate.
    /// </summary>
    internal void Watch(SparkplugNode node)
    {
        if (!node.Session.IsBorn || !node.Session.Sequence.HasGap)
        {
            node.Reordering?.Dispose();
            node.Reordering = null;
        }
        else
        {
            node.Reordering ??= clock.CreateTimer(_ => Overdue(node), null, options.ReorderTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>True when the node was not asked just now; then it counts as asked. Within the node's gate.</summary>
    internal bool MayAsk(SparkplugNode node)
    {
        var now = clock.GetUtcNow();
        if (now - node.Asked < options.RebirthPause)
        {
            return false;
        }

        node.Asked = now;
        return true;
    }

    /// <summary>Asks. Nobody waits for it: who does not hear it is asked again with the next message that is missing something. Outside the node's gate.</summary>
    internal void Ask(SparkplugNode node)
    {
        var command = new SparkplugCommand(clock.GetUtcNow().ToUnixTimeMilliseconds());
        command.Set(SparkplugCommand.Rebirth, null, true);
        _ = devices.Mqtt.PublishAsync(new SparkplugTopic(SparkplugMessage.NodeCommand, node.Group, node.Node, null).ToString(), command.ToArray()).AsTask();
    }

    // [tck-id-operational-behavior-host-reordering-rebirth]
    private void Overdue(SparkplugNode node)
    {
        lock (node.Gate)
        {
            // One that was ended while it fired finds another in its place, or none; the next message that is out of order begins anew.
            node.Reordering?.Dispose();
            node.Reordering = null;
            if (!node.Session.IsBorn || !node.Session.Sequence.HasGap || !MayAsk(node))
            {
                return;
            }
        }

        Ask(node);
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.Commanding;
using Jingwei.Server.Devices.Sparkplug;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>
/// The Sparkplug host application, in the MQTT server itself: takes births, data and deaths of edge nodes in as readings, keeps what their births declared,
/// and asks for births where something is missing. Data are taken in whatever order they come, since each has its time; order only tells what is lost.
/// </summary>
internal sealed class SparkplugHost
{
    /// <summary>The protocol of channels, and the channel of what none names.</summary>
    public const string Protocol = "sparkplug";

    private readonly ConcurrentDictionary<string, SparkplugNode> nodes = new(StringComparer.Ordinal);
    private readonly MessageIntake intake;
    private readonly SparkplugReadings metrics;
    private readonly ReadingCheck check;
    private readonly ForeignThings made;
    private readonly Things things;
    private readonly PackCatalog packs;
    private readonly Presence presence;
    private readonly Commands commands;
    private readonly SparkplugRebirths rebirths;
    private readonly SparkplugOptions options;
    private readonly string ownState;
    private Channels channels = new(null, []);

    public SparkplugHost(
        MessageIntake intake, SparkplugReadings metrics, ReadingCheck check, ForeignThings made, Things things, PackCatalog packs, Presence presence,
        DeviceServer devices, Commands commands, SparkplugRebirths rebirths, TelemetryOptions options)
    {
        (this.intake, this.metrics, this.check, this.made, this.things, this.packs) = (intake, metrics, check, made, things, packs);
        (this.presence, this.commands, this.rebirths, this.options) = (presence, commands, rebirths, options.Sparkplug);
        ownState = HostState.TopicOf(options.Sparkplug.HostId);
        devices.TakeForeign(SparkplugTopic.Namespace, TakeAsync);
        things.Removed += Forget;
    }

    /// <summary>The edge node behind which a thing was born, with the device that it is there, null for the edge node itself; null when there is none.</summary>
    internal (SparkplugNode Node, string? Device)? Address(string thing)
    {
        if (nodes.TryGetValue(thing, out var itself))
        {
            return (itself, null);
        }

        var colon = thing.LastIndexOf(':');
        if (colon < 0 || !nodes.TryGetValue(thing[..colon], out var node))
        {
            return null;
        }

        lock (node.Gate)
        {
            return node.Session.Devices.FirstOrDefault(device => SparkplugIds.Of(node.Group, node.Node, device) == thing) is { } device ? (node, device) : null;
        }
    }

    private ValueTask TakeAsync(DeviceBatch messages, CancellationToken cancellation) =>
        intake.TakeAsync(messages, ChannelOf, Read, MqttPublishOutcome.Routed, null, cancellation);

    private string ChannelOf(DeviceMessage message) => (PlaceOf(message.Topic) is { } place ? ChannelOf(place.Topic.Group) : null)?.Id ?? Protocol;

    // The group's own channel before one for all groups.
    private ChannelMapping? ChannelOf(string group)
    {
        var (of, known) = channels;
        var now = packs.Current;
        if (!ReferenceEquals(of, now.Edition))
        {
            known = [.. now.Channels.Where(channel => channel.Protocol == Protocol).OrderBy(channel => channel.Group is null)];
            channels = new(now.Edition, known);
        }

        return Array.Find(known, channel => channel.Group is null || channel.Group == group);
    }

    private static SparkplugPlace? PlaceOf(DeviceTopic topic)
    {
        if (topic.Tag is SparkplugPlace known)
        {
            return known;
        }

        if (SparkplugTopic.Parse(topic.Name) is not { } parsed)
        {
            return null;
        }

        var node = SparkplugIds.Of(parsed.Group, parsed.Node);
        var place = new SparkplugPlace(parsed, node, parsed.Device is null ? node : SparkplugIds.Of(parsed.Group, parsed.Node, parsed.Device));
        topic.Tag = place;
        return place;
    }

    private MqttPublishOutcome Read(in DeviceBatch messages, int index, IntakeBatch batch)
    {
        var message = messages[index];
        if (PlaceOf(message.Topic) is not { } place)
        {
            // Another host's state is for whoever listens; ours is said by us alone.
            return message.Topic.Name == ownState ? MqttPublishOutcome.Refused(MqttReasonCode.NotAuthorized) : MqttPublishOutcome.Routed;
        }

        if (place.Topic.Message is SparkplugMessage.NodeCommand or SparkplugMessage.DeviceCommand)
        {
            return MqttPublishOutcome.Routed;
        }

        var bytes = message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();
        if (!SparkplugPayload.TryRead(bytes, out var payload) || payload.IsCompressed)
        {
            check.AddUnparsable(
                batch, place.Thing, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)), RejectReason.Unparsable,
                payload.IsCompressed ? "Compressed metrics are no part of Sparkplug B; send them as they are." : "The payload is none of Sparkplug B. It is kept in Base64.");
            return default;
        }

        var channel = ChannelOf(place.Topic.Group);
        var target = new SparkplugTarget(
            batch, messages.Caller, place.Thing, channel, payload.Timestamp is { } stamp ? SparkplugReadings.Milliseconds(stamp) : null);
        if (NodeOf(messages.Caller, place, channel) is { } node)
        {
            Take(node, place, target, payload);
        }
        else
        {
            // Nobody may change what is known of an edge node that is not his; the readings say why.
            foreach (var metric in payload.Metrics)
            {
                metrics.Add(target, null, metric);
            }
        }

        return MqttPublishOutcome.Routed;
    }

    private SparkplugNode? NodeOf(Caller caller, SparkplugPlace place, ChannelMapping? channel)
    {
        if (place.Topic.Message is SparkplugMessage.NodeBirth or SparkplugMessage.DeviceBirth)
        {
            // An edge node is made for who may configure; no thing brings one along.
            made.Make(caller, false, channel, place.NodeThing, place.Topic.Node);
        }

        return things.TryGet(place.NodeThing, out var thing) && check.MayDeliver(caller, thing)
            ? nodes.GetOrAdd(place.NodeThing, _ => new SparkplugNode(place.Topic.Group, place.Topic.Node, options.MetricsPerNode))
            : null;
    }

    private void Take(SparkplugNode node, SparkplugPlace place, in SparkplugTarget target, in SparkplugPayload payload)
    {
        if (things.TryGet(place.Thing, out _))
        {
            presence.Seen(place.Thing);
        }

        bool wantsBirths;
        (WaitingCommand Command, string Reply)[] answered;
        lock (node.Gate)
        {
            wantsBirths = place.Topic.Message switch
            {
                SparkplugMessage.NodeBirth => BeginNode(node, place, target, payload),
                SparkplugMessage.NodeDeath => EndNode(node, target, payload),
                _ when !node.Session.IsBorn => TakeUnborn(target, payload),
                SparkplugMessage.DeviceBirth => BeginDevice(node, place, target, payload),
                SparkplugMessage.DeviceDeath => EndDevice(node, place, target),
                _ => new SparkplugData(metrics, node, place.Topic.Device).Take(target, payload),
            };
            if (place.Topic.Message is not (SparkplugMessage.NodeBirth or SparkplugMessage.NodeDeath) && node.Session.IsBorn && payload.Seq is { } seq and <= byte.MaxValue)
            {
                node.Session.Sequence.Take((byte)seq);
            }

            rebirths.Watch(node);
            wantsBirths = wantsBirths && rebirths.MayAsk(node);
            answered = node.Answered.Count == 0 ? [] : [.. node.Answered];
            node.Answered.Clear();
        }

        if (wantsBirths)
        {
            rebirths.Ask(node);
        }

        foreach (var (command, reply) in answered)
        {
            commands.Answer(command.Thing, command.Number, new ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(reply)));
        }
    }

    private bool BeginNode(SparkplugNode node, SparkplugPlace place, in SparkplugTarget target, in SparkplugPayload payload)
    {
        node.Session.Begin(payload.BirthDeathSequence(), (byte)(payload.Seq ?? 0));
        // Its own connection speaks for a thing that publishes itself.
        if (target.Caller.Id != place.NodeThing)
        {
            Appear(node, place.NodeThing);
        }

        new SparkplugBirth(metrics, node.Session, null).Take(target, payload);
        return false;
    }

    private bool EndNode(SparkplugNode node, in SparkplugTarget target, in SparkplugPayload payload)
    {
        if (!node.Session.IsDeathOf(payload.BirthDeathSequence()))
        {
            return false;
        }

        // By our own clock: a will was written when its client connected [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-tags-stale].
        var now = target with { Time = null };
        MakeStale(node, null, now);
        foreach (var device in node.Session.Devices)
        {
            MakeStale(node, device, now with { Thing = SparkplugIds.Of(node.Group, node.Node, device) });
        }

        node.Session.End();
        foreach (var thing in node.Connected)
        {
            presence.Disconnected(thing);
        }

        node.Connected.Clear();
        return false;
    }

    // What comes before any birth is taken as far as it says itself what it is.
    private bool TakeUnborn(in SparkplugTarget target, in SparkplugPayload payload)
    {
        foreach (var metric in payload.Metrics)
        {
            metrics.Add(target, null, metric);
        }

        return true;
    }

    private bool BeginDevice(SparkplugNode node, SparkplugPlace place, in SparkplugTarget target, in SparkplugPayload payload)
    {
        // An edge node makes things behind its own name alone.
        made.Make(target.Caller, target.Caller.Id == place.NodeThing, target.Channel, place.Thing, place.Topic.Device!);
        node.Session.BeginDevice(place.Topic.Device!);
        Appear(node, place.Thing);
        new SparkplugBirth(metrics, node.Session, place.Topic.Device).Take(target, payload);
        return false;
    }

    private bool EndDevice(SparkplugNode node, SparkplugPlace place, in SparkplugTarget target)
    {
        var known = node.Session.Has(place.Topic.Device);
        // By the time that it says [tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-tags-stale].
        MakeStale(node, place.Topic.Device, target);
        node.Session.EndDevice(place.Topic.Device!);
        if (node.Connected.Remove(place.Thing))
        {
            presence.Disconnected(place.Thing);
        }

        return !known;
    }

    private void MakeStale(SparkplugNode node, string? device, in SparkplugTarget target)
    {
        foreach (var definition in node.Session.Of(device))
        {
            if (!SparkplugBirth.IsControl(definition.Name))
            {
                metrics.AddStale(target, definition);
            }
        }
    }

    private void Appear(SparkplugNode node, string thing)
    {
        if (things.TryGet(thing, out _) && node.Connected.Add(thing))
        {
            presence.Connected(thing);
        }
    }

    private void Forget(string thing)
    {
        if (nodes.TryRemove(thing, out var node))
        {
            lock (node.Gate)
            {
                node.Session.End();
                rebirths.Watch(node);
            }
        }
    }

    /// <summary>The channels of Sparkplug in the packs in force, those of a group first.</summary>
    /// <param name="Packs">Their edition.</param>
    private sealed record Channels(object? Packs, ChannelMapping[] Known);
}

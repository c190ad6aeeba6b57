using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Server.Devices;
using Jingwei.Server.Devices.Commanding;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>
/// Commands as NCMD and DCMD: each parameter sets the metric of its name, and a command without parameters sets the metric of its own name to true.
/// The answer is the data that the metric comes back with.
/// </summary>
internal sealed class SparkplugCommands
{
    private readonly SparkplugHost host;
    private readonly DeviceServer devices;
    private readonly SparkplugOptions options;
    private readonly TimeProvider clock;

    public SparkplugCommands(SparkplugHost host, DeviceServer devices, Commands commands, TelemetryOptions options, TimeProvider clock)
    {
        (this.host, this.devices, this.options, this.clock) = (host, devices, options.Sparkplug, clock);
        commands.AlsoSend(SendAsync);
    }

    private async ValueTask SendAsync(SentCommand sent)
    {
        if (host.Address(sent.Thing) is not var (node, device))
        {
            return;
        }

        var command = new SparkplugCommand(clock.GetUtcNow().ToUnixTimeMilliseconds());
        lock (node.Gate)
        {
            var names = sent.Parameters is JsonObject { Count: > 0 } parameters
                ? parameters.Select(each => Set(command, node, device, each.Key, each.Value)).OfType<string>().ToList()
                : Set(command, node, device, sent.Command, JsonValue.Create(true)) is { } name ? [name] : [];
            // All of it or nothing: half a setting may be a wrong one. The command then waits for an answer in vain, and says so.
            if (names.Count == 0 || names.Count < (sent.Parameters as JsonObject)?.Count)
            {
                return;
            }

            while (node.Waiting.Count >= options.CommandsWaiting)
            {
                node.Waiting.Dequeue();
            }

            node.Waiting.Enqueue(new WaitingCommand(sent.Thing, sent.Number, device, names));
        }

        var message = device is null ? SparkplugMessage.NodeCommand : SparkplugMessage.DeviceCommand;
        await devices.Mqtt.PublishAsync(new SparkplugTopic(message, node.Group, node.Node, device).ToString(), command.ToArray(), properties: Commands.Fresh(sent));
    }

    // The metric that was set; null when nothing of that name and kind is known.
    private static string? Set(SparkplugCommand command, SparkplugNode node, string? device, string id, JsonNode? value)
    {
        var plain = id.Replace('-', '_');
        var definition = node.Session.Of(device).FirstOrDefault(each => SparkplugReadings.PropertyOf(each) == plain);
        if (definition is null || value is not JsonValue scalar)
        {
            return null;
        }

        switch (scalar.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                command.Set(definition.Name, definition.Alias, scalar.GetValue<bool>());
                return definition.Name;
            case JsonValueKind.String:
                command.Set(definition.Name, definition.Alias, scalar.GetValue<string>());
                return definition.Name;
            case JsonValueKind.Number:
                return command.TrySet(definition.Name, definition.Alias, definition.Type, scalar.GetValue<double>()) ? definition.Name : null;
            default:
                return null;
        }
    }
}

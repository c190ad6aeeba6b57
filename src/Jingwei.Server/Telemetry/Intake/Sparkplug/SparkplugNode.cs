using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>A command whose metrics have not come back yet.</summary>
/// <param name="Device">Null: the edge node itself.</param>
/// <param name="Metrics">Names of the metrics that were set.</param>
internal sealed record WaitingCommand(string Thing, long Number, string? Device, IReadOnlyCollection<string> Metrics);

/// <summary>An edge node that may speak, with what its session is known by. Everything in it is guarded by <see cref="Gate"/>.</summary>
internal sealed class SparkplugNode(string group, string node, int metrics)
{
    public Lock Gate { get; } = new();

    public string Group => group;

    public string Node => node;

    public EdgeNode Session { get; } = new(metrics);

    /// <summary>The things that are connected by it, its own if somebody else speaks for it.</summary>
    public HashSet<string> Connected { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs while messages are missing.</summary>
    public ITimer? Reordering { get; set; }

    /// <summary>When it was last asked for its births.</summary>
    public DateTimeOffset Asked { get; set; } = DateTimeOffset.MinValue;

    public Queue<WaitingCommand> Waiting { get; } = new();

    /// <summary>Commands that the message at hand answers, with the answer.</summary>
    public List<(WaitingCommand Command, string Reply)> Answered { get; } = [];
}

/// <summary>Where a message of Sparkplug comes from; kept with its topic.</summary>
/// <param name="NodeThing">Id of the edge node's thing.</param>
/// <param name="Thing">Id of the thing that its metrics are of: the device's, or the edge node's.</param>
internal sealed record SparkplugPlace(SparkplugTopic Topic, string NodeThing, string Thing);

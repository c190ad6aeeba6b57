namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>How Jingwei is a Sparkplug host application.</summary>
public sealed record SparkplugOptions
{
    /// <summary>Its id in `spBv1.0/STATE/{host}`; edge nodes name it as their primary host. Default jingwei.</summary>
    public string HostId { get; init; } = "jingwei";

    /// <summary>
    /// How long a message may be missing that a later one has overtaken, before the edge node is asked for its births. Default 2 s: "a couple of seconds"
    /// (Sparkplug 3.0, 5.8).
    /// </summary>
    public TimeSpan ReorderTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after asking an edge node for its births it is not asked again. Default 10 s: a birth of the largest packets over a slow line.</summary>
    public TimeSpan RebirthPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Metrics that are known of one edge node with its devices; values of those beyond are rejected (unknown-metric). Default 100,000: some 30 MB.</summary>
    public int MetricsPerNode { get; init; } = 100_000;

    /// <summary>Commands to one edge node and its devices that wait for data to confirm them; at the limit the oldest is given up. Default 100.</summary>
    public int CommandsWaiting { get; init; } = 100;
}

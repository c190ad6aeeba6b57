namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>A metric as its birth declared it.</summary>
/// <param name="device">The device; null: the edge node itself.</param>
/// <param name="name">Its name; a template's members stand behind its name and a slash.</param>
/// <param name="alias">What data messages call it by; null when they use its name.</param>
public sealed class MetricDefinition(string? device, string name, ulong? alias, SparkplugDataType type)
{
    public string? Device => device;

    public string Name => name;

    public ulong? Alias => alias;

    public SparkplugDataType Type => type;

    /// <summary>For the host to keep what it knows of the metric; null at first.</summary>
    public object? Tag { get; set; }
}

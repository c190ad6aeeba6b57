namespace Jingwei.Server.Devices.Sparkplug;

/// <summary>
/// The things behind Sparkplug's names: `{group}:{node}` and `{group}:{node}:{device}`, since a node is unique within its group and a device within its
/// node [tck-id-topic-structure-namespace-unique-device-id]. What an id does not hold, and the colon, is a hyphen.
/// </summary>
public static class SparkplugIds
{
    public static string Of(string group, string node, string? device = null) =>
        device is null ? $"{Part(group)}:{Part(node)}" : $"{Part(group)}:{Part(node)}:{Part(device)}";

    private static string Part(string name) => ForeignId.Of(name.Replace(':', '-'));
}

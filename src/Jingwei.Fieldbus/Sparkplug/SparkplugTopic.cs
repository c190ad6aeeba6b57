namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>What a message says (Sparkplug 3.0, 4.1).</summary>
public enum SparkplugMessage
{
    /// <summary>An edge node begins: all its metrics.</summary>
    NodeBirth,

    /// <summary>An edge node ended; its MQTT will.</summary>
    NodeDeath,

    /// <summary>A device behind an edge node begins: all its metrics.</summary>
    DeviceBirth,

    /// <summary>A device behind an edge node is lost.</summary>
    DeviceDeath,
    NodeData,
    DeviceData,

    /// <summary>From a host application to an edge node.</summary>
    NodeCommand,

    /// <summary>From a host application to a device.</summary>
    DeviceCommand,
}

/// <summary>The topic `spBv1.0/{group}/{message}/{node}[/{device}]` (Sparkplug 3.0, 4.1).</summary>
/// <param name="Device">Null for the messages of the edge node itself.</param>
public readonly record struct SparkplugTopic(SparkplugMessage Message, string Group, string Node, string? Device)
{
    /// <summary>The namespace, with its slash. Sparkplug A (`spAv1.0`) is another encoding and not read here.</summary>
    public const string Namespace = "spBv1.0/";

    /// <summary>What stands before the id of a host application.</summary>
    public const string State = Namespace + "STATE/";

    private static readonly (string Name, bool OfDevice)[] Messages =
    [
        ("NBIRTH", false), ("NDEATH", false), ("DBIRTH", true), ("DDEATH", true), ("NDATA", false), ("DDATA", true), ("NCMD", false), ("DCMD", true),
    ];

    /// <summary>Reads a topic; null for what is none, also for an id with a wildcard [tck-id-intro-edge-node-id-chars].</summary>
    public static SparkplugTopic? Parse(string topic)
    {
        if (!topic.StartsWith(Namespace, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = topic[Namespace.Length..].Split('/');
        var message = parts.Length is 3 or 4 ? Array.FindIndex(Messages, each => each.Name == parts[1]) : -1;
        return message >= 0 && Messages[message].OfDevice == (parts.Length == 4) && parts.All(part => part.Length > 0 && part.IndexOfAny(['+', '#']) < 0)
            ? new((SparkplugMessage)message, parts[0], parts[2], parts.Length == 4 ? parts[3] : null)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var topic = $"{Namespace}{Group}/{Messages[(int)Message].Name}/{Node}";
        return Device is null ? topic : $"{topic}/{Device}";
    }
}

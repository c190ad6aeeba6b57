using System.Text;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>
/// What a host application knows of an edge node between its birth and its death: its session's number, its devices, their metrics, the order of its
/// messages (Sparkplug 3.0, 5.4 to 5.7). Knows no clock and no network. Not to be used from two threads at once.
/// </summary>
/// <param name="limit">Metrics that are known at most; those beyond are declared in vain.</param>
public sealed class EdgeNode(int limit)
{
    // Names up to here are looked up without making a string of them.
    private const int ShortName = 256;

    // The node's own metrics under the empty name, which no device has.
    private readonly Dictionary<string, Dictionary<string, MetricDefinition>> births = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, MetricDefinition> aliases = [];
    private int metrics;

    /// <summary>True from an NBIRTH to its NDEATH.</summary>
    public bool IsBorn { get; private set; }

    /// <summary>The number that ties a death to its birth; null when the birth had none.</summary>
    public ulong? BirthDeathSequence { get; private set; }

    /// <summary>The order of its messages.</summary>
    public SequenceWindow Sequence { get; } = new();

    /// <summary>The devices that were born in this session and did not die.</summary>
    public IEnumerable<string> Devices => births.Keys.Where(device => device.Length > 0);

    /// <summary>An NBIRTH: whatever was known before is void, its devices' births too [tck-id-operational-behavior-data-commands-rebirth-action-2].</summary>
    public void Begin(ulong? birthDeathSequence, byte seq)
    {
        End();
        IsBorn = true;
        BirthDeathSequence = birthDeathSequence;
        births.Add("", new(StringComparer.Ordinal));
        Sequence.Restart(seq);
    }

    /// <summary>True when an NDEATH is that of this session [tck-id-payloads-ndeath-bdseq]; one of an earlier session may come after the next birth.</summary>
    public bool IsDeathOf(ulong? birthDeathSequence) =>
        IsBorn && (BirthDeathSequence is null || birthDeathSequence is null || birthDeathSequence == BirthDeathSequence);

    /// <summary>An NDEATH, or the end of what is known of it for another reason.</summary>
    public void End()
    {
        births.Clear();
        aliases.Clear();
        (IsBorn, BirthDeathSequence, metrics) = (false, null, 0);
    }

    /// <summary>A DBIRTH: the device's metrics are those that are declared next.</summary>
    public void BeginDevice(string device)
    {
        EndDevice(device);
        births.Add(device, new(StringComparer.Ordinal));
    }

    /// <summary>A DDEATH.</summary>
    public void EndDevice(string device)
    {
        if (births.Remove(device, out var gone))
        {
            metrics -= gone.Count;
            foreach (var alias in gone.Values.Where(each => each.Alias is { } alias && aliases.GetValueOrDefault(alias) == each).Select(each => each.Alias!.Value))
            {
                aliases.Remove(alias);
            }
        }
    }

    /// <summary>True when the device, or for null the edge node, is born.</summary>
    public bool Has(string? device) => births.ContainsKey(device ?? "");

    /// <summary>The metrics that a device, or for null the edge node, declared.</summary>
    public IReadOnlyCollection<MetricDefinition> Of(string? device) => births.TryGetValue(device ?? "", out var of) ? of.Values : [];

    /// <summary>A metric of a birth; null when there are too many, or nothing of the kind is born.</summary>
    public MetricDefinition? Declare(string? device, string name, ulong? alias, SparkplugDataType type)
    {
        if (!births.TryGetValue(device ?? "", out var of) || (metrics >= limit && !of.ContainsKey(name)))
        {
            return null;
        }

        var definition = new MetricDefinition(device, name, alias, type);
        metrics += of.ContainsKey(name) ? 0 : 1;
        of[name] = definition;
        if (alias is { } number)
        {
            aliases[number] = definition;
        }

        return definition;
    }

    /// <summary>The metric that a data message names by its alias or by its name; null when its birth did not declare it.</summary>
    public MetricDefinition? Find(string? device, in SparkplugMetric metric)
    {
        if (metric.Name.IsEmpty)
        {
            return metric.Alias is { } alias && aliases.TryGetValue(alias, out var named) && named.Device == device ? named : null;
        }

        if (!births.TryGetValue(device ?? "", out var of))
        {
            return null;
        }

        if (metric.Name.Length > ShortName)
        {
            return of.GetValueOrDefault(Encoding.UTF8.GetString(metric.Name));
        }

        Span<char> name = stackalloc char[ShortName];
        name = name[..Encoding.UTF8.GetChars(metric.Name, name)];
        return of.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
    }

    /// <summary>The metric of that name, as <see cref="Declare"/> was told it.</summary>
    public MetricDefinition? Find(string? device, string name) =>
        births.TryGetValue(device ?? "", out var of) ? of.GetValueOrDefault(name) : null;
}

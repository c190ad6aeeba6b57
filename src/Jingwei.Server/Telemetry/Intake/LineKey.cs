using System.Text;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>A field of a line that was seen before: its key with the equals sign, as it stands in the line, and the number property that it is.</summary>
internal sealed class LineField(string key, Series series, Property property)
{
    public byte[] KeyAndEquals { get; } = Encoding.UTF8.GetBytes(key + "=");

    public Series Series => series;

    /// <summary>Numbers below are kept as uncertain.</summary>
    public double Min { get; } = property.Min ?? double.NegativeInfinity;

    /// <summary>Numbers above are kept as uncertain.</summary>
    public double Max { get; } = property.Max ?? double.PositiveInfinity;
}

/// <summary>A measurement with its tags that was seen before, as it stands in a line, and the thing that it means.</summary>
/// <param name="packs">The packs by which it means that.</param>
internal sealed class LineKey(byte[] bytes, ulong hash, Thing thing, PackSet packs)
{
    // More fields than this of one line are read anew each time.
    private const int MostFields = 1024;

    private volatile LineField[] fields = [];

    public byte[] Bytes => bytes;

    public ulong Hash => hash;

    public Thing Thing => thing;

    public PackSet Packs => packs;

    /// <summary>In the order in which they were first seen, which senders keep.</summary>
    public LineField[] Fields => fields;

    /// <summary>What came on the line behind this one the last time: most senders repeat their order.</summary>
    public LineKey? Next { get; set; }

    /// <summary>The batch whose publisher was found to be allowed to deliver for the thing.</summary>
    public IntakeBatch? AllowedIn { get; set; }

    public void Add(LineField field)
    {
        lock (bytes)
        {
            if (fields.Length < MostFields && !fields.Any(each => each.KeyAndEquals.AsSpan().SequenceEqual(field.KeyAndEquals)))
            {
                fields = [.. fields, field];
            }
        }
    }
}

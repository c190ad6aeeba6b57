using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>A number property of a thing, by the bytes that name it in a message that was seen before.</summary>
internal sealed class KnownField(byte[] name, Series series, Property property)
{
    public byte[] Name => name;

    public Series Series => series;

    // Numbers beyond these are kept as uncertain.
    private readonly double min = property.Min ?? double.NegativeInfinity;
    private readonly double max = property.Max ?? double.PositiveInfinity;

    /// <summary>Adds a number; its time is for the caller to give (<see cref="IntakeBatch.Date"/>).</summary>
    public void Add(IntakeBatch batch, double number)
    {
        if (number < min || number > max)
        {
            batch.Add(series, 0, number, null, Quality.Uncertain, "range");
        }
        else
        {
            batch.Add(series, 0, number);
        }
    }
}

/// <summary>Fields in the order in which they were first seen, which senders keep. Grows; may be read meanwhile.</summary>
internal sealed class KnownFields
{
    // Messages with more than this are read in full each time.
    private const int Most = 1024;

    private readonly Lock gate = new();
    private volatile KnownField[] all = [];

    public KnownField[] All => all;

    public void Add(KnownField field)
    {
        lock (gate)
        {
            if (all.Length < Most && !all.Any(each => each.Name.AsSpan().SequenceEqual(field.Name)))
            {
                all = [.. all, field];
            }
        }
    }
}

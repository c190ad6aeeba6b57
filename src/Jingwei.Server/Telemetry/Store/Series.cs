using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>The newest reading of a series.</summary>
public readonly record struct LatestValue(long Time, long Arrived, ReadingValue Value, Quality Quality, string? Flag);

/// <summary>What the newest reading has beside its number.</summary>
internal sealed record LatestRest(PropertyKind Kind, string? Text, Quality Quality, string? Flag);

/// <summary>
/// A property of a thing: its integer, and what intake, log and engine know of it at the moment. Each part has one writer:
/// what it is is written by whoever judges a reading, the newest value by the log, the rest by the engine's side.
/// </summary>
public sealed class Series(int number, string thing, string property)
{
    /// <summary>Before the time of any reading.</summary>
    internal const long Never = long.MinValue;

    private Binding? bound;
    private int writing;
    private long expiredBefore = Never;

    // The newest value; most are good numbers of the property's own kind, and have nothing in the last part.
    private long latestTime;
    private long latestArrived;
    private double latestNumber;
    private LatestRest? latestRest;

    /// <summary>Stands for the series in log and engine; above 0, committed to the database before the first log record that uses it, never reused.</summary>
    public int Number { get; } = number;

    /// <summary>Id of the thing.</summary>
    public string ThingId { get; } = thing;

    /// <summary>Id of the property.</summary>
    public string PropertyId { get; } = property;

    /// <summary>The thing as it was when its last reading was judged; null before the first one since the start.</summary>
    internal Thing? Thing => Volatile.Read(ref bound)?.Thing;

    /// <summary>The property as it was when its last reading was judged.</summary>
    internal Property? Property => Volatile.Read(ref bound)?.Property;

    /// <summary>Who follows the readings of this series, a bit each.</summary>
    internal uint Followers => Volatile.Read(ref bound)?.Followers ?? 0;

    /// <summary>The number is in the database.</summary>
    internal bool Committed { get; set; }

    /// <summary>Readings before it may be gone, and none is taken any more; microseconds, or <see cref="Never"/>.</summary>
    internal long ExpiredBefore
    {
        get => Volatile.Read(ref expiredBefore);
        set => Volatile.Write(ref expiredBefore, value);
    }

    /// <summary>Which times the engine holds; the engine writer's own.</summary>
    internal KnownTimes Known;

    /// <summary>Buckets that are being filled; null before the first reading since the start. Under the lock of <see cref="Rollups"/>.</summary>
    internal OpenBuckets? Open { get; set; }

    /// <summary>The newest reading; null before the first.</summary>
    public LatestValue? Latest
    {
        get
        {
            var wait = default(SpinWait);
            while (true)
            {
                var before = Volatile.Read(ref writing);
                var (time, arrived, number, rest) = (latestTime, latestArrived, latestNumber, latestRest);
                Thread.MemoryBarrier();
                if ((before & 1) == 0 && before == Volatile.Read(ref writing))
                {
                    return before == 0 ? null : new LatestValue(
                        time, arrived, new ReadingValue(rest?.Kind ?? Property?.Kind ?? PropertyKind.Number, number, rest?.Text), rest?.Quality ?? Quality.Good, rest?.Flag);
                }

                wait.SpinOnce();
            }
        }
    }

    internal bool Is(Thing thing, Property property) =>
        Volatile.Read(ref bound) is { } now && ReferenceEquals(now.Thing, thing) && ReferenceEquals(now.Property, property);

    internal void Bind(Thing thing, Property property, uint followers) => Volatile.Write(ref bound, new Binding(thing, property, followers));

    /// <summary>Takes a reading; false when it is older than what is there, or for the very same time.</summary>
    internal bool Update(in LatestValue value)
    {
        var isPlain = value.Value.Text is null && value.Quality == Quality.Good && value.Flag is null && value.Value.Kind == Property?.Kind;
        return Update(value.Time, value.Arrived, value.Value.Number, isPlain ? null : new LatestRest(value.Value.Kind, value.Value.Text, value.Quality, value.Flag));
    }

    /// <summary>Takes a reading that has nothing beside its number, or what it has.</summary>
    /// <remarks>One writer at a time: the log's. Readers try again while <see cref="writing"/> is odd.</remarks>
    internal bool Update(long time, long arrived, double number, LatestRest? rest)
    {
        var first = writing == 0;
        if (!first && latestTime > time)
        {
            return false;
        }

        var newer = first || latestTime < time;
        Volatile.Write(ref writing, writing + 1);
        Volatile.Write(ref latestTime, time);
        latestArrived = arrived;
        latestNumber = number;
        if (latestRest is not null || rest is not null)
        {
            latestRest = rest;
        }

        Volatile.Write(ref writing, writing + 1);
        return newer;
    }

    private sealed record Binding(Thing Thing, Property Property, uint Followers);
}

/// <summary>
/// What is known of the times that the engine holds of a series: nothing between <see cref="Base"/> and <see cref="Low"/>, nothing
/// above <see cref="High"/>; at or below the base, and from low to high, there may be anything. So a reading that comes in order, or one
/// step out of it over two connections, is new without asking.
/// </summary>
internal struct KnownTimes
{
    public long Base;
    public long Low;
    public long High;
    public bool Any;

    /// <summary>True when no reading can be there for that time.</summary>
    public readonly bool IsNew(long time) => !Any || time > High || (time > Base && time < Low);

    /// <summary>Starts from the newest time that a table holds.</summary>
    public void Start(long newest)
    {
        // A property that was of another kind has readings in both tables.
        if (!Any || newest > High)
        {
            (Base, Low, High, Any) = (newest, newest, newest, true);
        }
    }

    /// <summary>Takes times into account that are in the engine now.</summary>
    public void Add(long first, long last)
    {
        if (!Any)
        {
            (Base, Low, High, Any) = (long.MinValue, first, last, true);
        }
        else if (first > High)
        {
            (Base, Low, High) = (High, first, last);
        }
        else if (last > Base)
        {
            (Low, High) = (Math.Min(Low, Math.Max(first, Base)), Math.Max(High, last));
        }
    }
}

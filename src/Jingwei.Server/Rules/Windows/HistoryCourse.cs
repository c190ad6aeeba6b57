using Jingwei.Cel;
using Jingwei.Server.Packs.Functions;

namespace Jingwei.Server.Rules.Windows;

/// <summary>A number's own past as the means of equal lengths of time.</summary>
internal abstract class HistoryCourse(long width, int kept) : Course
{
    private readonly float[] means = Filled(kept);
    private long now = long.MinValue;
    private double sum;
    private long count;

    /// <summary>The last number.</summary>
    protected double Last { get; private set; } = double.NaN;

    public sealed override void Take(in CelValue value, long time)
    {
        if (value.Kind == CelKind.Double)
        {
            MoveOn(time);
            Last = value.AsDouble();
            sum += Last;
            count++;
        }
    }

    public sealed override CelValue At(long time)
    {
        if (now == long.MinValue)
        {
            return default;
        }

        MoveOn(time);
        return Result(now);
    }

    public sealed override void Write(BinaryWriter to)
    {
        to.Write(now);
        to.Write(sum);
        to.Write(count);
        to.Write(Last);
        foreach (var mean in means)
        {
            to.Write(mean);
        }
    }

    public sealed override void Read(BinaryReader from)
    {
        (now, sum, count, Last) = (from.ReadInt64(), from.ReadDouble(), from.ReadInt64(), from.ReadDouble());
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = from.ReadSingle();
        }

        Changed();
    }

    /// <param name="part">The one that runs.</param>
    protected abstract CelValue Result(long part);

    /// <summary>A part has ended.</summary>
    protected virtual void Changed()
    {
    }

    /// <summary>The mean of a part that has ended and is kept; NaN when nothing came in it.</summary>
    protected float MeanOf(long part) => part < now && part >= now - means.Length ? means[PlaceOf(part)] : float.NaN;

    /// <summary>The means of all parts that have ended and are kept.</summary>
    protected ReadOnlySpan<float> Means => means;

    private void MoveOn(long time)
    {
        var part = Spans.IndexOf(time, width);
        if (part <= now)
        {
            return;
        }

        if (now != long.MinValue)
        {
            means[PlaceOf(now)] = count > 0 ? (float)(sum / count) : float.NaN;
            for (var empty = Math.Max(now + 1, part - means.Length); empty < part; empty++)
            {
                means[PlaceOf(empty)] = float.NaN;
            }
        }

        (now, sum, count) = (part, 0, 0);
        Changed();
    }

    private int PlaceOf(long part) => (int)(((part % means.Length) + means.Length) % means.Length);

    private static float[] Filled(int length)
    {
        var means = new float[length];
        Array.Fill(means, float.NaN);
        return means;
    }
}

/// <summary>The robust z-score of the last number beside its own past (Iglewicz and Hoaglin 1993: 0.6745 (x - median) / MAD).</summary>
internal sealed class ScoreCourse(long length) : HistoryCourse(length / Parts, Parts)
{
    private const int Parts = 120;

    // With fewer the median of the distances says little.
    private const int Least = 12;

    private double median = double.NaN;
    private double deviation = double.NaN;

    protected override CelValue Result(long part) => deviation > 0 ? 0.6745 * (Last - median) / deviation : default(CelValue);

    protected override void Changed()
    {
        Span<double> known = stackalloc double[Parts];
        var count = 0;
        foreach (var mean in Means)
        {
            if (!float.IsNaN(mean))
            {
                known[count++] = mean;
            }
        }

        (median, deviation) = (double.NaN, double.NaN);
        if (count >= Least)
        {
            known = known[..count];
            median = ThingFunctions.Median(known);
            for (var i = 0; i < count; i++)
            {
                known[i] = Math.Abs(known[i] - median);
            }

            deviation = ThingFunctions.Median(known);
        }
    }
}

/// <summary>The median of what a number was, on average, at this hour of the day on the days before.</summary>
internal sealed class UsualCourse(long length) : HistoryCourse(Telemetry.Instant.PerHour, (int)(length / Telemetry.Instant.PerDay) * HoursOfDay)
{
    private const int HoursOfDay = 24;

    // One day is no habit.
    private const int LeastDays = 3;

    private readonly int days = (int)(length / Telemetry.Instant.PerDay);

    protected override CelValue Result(long part)
    {
        Span<double> known = stackalloc double[days];
        var count = 0;
        for (var day = 1; day <= days; day++)
        {
            if (MeanOf(part - (day * HoursOfDay)) is var mean && !float.IsNaN(mean))
            {
                known[count++] = mean;
            }
        }

        return count >= LeastDays ? ThingFunctions.Median(known[..count]) : default(CelValue);
    }
}

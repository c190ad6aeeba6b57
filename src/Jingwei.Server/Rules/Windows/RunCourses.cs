using Jingwei.Cel;

namespace Jingwei.Server.Rules.Windows;

/// <summary>Seconds since a condition was last true.</summary>
internal sealed class SinceCourse : Course
{
    private bool holds;
    private long lastTrue = long.MinValue;

    public override void Take(in CelValue value, long time)
    {
        lastTrue = holds || value.IsTrue ? time : lastTrue;
        holds = value.IsTrue;
    }

    public override CelValue At(long time) =>
        holds ? 0.0
        : lastTrue == long.MinValue ? default(CelValue)
        : (double)(time - lastTrue) / Telemetry.Instant.PerSecond;

    public override void Write(BinaryWriter to)
    {
        to.Write(holds);
        to.Write(lastTrue);
    }

    public override void Read(BinaryReader from) => (holds, lastTrue) = (from.ReadBoolean(), from.ReadInt64());
}

/// <summary>How many readings, one after the other up to the last, made a condition true.</summary>
internal sealed class StreakCourse : Course
{
    private long streak = -1;

    public override void Take(in CelValue value, long time) => streak = value.IsTrue ? Math.Max(streak, 0) + 1 : 0;

    public override CelValue At(long time) => streak < 0 ? default(CelValue) : streak;

    public override void Write(BinaryWriter to) => to.Write(streak);

    public override void Read(BinaryReader from) => streak = from.ReadInt64();
}

/// <summary>The value before the last one.</summary>
internal sealed class PreviousCourse : Course
{
    private CelValue before;
    private CelValue last;

    public override void Take(in CelValue value, long time) => (before, last) = (last, value);

    public override CelValue At(long time) => before;

    public override void Write(BinaryWriter to)
    {
        StoredValue.Write(to, before);
        StoredValue.Write(to, last);
    }

    public override void Read(BinaryReader from) => (before, last) = (StoredValue.Read(from), StoredValue.Read(from));
}

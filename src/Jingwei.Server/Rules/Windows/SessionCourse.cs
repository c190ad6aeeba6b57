namespace Jingwei.Server.Rules.Windows;

/// <summary>What came without a longer gap, up to now; nothing once the gap has passed.</summary>
internal sealed class SessionCourse(long gap, Figure figure, Feeding feeding) : WindowCourse(figure, feeding)
{
    private Pane pane;
    private long last = long.MinValue;

    // At the gap itself it still goes on; a microsecond later it has ended.
    public override long NextChange => pane is { Count: 0, Held: 0 } || IsHeld ? long.MaxValue : last + gap + 1;

    public override void Write(BinaryWriter to)
    {
        base.Write(to);
        to.Write(last);
        pane.Write(to);
    }

    public override void Read(BinaryReader from)
    {
        base.Read(from);
        last = from.ReadInt64();
        pane = Pane.Read(from);
    }

    protected override long FirstThatCounts(long time) => long.MinValue;

    protected override long EndOf(long time) => long.MaxValue;

    protected override void Pass(long time)
    {
        if (last != long.MinValue && time - last > gap && !IsHeld)
        {
            pane = default;
            last = long.MinValue;
        }
    }

    protected override void Add(double value, long time)
    {
        pane.Add(value, time);
        last = time;
    }

    protected override void Hold(long microseconds, long end)
    {
        pane.Held += microseconds;
        last = end;
    }

    protected override Pane Total() => pane;
}

namespace Jingwei.Server.Rules.Windows;

/// <summary>A window up to now, as a ring of panes: it moves on by a pane at a time.</summary>
internal sealed class SlidingCourse(long length, Figure figure, Feeding feeding) : WindowCourse(figure, feeding)
{
    /// <summary>Panes of a window: its length is kept to a thirtieth, and a thing's window to some 2.5 KB.</summary>
    public const int Panes = 30;

    private readonly long width = length / Panes;
    private readonly Pane[] ring = new Pane[Panes];
    private long now = long.MinValue;

    // The oldest pane with anything in it, and all but the newest added up.
    private long oldest = long.MaxValue;
    private Pane closed;

    public override long NextChange =>
        IsHeld ? (Spans.IndexOf(HeldSince, width) + Panes < now ? long.MaxValue : (now + 1) * width)
        : oldest != long.MaxValue ? (oldest + Panes) * width
        : long.MaxValue;

    public override void Write(BinaryWriter to)
    {
        base.Write(to);
        to.Write(now);
        to.Write(oldest);
        for (var pane = oldest; pane != long.MaxValue && pane <= now; pane++)
        {
            ring[PlaceOf(pane)].Write(to);
        }
    }

    public override void Read(BinaryReader from)
    {
        base.Read(from);
        now = from.ReadInt64();
        oldest = from.ReadInt64();
        for (var pane = oldest; pane != long.MaxValue && pane <= now; pane++)
        {
            ring[PlaceOf(pane)] = Pane.Read(from);
        }

        Close();
    }

    protected override long FirstThatCounts(long time) => time - length - width;

    protected override long EndOf(long time) => (PaneOf(time) + 1) * width;

    protected override void Pass(long time)
    {
        var pane = PaneOf(time);
        if (pane <= now)
        {
            return;
        }

        if (now != long.MinValue)
        {
            for (var gone = Math.Max(now + 1, pane - Panes + 1); gone <= pane; gone++)
            {
                ring[PlaceOf(gone)] = default;
            }
        }

        now = pane;
        Close();
    }

    protected override void Add(double value, long time)
    {
        ring[PlaceOf(now)].Add(value, time);
        oldest = Math.Min(oldest, now);
    }

    protected override void Hold(long microseconds, long end)
    {
        ring[PlaceOf(now)].Held += microseconds;
        oldest = Math.Min(oldest, now);
    }

    protected override Pane Total()
    {
        var total = closed;
        total.Add(ring[PlaceOf(now)]);
        return total;
    }

    // Added up anew each time, in the order of time: what is taken away again and again would leave rounding errors behind.
    private void Close()
    {
        closed = default;
        var first = Math.Max(oldest, now - Panes + 1);
        oldest = long.MaxValue;
        for (var pane = first; pane <= now && first != long.MaxValue; pane++)
        {
            ref var each = ref ring[PlaceOf(pane)];
            if (each is { Count: 0, Held: 0 })
            {
                continue;
            }

            oldest = Math.Min(oldest, pane);
            if (pane < now)
            {
                closed.Add(each);
            }
        }
    }

    private long PaneOf(long time) => Spans.IndexOf(time, width);

    private static int PlaceOf(long pane) => (int)(((pane % Panes) + Panes) % Panes);
}

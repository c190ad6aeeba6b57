namespace Jingwei.Server.Rules.Windows;

/// <summary>The last whole one of equal lengths of time; it has its figure from its end to the end of the next.</summary>
internal sealed class TumblingCourse(long length, Figure figure, Feeding feeding) : WindowCourse(figure, feeding)
{
    private long now = long.MinValue;
    private Pane open;
    private Pane whole;

    public override long NextChange =>
        (IsHeld ? whole.Held == length : open is { Count: 0, Held: 0 } && whole is { Count: 0, Held: 0 }) ? long.MaxValue : (now + 1) * length;

    public override void Write(BinaryWriter to)
    {
        base.Write(to);
        to.Write(now);
        open.Write(to);
        whole.Write(to);
    }

    public override void Read(BinaryReader from)
    {
        base.Read(from);
        now = from.ReadInt64();
        open = Pane.Read(from);
        whole = Pane.Read(from);
    }

    protected override long FirstThatCounts(long time) => (Spans.IndexOf(time, length) - 1) * length;

    protected override long EndOf(long time) => (Spans.IndexOf(time, length) + 1) * length;

    protected override void Pass(long time)
    {
        var next = Spans.IndexOf(time, length);
        if (next <= now)
        {
            return;
        }

        whole = next == now + 1 ? open : default;
        open = default;
        now = next;
    }

    protected override void Add(double value, long time) => open.Add(value, time);

    protected override void Hold(long microseconds, long end) => open.Held += microseconds;

    protected override Pane Total() => whole;
}

using Jingwei.Cel;

namespace Jingwei.Server.Rules.Windows;

/// <summary>How values become entries of a window.</summary>
internal enum Feeding
{
    /// <summary>Each number is one.</summary>
    Number,

    /// <summary>Each true is one.</summary>
    WhenTrue,

    /// <summary>Each that differs from the one before is one.</summary>
    WhenOther,

    /// <summary>True for the time until the next.</summary>
    WhileTrue,
}

/// <summary>The part that all kinds of windows share: what counts as an entry.</summary>
internal abstract class WindowCourse(Figure figure, Feeding feeding) : Course
{
    private CelValue last;
    private long lastAt = long.MinValue;
    private long heldSince;

    /// <summary>Whether anything was taken; before that there is no result.</summary>
    protected bool IsKnown => lastAt != long.MinValue;

    /// <summary>Whether the condition is true now, so that time adds up.</summary>
    protected bool IsHeld => feeding == Feeding.WhileTrue && last.IsTrue;

    /// <summary>Since when it has been true without a break.</summary>
    protected long HeldSince => heldSince;

    public sealed override void Take(in CelValue value, long time)
    {
        MoveOn(time);
        switch (feeding)
        {
            case Feeding.Number when value.Kind == CelKind.Double:
                Add(value.AsDouble(), time);
                break;
            case Feeding.WhenTrue when value.IsTrue:
            case Feeding.WhenOther when last.Kind != CelKind.Unset && last != value:
                Add(1, time);
                break;
            default:
                break;
        }

        heldSince = last.IsTrue ? heldSince : time;
        (last, lastAt) = (value, time);
    }

    public sealed override CelValue At(long time)
    {
        if (!IsKnown)
        {
            return default;
        }

        MoveOn(time);
        return Total().Of(figure);
    }

    public override void Write(BinaryWriter to)
    {
        to.Write(lastAt);
        if (IsKnown)
        {
            StoredValue.Write(to, last);
            to.Write(heldSince);
        }
    }

    public override void Read(BinaryReader from)
    {
        lastAt = from.ReadInt64();
        (last, heldSince) = IsKnown ? (StoredValue.Read(from), from.ReadInt64()) : default;
    }

    /// <summary>Lets time pass; what was true until then is added where it belongs.</summary>
    private void MoveOn(long time)
    {
        if (!IsHeld)
        {
            Pass(time);
            return;
        }

        lastAt = Math.Max(lastAt, FirstThatCounts(time));
        while (lastAt < time)
        {
            var end = Math.Min(time, EndOf(lastAt));
            Pass(lastAt);
            Hold(end - lastAt, end);
            lastAt = end;
        }

        Pass(time);
    }

    /// <summary>Where the part ends that a time lies in.</summary>
    protected abstract long EndOf(long time);

    /// <summary>Lets what is too old go.</summary>
    protected abstract void Pass(long time);

    protected abstract void Add(double value, long time);

    /// <summary>What lies before this has no part in the result at a time.</summary>
    protected abstract long FirstThatCounts(long time);

    /// <summary>The condition was true for that long up to <paramref name="end"/>, in the part at hand.</summary>
    protected abstract void Hold(long microseconds, long end);

    protected abstract Pane Total();
}

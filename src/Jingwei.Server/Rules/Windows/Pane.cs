using System.Runtime.InteropServices;
using Jingwei.Cel;

namespace Jingwei.Server.Rules.Windows;

/// <summary>What is kept of the readings of a length of time. Panes of lengths that follow each other add up to the pane of the whole.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Pane
{
    public long Count;
    public double Sum;

    // Sum of the squares of the distances from the mean; Welford's way, and Chan's for two panes, so that great offsets cost no digits.
    public double Squares;
    public double Least;
    public double Greatest;
    public double First;
    public long FirstAt;
    public double Last;
    public long LastAt;

    /// <summary>Microseconds for which a condition was true.</summary>
    public long Held;

    public void Add(double value, long time)
    {
        if (Count == 0)
        {
            (Least, Greatest, First, FirstAt) = (value, value, value, time);
        }
        else
        {
            var distance = value - (Sum / Count);
            Squares += distance * distance * Count / (Count + 1);
            Least = Math.Min(Least, value);
            Greatest = Math.Max(Greatest, value);
        }

        Count++;
        Sum += value;
        (Last, LastAt) = (value, time);
    }

    /// <summary>Takes in what came after.</summary>
    public void Add(in Pane later)
    {
        Held += later.Held;
        if (later.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            var held = Held;
            this = later;
            Held = held;
            return;
        }

        var distance = (later.Sum / later.Count) - (Sum / Count);
        Squares += later.Squares + (distance * distance * Count * later.Count / (Count + later.Count));
        Least = Math.Min(Least, later.Least);
        Greatest = Math.Max(Greatest, later.Greatest);
        (Last, LastAt) = (later.Last, later.LastAt);
        Count += later.Count;
        Sum += later.Sum;
    }

    /// <summary>The figure; unset when there is too little for it.</summary>
    public readonly CelValue Of(Figure figure) => figure switch
    {
        Figure.Count => CelValue.Of(Count),
        Figure.Sum => Sum,
        Figure.Lasted => (double)Held / Telemetry.Instant.PerSecond,
        _ when Count == 0 => default(CelValue),
        Figure.Average => Sum / Count,
        Figure.Minimum => Least,
        Figure.Maximum => Greatest,
        Figure.Change => Last - First,
        Figure.Rate when LastAt > FirstAt => (Last - First) / (LastAt - FirstAt) * Telemetry.Instant.PerSecond,
        Figure.Deviation when Count > 1 => Math.Sqrt(Squares / (Count - 1)),
        _ => default(CelValue),
    };

    public readonly void Write(BinaryWriter to)
    {
        to.Write(Count);
        to.Write(Held);
        if (Count > 0)
        {
            to.Write(Sum);
            to.Write(Squares);
            to.Write(Least);
            to.Write(Greatest);
            to.Write(First);
            to.Write(FirstAt);
            to.Write(Last);
            to.Write(LastAt);
        }
    }

    public static Pane Read(BinaryReader from)
    {
        var pane = new Pane { Count = from.ReadInt64(), Held = from.ReadInt64() };
        if (pane.Count > 0)
        {
            pane.Sum = from.ReadDouble();
            pane.Squares = from.ReadDouble();
            pane.Least = from.ReadDouble();
            pane.Greatest = from.ReadDouble();
            pane.First = from.ReadDouble();
            pane.FirstAt = from.ReadInt64();
            pane.Last = from.ReadDouble();
            pane.LastAt = from.ReadInt64();
        }

        return pane;
    }
}

/// <summary>What is read off a pane.</summary>
internal enum Figure
{
    Count,
    Sum,
    Average,
    Minimum,
    Maximum,
    Deviation,
    Change,
    Rate,
    Lasted,
}

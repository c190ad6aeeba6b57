using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// The arrays of a batch, taken from a pool. Batches wait for the engine by the thousand when each client sends a little at a time; so small ones
/// have pools of their own, large enough for them all, where the shared one of .NET would throw most of them away.
/// </summary>
internal sealed class IntakeColumns
{
    // What a client sends in one piece, what it may have in flight, and what a request holds. Some 10 MB each when full.
    private static readonly Shelf[] Shelves = [new(rows: 16, maxIdle: 32_768), new(rows: 128, maxIdle: 4_096), new(rows: 1_024, maxIdle: 512)];

    private readonly Shelf? shelf;

    private IntakeColumns(Shelf shelf)
    {
        this.shelf = shelf;
        Series = new int[shelf.Rows];
        Times = new long[shelf.Rows];
        Numbers = new double[shelf.Rows];
    }

    private IntakeColumns(int rows)
    {
        Series = ArrayPool<int>.Shared.Rent(rows);
        Times = ArrayPool<long>.Shared.Rent(Series.Length);
        Numbers = ArrayPool<double>.Shared.Rent(Series.Length);
    }

    public int Rows => Series.Length;

    public int[] Series { get; }

    public long[] Times { get; }

    public double[] Numbers { get; }

    /// <summary>Columns of at least so many rows, holding whatever they held before.</summary>
    public static IntakeColumns Rent(int rows)
    {
        foreach (var shelf in Shelves)
        {
            if (rows <= shelf.Rows)
            {
                return shelf.Idle.Get();
            }
        }

        return new(rows);
    }

    /// <summary>Gives them back; nobody may look at them any more.</summary>
    public void Return()
    {
        if (shelf is not null)
        {
            shelf.Idle.Return(this);
            return;
        }

        ArrayPool<int>.Shared.Return(Series);
        ArrayPool<long>.Shared.Return(Times);
        ArrayPool<double>.Shared.Return(Numbers);
    }

    /// <summary>Takes over the first rows of others.</summary>
    public void CopyFrom(IntakeColumns others, int rows)
    {
        others.Series.AsSpan(0, rows).CopyTo(Series);
        others.Times.AsSpan(0, rows).CopyTo(Times);
        others.Numbers.AsSpan(0, rows).CopyTo(Numbers);
    }

    /// <summary>Small ones of one size.</summary>
    private sealed class Shelf : PooledObjectPolicy<IntakeColumns>
    {
        public Shelf(int rows, int maxIdle) => (Rows, Idle) = (rows, new DefaultObjectPool<IntakeColumns>(this, maxIdle));

        public int Rows { get; }

        public DefaultObjectPool<IntakeColumns> Idle { get; }

        public override IntakeColumns Create() => new(this);

        public override bool Return(IntakeColumns obj) => true;
    }
}

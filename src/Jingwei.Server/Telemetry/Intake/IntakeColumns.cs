using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// The arrays of a batch, taken from a pool. Batches wait for the engine by the thousand when each client sends a little at a time; so small ones
/// have a pool of their own, large enough for them all, where the shared one of .NET would throw most of them away.
/// </summary>
internal sealed class IntakeColumns
{
    /// <summary>Rows of a small batch: as many messages as a client may have in flight, and some.</summary>
    public const int SmallRows = 128;

    // Some 21 MB.
    private const int MaxIdle = 8_192;

    private static readonly DefaultObjectPool<IntakeColumns> Small = new(new DefaultPooledObjectPolicy<IntakeColumns>(), MaxIdle);

    public IntakeColumns()
    {
        Series = new int[SmallRows];
        Times = new long[SmallRows];
        Numbers = new double[SmallRows];
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
    public static IntakeColumns Rent(int rows) => rows <= SmallRows ? Small.Get() : new(rows);

    /// <summary>Gives them back; nobody may look at them any more.</summary>
    public void Return()
    {
        if (Rows == SmallRows)
        {
            Small.Return(this);
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
}

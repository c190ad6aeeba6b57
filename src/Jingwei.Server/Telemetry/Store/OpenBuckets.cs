namespace Jingwei.Server.Telemetry.Store;

/// <summary>Count, sum, minimum, maximum, first and last of the good readings of a bucket of a series.</summary>
internal record struct BucketSum(long Count, double Sum, double Min, double Max, double First, double Last, long FirstTime, long LastTime)
{
    public void Add(long time, double value)
    {
        if (Count++ == 0)
        {
            (Sum, Min, Max, First, Last, FirstTime, LastTime) = (value, value, value, value, value, time, time);
            return;
        }

        Sum += value;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        (First, FirstTime) = time < FirstTime ? (value, time) : (First, FirstTime);
        (Last, LastTime) = time > LastTime ? (value, time) : (Last, LastTime);
    }

    public void Add(in BucketSum other)
    {
        if (Count == 0 || other.Count == 0)
        {
            this = Count == 0 ? other : this;
            return;
        }

        Count += other.Count;
        Sum += other.Sum;
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        (First, FirstTime) = other.FirstTime < FirstTime ? (other.First, other.FirstTime) : (First, FirstTime);
        (Last, LastTime) = other.LastTime > LastTime ? (other.Last, other.LastTime) : (Last, LastTime);
    }
}

/// <summary>A row for a rollup table.</summary>
internal readonly record struct BucketRow(int Series, long Start, BucketSum Sum);

/// <summary>
/// The newest bucket of a series at one level: it is summed up as readings come, and no more is asked of the engine. Buckets below it are
/// in the table or among the dirty ones.
/// </summary>
internal struct OpenBucket
{
    public const long None = long.MinValue;

    public long Start = None;

    /// <summary>The engine may hold more of it than was added here: it is summed up from there.</summary>
    public bool IsPart;

    /// <summary>It holds what its table does not.</summary>
    public bool IsChanged;

    /// <summary>Stamp of the last reading in it.</summary>
    public long Stamp;

    public BucketSum Sum;

    /// <summary>Buckets before this start are in the table, but for dirty ones; read without a lock.</summary>
    private long inTable = long.MaxValue;

    // What that becomes when what is being written now is there.
    private long inTableNext = long.MaxValue;

    public OpenBucket()
    {
    }

    public readonly long InTable => Volatile.Read(in inTable);

    public void Change(long stamp)
    {
        (IsChanged, Stamp) = (true, stamp);
        Volatile.Write(ref inTable, Math.Min(inTable, Start));
        inTableNext = Math.Min(inTableNext, Start);
    }

    /// <summary>What is to be written is taken, and all of it will be in the table.</summary>
    public void Taken() => inTableNext = IsChanged ? Start : long.MaxValue;

    /// <summary>What was taken is in the table.</summary>
    public void Written() => Volatile.Write(ref inTable, inTableNext);
}

/// <summary>The open buckets of a series, one a level, finest first; those of coarser levels do not have what is in the finer ones yet.</summary>
internal sealed class OpenBuckets(int levels)
{
    public OpenBucket[] Levels { get; } = Enumerable.Repeat(new OpenBucket(), levels).ToArray();

    /// <summary>Readings came since the last round.</summary>
    public bool IsBusy { get; set; }
}

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

    /// <summary>Every bucket from this start on was summed up here, or is dirty; so what is not in the table is in memory. None: there is no such start.</summary>
    public long Since = None;

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

/// <summary>Where the buckets of a series at one level are.</summary>
/// <param name="InTable">Buckets before this start are in the table, but for dirty ones.</param>
/// <param name="Dirty">Starts of those that have to be summed up anew, ascending.</param>
/// <param name="Tail">The newest ones; null where they are not asked for, or cannot be told without the readings.</param>
internal sealed record BucketPlaces(long InTable, List<long> Dirty, BucketTail? Tail);

/// <summary>The newest buckets of a series at one level, which are in memory.</summary>
/// <param name="InTable">Buckets before this start are in the table, but for dirty ones.</param>
/// <param name="From">Buckets from here on are in <paramref name="Rows"/>, but for dirty ones; what lies between the two is in neither.</param>
/// <param name="Rows">Ascending in time.</param>
internal sealed record BucketTail(long InTable, long From, IReadOnlyList<BucketRow> Rows);

/// <summary>The open buckets of a series, one a level, finest first; those of coarser levels do not have what is in the finer ones yet.</summary>
internal sealed class OpenBuckets(int levels)
{
    public OpenBucket[] Levels { get; } = Enumerable.Repeat(new OpenBucket(), levels).ToArray();

    /// <summary>Readings came since the last round.</summary>
    public bool IsBusy { get; set; }

    /// <summary>What of the series is in memory up to a time; null where that cannot be said without the readings.</summary>
    public BucketTail? Tail(int series, RollupLevel level, long to)
    {
        ref var bucket = ref Levels[level.Index];
        var newest = default(BucketSum);
        var isPart = false;
        foreach (ref var finer in Levels.AsSpan(0, level.Index + 1))
        {
            newest.Add(finer.Sum);
            isPart |= finer.IsPart;
        }

        // A bucket that is wanted in part, or not known in full.
        if (bucket.Since == OpenBucket.None || (bucket.Start < to ? isPart || newest.LastTime >= to : to != level.StartOf(to)))
        {
            return null;
        }

        var inTable = Math.Min(Math.Min(bucket.InTable, bucket.Start + level.Width), level.StartOf(to + level.Width - 1));
        var from = Math.Max(inTable, bucket.Since);
        List<BucketRow> rows = [];
        level.AddUnwritten(series, from, to, rows);
        if (newest.Count > 0 && bucket.Start >= from && bucket.Start < to)
        {
            RollupLevel.Keep(rows, new BucketRow(series, bucket.Start, newest));
        }

        return new BucketTail(inTable, from, rows);
    }
}

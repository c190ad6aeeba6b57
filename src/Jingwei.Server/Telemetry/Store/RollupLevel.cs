namespace Jingwei.Server.Telemetry.Store;

/// <summary>One width of buckets: its table, what waits to be written to it, and what has to be summed up anew.</summary>
internal sealed class RollupLevel(RollupTable table, int index)
{
    private List<BucketRow> closed = [];

    public RollupTable Table => table;

    public long Width => table.Width;

    /// <summary>0 for the finest.</summary>
    public int Index => index;

    public DirtyBuckets Dirty { get; } = new(table.Width);

    /// <summary>Buckets that wait.</summary>
    public int Waiting => closed.Count + Dirty.Count;

    public long StartOf(long time) => Dirty.StartOf(time);

    public void Close(BucketRow row) => closed.Add(row);

    /// <summary>Takes what was closed, to be written.</summary>
    public IReadOnlyList<BucketRow> Take()
    {
        var taken = closed;
        closed = new List<BucketRow>(taken.Count);
        return taken;
    }

    /// <summary>Buckets of a series before this start are in the table, but for dirty ones.</summary>
    public long InTable(Series? series) => series?.Open is { } open ? open.Levels[index].InTable : long.MaxValue;
}

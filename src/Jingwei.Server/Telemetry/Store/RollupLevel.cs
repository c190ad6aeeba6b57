using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>One width of buckets: its table, what waits to be written to it, and what has to be summed up anew.</summary>
internal sealed class RollupLevel(RollupTable table, int index)
{
    // A list with room for more than this many times what was in it was for a burst, and is given back.
    private const int Spare = 4;

    private List<BucketRow> closed = [];
    private List<BucketRow> writing = [];

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
    public List<BucketRow> Take()
    {
        (writing, closed) = (closed, writing);
        return writing;
    }

    /// <summary>What was taken is in the table.</summary>
    public void Written()
    {
        if (writing.Capacity > Spare * writing.Count)
        {
            writing = [];
        }

        writing.Clear();
    }

    /// <summary>Adds the rows of a series, from a start to another, that are not known to be in the table yet; ascending, since only the newest bucket closes.</summary>
    public void AddUnwritten(int series, long from, long to, List<BucketRow> rows)
    {
        foreach (var waiting in (ReadOnlySpan<List<BucketRow>>)[writing, closed])
        {
            foreach (ref readonly var row in CollectionsMarshal.AsSpan(waiting))
            {
                if (row.Series == series && row.Start >= from && row.Start < to)
                {
                    Keep(rows, row);
                }
            }
        }
    }

    /// <summary>Adds a row; of two for a bucket the later one holds.</summary>
    public static void Keep(List<BucketRow> rows, in BucketRow row)
    {
        if (rows.Count > 0 && rows[^1].Start == row.Start)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        rows.Add(row);
    }

    /// <summary>Buckets of a series before this start are in the table, but for dirty ones.</summary>
    public long InTable(Series? series) => series?.Open is { } open ? open.Levels[index].InTable : long.MaxValue;
}

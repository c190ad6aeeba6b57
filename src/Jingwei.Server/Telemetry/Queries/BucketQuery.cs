using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>
/// Writes the query for a series' buckets: the coarsest tables that divide the width where their buckets lie wholly in the range, finer ones
/// at its edges, what is in memory for the newest, and the readings themselves where nothing is summed up. Each reading is counted in exactly one part, so rows of a table of
/// the very width are answers as they stand, and only the rest is summed up. Numbers are answered as their codes.
/// </summary>
internal sealed class BucketQuery(ReadingStore store, Rollups rollups, Series series)
{
    // More single dirty buckets than this and the finer table is cheaper for the whole range.
    private const int DirtyLimit = 500;

    private readonly List<string> exact = [];
    private readonly List<string> parts = [];
    private readonly List<string> raw = [];
    private readonly List<BucketRow> memory = [];
    private long wanted;

    /// <summary>Buckets that are in memory, and in nothing that is asked of the engine; ascending in time. Known after <see cref="Sql"/>.</summary>
    public IReadOnlyList<BucketRow> Memory => memory;

    /// <summary>What is to be asked of the engine; null for nothing.</summary>
    /// <param name="width">Width of a bucket in microseconds.</param>
    public string? Sql(long from, long to, long width)
    {
        wanted = width;
        Add(rollups.Levels.LastOrDefault(level => width % level.Width == 0), from, to);
        if (raw.Count > 0)
        {
            parts.Add(
                $"""
                SELECT time AS t, toUInt64(1) AS c, v AS s, v AS mn, v AS mx, v AS f, v AS l FROM (
                    SELECT time, argMax(value, arrived) AS v, argMax(quality, arrived) AS q FROM {store.Numbers.Name}
                    WHERE series = {series.Number} AND ({string.Join(" OR ", raw)}) GROUP BY time)
                WHERE q = 0
                """);
        }

        if (parts.Count > 0)
        {
            exact.Add(
                $"""
                SELECT b AS t, cs AS c, {NumberCode.Of("ss")} AS s, {NumberCode.Of("lowest")} AS mn, {NumberCode.Of("highest")} AS mx,
                    {NumberCode.Of("earliest")} AS f, {NumberCode.Of("latest")} AS l
                FROM (
                    SELECT {Instant.BucketSql("t", width)} AS b, sum(c) AS cs, sum(s) AS ss, min(mn) AS lowest, max(mx) AS highest,
                        argMin(f, t) AS earliest, argMax(l, t) AS latest
                    FROM ({string.Join(" UNION ALL ", parts)}) GROUP BY b)
                """);
        }

        return exact.Count == 0 ? null : $"SELECT t, toInt64(c), s, mn, mx, f, l FROM ({string.Join(" UNION ALL ", exact)}) ORDER BY t";
    }

    private void Add(RollupLevel? level, long from, long to)
    {
        if (level is null)
        {
            AddReadings(from, to);
            return;
        }

        var finer = level.Index == 0 ? null : rollups.Levels[level.Index - 1];
        var first = level.StartOf(from + level.Width - 1);
        var (inTable, dirty, tail) = rollups.Places(series, level, first, to, withMemory: level.Width == wanted);
        var end = tail?.InTable ?? level.StartOf(Math.Min(to, inTable));
        var last = tail is null ? end : to;
        dirty.RemoveAll(start => start >= last);
        if (first >= last || dirty.Count > DirtyLimit)
        {
            Add(finer, from, to);
            return;
        }

        Add(finer, from, first);
        Add(finer, Math.Max(first, end), tail?.From ?? to);
        foreach (var start in dirty.Where(start => start < end || tail is null || start >= tail.From))
        {
            Add(finer, start, Math.Min(start + level.Width, to));
        }

        memory.AddRange(tail?.Rows.Where(row => row.Start >= first && dirty.BinarySearch(row.Start) < 0) ?? []);
        AddTable(level.Table, first, end, dirty);
    }

    // FINAL keeps of each bucket the highest version; merging sorted parts costs less than a group for each bucket.
    private void AddTable(RollupTable table, long from, long to, List<long> without)
    {
        if (from < to)
        {
            var (rows, suffix) = table.Width == wanted ? (exact, "_code") : (parts, "");
            rows.Add(
                $"""
                SELECT bucket AS t, count AS c, sum{suffix} AS s, min{suffix} AS mn, max{suffix} AS mx, first{suffix} AS f, last{suffix} AS l
                FROM {table.Name} FINAL WHERE series = {series.Number} AND bucket >= {from} AND bucket < {to} AND count > 0
                    {(without.Count == 0 ? "" : $"AND bucket NOT IN ({string.Join(", ", without)})")}
                """);
        }
    }

    private void AddReadings(long from, long to)
    {
        if (from < to)
        {
            raw.Add($"(time >= {from} AND time < {to})");
        }
    }
}

using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>
/// Writes the query for a series' buckets: hours and minutes that are summed up where they lie wholly in the range, and
/// the readings themselves at its edges and where a minute is dirty. Each reading is counted in exactly one part.
/// </summary>
internal sealed class BucketQuery(ReadingStore store, Rollups rollups, long series)
{
    // More single dirty minutes than this and the readings of the whole range are cheaper.
    private const int DirtyLimit = 500;

    private readonly List<string> parts = [];
    private readonly List<string> raw = [];

    /// <param name="width">Width of a bucket in microseconds.</param>
    public string Sql(long from, long to, long width)
    {
        if (width % Instant.PerHour == 0)
        {
            AddHours(from, to);
        }
        else if (width % Instant.PerMinute == 0)
        {
            AddMinutes(from, to);
        }
        else
        {
            AddReadings(from, to);
        }

        if (raw.Count > 0)
        {
            parts.Add(
                $"""
                SELECT time AS t, toUInt64(1) AS c, v AS s, v AS mn, v AS mx, v AS f, v AS l FROM (
                    SELECT time, argMax(value, sequence) AS v, argMax(quality, sequence) AS q FROM {store.Numbers.Name}
                    WHERE series = {series} AND ({string.Join(" OR ", raw)}) GROUP BY time)
                WHERE q = 0
                """);
        }

        return
            $"""
            SELECT intDiv(t, {width}) * {width} AS start, toInt64(sum(c)), sum(s), min(mn), max(mx), argMin(f, t), argMax(l, t)
            FROM ({string.Join(" UNION ALL ", parts)}) GROUP BY start ORDER BY start
            """;
    }

    private void AddHours(long from, long to)
    {
        var (first, end) = (Ceiling(from, Instant.PerHour), rollups.Hours.StartOf(to));
        if (first >= end)
        {
            AddMinutes(from, to);
            return;
        }

        AddMinutes(from, first);
        AddMinutes(end, to);
        var dirty = rollups.Hours.Of(series, first, end);
        foreach (var hour in dirty)
        {
            AddMinutes(hour, hour + Instant.PerHour);
        }

        AddTable(store.Rollups.Hours, first, end, dirty);
    }

    private void AddMinutes(long from, long to)
    {
        var (first, end) = (Ceiling(from, Instant.PerMinute), rollups.Minutes.StartOf(to));
        var dirty = first < end ? rollups.Minutes.Of(series, first, end) : [];
        if (first >= end || dirty.Count > DirtyLimit)
        {
            AddReadings(from, to);
            return;
        }

        AddReadings(from, first);
        AddReadings(end, to);
        foreach (var minute in dirty)
        {
            AddReadings(minute, minute + Instant.PerMinute);
        }

        AddTable(store.Rollups.Minutes, first, end, dirty);
    }

    private void AddTable(string table, long from, long to, List<long> without) => parts.Add(
        $"""
        SELECT bucket AS t, argMax(count, version) AS c, argMax(sum, version) AS s, argMax(min, version) AS mn,
            argMax(max, version) AS mx, argMax(first, version) AS f, argMax(last, version) AS l
        FROM {table} WHERE series = {series} AND bucket >= {from} AND bucket < {to}
            {(without.Count == 0 ? "" : $"AND bucket NOT IN ({string.Join(", ", without)})")}
        GROUP BY bucket HAVING c > 0
        """);

    private void AddReadings(long from, long to)
    {
        if (from < to)
        {
            raw.Add($"(time >= {from} AND time < {to})");
        }
    }

    private long Ceiling(long time, long width) =>
        (width == Instant.PerHour ? rollups.Hours : rollups.Minutes).StartOf(time + width - 1);
}

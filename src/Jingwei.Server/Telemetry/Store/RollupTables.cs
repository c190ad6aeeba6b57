using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A minute or hour of a series, by its start in microseconds.</summary>
internal readonly record struct BucketKey(long Series, long Start);

/// <summary>
/// Count, sum, minimum, maximum, first and last of the good readings of each minute and hour. A bucket that is summed up
/// again gets a further row; the highest version wins.
/// </summary>
internal sealed class RollupTables(AnalyticEngine engine, string database)
{
    public string Minutes => $"{database}.minutes";

    public string Hours => $"{database}.hours";

    public async Task CreateAsync()
    {
        foreach (var name in new[] { Minutes, Hours })
        {
            await engine.Writer.ExecuteAsync(
                $"""
                CREATE TABLE IF NOT EXISTS {name} (
                    series UInt64 CODEC(Delta, ZSTD(1)), bucket Int64 CODEC(DoubleDelta, ZSTD(1)), count UInt64 CODEC(ZSTD(1)), sum Float64 CODEC(ZSTD(1)),
                    min Float64 CODEC(ZSTD(1)), max Float64 CODEC(ZSTD(1)), first Float64 CODEC(ZSTD(1)), last Float64 CODEC(ZSTD(1)), version UInt64 CODEC(ZSTD(1))
                ) ENGINE = ReplacingMergeTree(version) ORDER BY (series, bucket)
                SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
                """);
        }
    }

    /// <summary>Sums minutes up from readings.</summary>
    public Task RollMinutesAsync(IReadOnlyList<BucketKey> buckets, string readings, ulong version) => RollAsync(
        buckets,
        $"""
        INSERT INTO {Minutes}
        SELECT series, start, countIf(q = 0), sumIf(v, q = 0), minIf(v, q = 0), maxIf(v, q = 0), argMinIf(v, time, q = 0), argMaxIf(v, time, q = 0), {version}
        FROM (
            SELECT series, time, intDiv(time, {Instant.PerMinute}) * {Instant.PerMinute} AS start, argMax(value, sequence) AS v, argMax(quality, sequence) AS q
            FROM {readings}
            WHERE time >= {buckets.Min(bucket => bucket.Start)} AND time < {buckets.Max(bucket => bucket.Start) + Instant.PerMinute}
                AND (series, intDiv(time, {Instant.PerMinute}) * {Instant.PerMinute}) IN (SELECT series, start FROM {EngineConnection.Input})
            GROUP BY series, time)
        GROUP BY series, start
        """);

    /// <summary>Sums hours up from their minutes, which must all be summed up.</summary>
    public Task RollHoursAsync(IReadOnlyList<BucketKey> buckets, ulong version) => RollAsync(
        buckets,
        $"""
        INSERT INTO {Hours}
        SELECT series, start, sum(c), sum(s), minIf(mn, c > 0), maxIf(mx, c > 0), argMinIf(f, bucket, c > 0), argMaxIf(l, bucket, c > 0), {version}
        FROM (
            SELECT series, bucket, intDiv(bucket, {Instant.PerHour}) * {Instant.PerHour} AS start, argMax(count, version) AS c, argMax(sum, version) AS s,
                argMax(min, version) AS mn, argMax(max, version) AS mx, argMax(first, version) AS f, argMax(last, version) AS l
            FROM {Minutes}
            WHERE bucket >= {buckets.Min(bucket => bucket.Start)} AND bucket < {buckets.Max(bucket => bucket.Start) + Instant.PerHour}
                AND (series, intDiv(bucket, {Instant.PerHour}) * {Instant.PerHour}) IN (SELECT series, start FROM {EngineConnection.Input})
            GROUP BY series, bucket)
        GROUP BY series, start
        """);

    /// <summary>The minutes that rows above a sequence number fall into, each with the lowest and the highest of those numbers.</summary>
    public Task<List<(BucketKey Bucket, ulong Lowest, ulong Highest)>> TouchedAsync(string readings, ulong sequence) => engine.Writer.QueryAsync(
        $"""
        SELECT series, intDiv(time, {Instant.PerMinute}) * {Instant.PerMinute} AS start, toInt64(min(sequence)), toInt64(max(sequence)) FROM {readings} WHERE sequence > {sequence} GROUP BY series, start
        """,
        static rows =>
        {
            List<(BucketKey, ulong, ulong)> touched = [];
            while (rows.More)
            {
                touched.Add((new BucketKey(rows.Int64(), rows.Int64()), (ulong)rows.Int64(), (ulong)rows.Int64()));
            }

            return touched;
        });

    private async Task RollAsync(IReadOnlyList<BucketKey> buckets, string sql)
    {
        using var columns = new ColumnBatch(buckets.Count);
        var series = columns.Add<ulong>("series");
        var starts = columns.Add<long>("start");
        for (var row = 0; row < buckets.Count; row++)
        {
            series[row] = (ulong)buckets[row].Series;
            starts[row] = buckets[row].Start;
        }

        await engine.Writer.InsertAsync(sql, columns);
    }
}

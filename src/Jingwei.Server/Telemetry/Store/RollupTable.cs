using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A bucket of a series, by its start in microseconds.</summary>
internal readonly record struct BucketKey(long Series, long Start);

/// <summary>
/// The buckets of one width. One that is summed up again gets a further row; the highest version, which is the stamp of the last reading
/// that was known then, wins.
/// </summary>
internal sealed class RollupTable(AnalyticEngine engine, string database, string name, long width)
{
    public string Name { get; } = $"{database}.{name}";

    /// <summary>Microseconds.</summary>
    public long Width => width;

    public Task CreateAsync() => engine.Writer.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS {Name} (
            series UInt64 CODEC(Delta, ZSTD(1)), bucket Int64 CODEC(DoubleDelta, ZSTD(1)), count UInt64 CODEC(ZSTD(1)), sum Float64 CODEC(ZSTD(1)),
            min Float64 CODEC(ZSTD(1)), max Float64 CODEC(ZSTD(1)), first Float64 CODEC(ZSTD(1)), last Float64 CODEC(ZSTD(1)), version UInt64 CODEC(Delta, ZSTD(1))
        ) ENGINE = ReplacingMergeTree(version) ORDER BY (series, bucket)
        SETTINGS {AnalyticEngine.TableSettings}
        """);

    /// <summary>Adds buckets that were summed up in memory.</summary>
    public async Task InsertAsync(IReadOnlyList<BucketRow> rows, long version)
    {
        using var columns = new ColumnBatch(rows.Count);
        Fill(columns.Add<ulong>("series"), rows, static row => (ulong)row.Series);
        Fill(columns.Add<long>("bucket"), rows, static row => row.Start);
        Fill(columns.Add<ulong>("count"), rows, static row => (ulong)row.Sum.Count);
        Fill(columns.Add<double>("sum"), rows, static row => row.Sum.Sum);
        Fill(columns.Add<double>("min"), rows, static row => row.Sum.Min);
        Fill(columns.Add<double>("max"), rows, static row => row.Sum.Max);
        Fill(columns.Add<double>("first"), rows, static row => row.Sum.First);
        Fill(columns.Add<double>("last"), rows, static row => row.Sum.Last);
        await engine.Writer.InsertAsync(
            $"INSERT INTO {Name} SELECT series, bucket, count, sum, min, max, first, last, toUInt64({version}) FROM {EngineConnection.Input}", columns);
    }

    /// <summary>Sums buckets up from readings.</summary>
    public Task RollFromReadingsAsync(IReadOnlyList<BucketKey> buckets, string readings, long version) => RollAsync(
        buckets,
        $"""
        INSERT INTO {Name}
        SELECT series, start, countIf(q = 0), sumIf(v, q = 0), minIf(v, q = 0), maxIf(v, q = 0), argMinIf(v, time, q = 0), argMaxIf(v, time, q = 0), {version}
        FROM (
            SELECT series, time, intDiv(time, {width}) * {width} AS start, argMax(value, arrived) AS v, argMax(quality, arrived) AS q
            FROM {readings}
            WHERE time >= {buckets.Min(bucket => bucket.Start)} AND time < {buckets.Max(bucket => bucket.Start) + width}
                AND (series, intDiv(time, {width}) * {width}) IN (SELECT series, start FROM {EngineConnection.Input})
            GROUP BY series, time)
        GROUP BY series, start
        """);

    /// <summary>Sums buckets up from those of a finer table, which must all be summed up.</summary>
    public Task RollFromAsync(RollupTable finer, IReadOnlyList<BucketKey> buckets, long version) => RollAsync(
        buckets,
        $"""
        INSERT INTO {Name}
        SELECT series, start, sum(c), sum(s), minIf(mn, c > 0), maxIf(mx, c > 0), argMinIf(f, bucket, c > 0), argMaxIf(l, bucket, c > 0), {version}
        FROM (
            SELECT series, bucket, intDiv(bucket, {width}) * {width} AS start, argMax(count, version) AS c, argMax(sum, version) AS s,
                argMax(min, version) AS mn, argMax(max, version) AS mx, argMax(first, version) AS f, argMax(last, version) AS l
            FROM {finer.Name}
            WHERE bucket >= {buckets.Min(bucket => bucket.Start)} AND bucket < {buckets.Max(bucket => bucket.Start) + width}
                AND (series, intDiv(bucket, {width}) * {width}) IN (SELECT series, start FROM {EngineConnection.Input})
            GROUP BY series, bucket)
        GROUP BY series, start
        """);

    /// <summary>The buckets that rows above a stamp fall into, each with the lowest of their stamps.</summary>
    public Task<List<(BucketKey Bucket, long Lowest)>> TouchedAsync(string readings, long stamp) => engine.Writer.QueryAsync(
        $"SELECT series, intDiv(time, {width}) * {width} AS start, min(arrived) FROM {readings} WHERE arrived > {stamp} GROUP BY series, start",
        static rows =>
        {
            List<(BucketKey, long)> touched = [];
            while (rows.More)
            {
                touched.Add((new BucketKey(rows.Int64(), rows.Int64()), rows.Int64()));
            }

            return touched;
        });

    private static void Fill<T>(Span<T> cells, IReadOnlyList<BucketRow> rows, Func<BucketRow, T> cell)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = cell(rows[row]);
        }
    }

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

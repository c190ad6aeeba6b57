using System.Runtime.InteropServices;
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
    // What neighbours have in common is left out; distances are small already.
    private const string Distance = "CODEC(GCD, T64('bit'), ZSTD(1))";

    public string Name { get; } = $"{database}.{name}";

    /// <summary>Microseconds.</summary>
    public long Width => width;

    /// <summary>
    /// Makes the table. Of the five numbers of a bucket the first is there as its code, the others as how far their codes are from what one would
    /// expect: the last from the first, the lowest from the lower of both, the highest from the higher of both, and the sum, where both are decimals,
    /// from the middle. These distances are small, so a bucket takes some two bytes. They wrap around, so whatever they are of comes back exactly.
    /// </summary>
    public Task CreateAsync() => engine.Writer.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS {Name} (
            series UInt64 CODEC(Delta, ZSTD(1)), bucket Int64 CODEC(Delta, ZSTD(1)), count UInt64 CODEC(Delta, ZSTD(1)),
            first_code Int64 {NumberCode.Codec}, last_distance Int64 {Distance}, min_distance Int64 {Distance}, max_distance Int64 {Distance},
            sum_distance Int64 {Distance}, version UInt64 CODEC(Delta, ZSTD(1)),
            last_code Int64 ALIAS first_code + last_distance,
            min_code Int64 ALIAS least(first_code, last_code) - min_distance,
            max_code Int64 ALIAS greatest(first_code, last_code) + max_distance,
            sum_code Int64 ALIAS {Middle("count", "min_code", "max_code")} + sum_distance,
            sum Float64 ALIAS {NumberCode.Number("sum_code")},
            min Float64 ALIAS {NumberCode.Number("min_code")},
            max Float64 ALIAS {NumberCode.Number("max_code")},
            first Float64 ALIAS {NumberCode.Number("first_code")},
            last Float64 ALIAS {NumberCode.Number("last_code")}
        ) ENGINE = ReplacingMergeTree(version) ORDER BY (series, bucket)
        SETTINGS {AnalyticEngine.TableSettings}
        """);

    /// <summary>Adds buckets that were summed up in memory.</summary>
    public async Task InsertAsync(List<BucketRow> rows, long version)
    {
        using var columns = new ColumnBatch(rows.Count);
        Fill(columns, CollectionsMarshal.AsSpan(rows));
        await engine.RollupWriter.InsertAsync(
            $"""
            INSERT INTO {Name}
            SELECT series, start, count, first, last, lowest, highest, sum, toUInt64({version}) FROM {EngineConnection.Input}
            """,
            columns);
    }

    /// <summary>Sums buckets up from readings.</summary>
    public Task RollFromReadingsAsync(IReadOnlyList<BucketKey> buckets, string readings, long version) => RollAsync(
        buckets,
        InsertFrom(
            $"""
            (SELECT series, start, countIf(q = 0) AS c, sumIf(v, q = 0) AS s, minIf(v, q = 0) AS mn, maxIf(v, q = 0) AS mx,
                argMinIf(v, time, q = 0) AS f, argMaxIf(v, time, q = 0) AS l
            FROM (
                SELECT series, time, {Instant.BucketSql("time", width)} AS start, argMax(value, arrived) AS v, argMax(quality, arrived) AS q
                FROM {readings}
                WHERE time >= {buckets.Min(bucket => bucket.Start)} AND time < {buckets.Max(bucket => bucket.Start) + width}
                    AND (series, {Instant.BucketSql("time", width)}) IN (SELECT series, start FROM {EngineConnection.Input})
                GROUP BY series, time)
            GROUP BY series, start)
            """,
            version));

    /// <summary>Sums buckets up from those of a finer table, which must all be summed up.</summary>
    public Task RollFromAsync(RollupTable finer, IReadOnlyList<BucketKey> buckets, long version) => RollAsync(
        buckets,
        InsertFrom(
            $"""
            (SELECT series, start, sum(count_now) AS c, sum(sum_now) AS s, minIf(min_now, count_now > 0) AS mn, maxIf(max_now, count_now > 0) AS mx,
                argMinIf(first_now, bucket, count_now > 0) AS f, argMaxIf(last_now, bucket, count_now > 0) AS l
            FROM (
                SELECT series, bucket, {Instant.BucketSql("bucket", width)} AS start, argMax(count, version) AS count_now, argMax(sum, version) AS sum_now,
                    argMax(min, version) AS min_now, argMax(max, version) AS max_now, argMax(first, version) AS first_now, argMax(last, version) AS last_now
                FROM {finer.Name}
                WHERE bucket >= {buckets.Min(bucket => bucket.Start)} AND bucket < {buckets.Max(bucket => bucket.Start) + width}
                    AND (series, {Instant.BucketSql("bucket", width)}) IN (SELECT series, start FROM {EngineConnection.Input})
                GROUP BY series, bucket)
            GROUP BY series, start)
            """,
            version));

    /// <summary>The buckets that rows above a stamp fall into, each with the lowest of their stamps.</summary>
    public Task<List<(BucketKey Bucket, long Lowest)>> TouchedAsync(string readings, long stamp) => engine.Writer.QueryAsync(
        $"SELECT series, {Instant.BucketSql("time", width)} AS start, min(arrived) FROM {readings} WHERE arrived > {stamp} GROUP BY series, start",
        static rows =>
        {
            List<(BucketKey, long)> touched = [];
            while (rows.More)
            {
                touched.Add((new BucketKey(rows.Int64(), rows.Int64()), rows.Int64()));
            }

            return touched;
        });

    // From rows of series, start, count (c), sum (s), lowest (mn), highest (mx), first (f) and last (l).
    private string InsertFrom(string rows, long version) =>
        $"""
        INSERT INTO {Name}
        SELECT series, start, c, fc, lc - fc, least(fc, lc) - mnc, mxc - greatest(fc, lc), sc - {Middle("c", "mnc", "mxc")}, toUInt64({version})
        FROM (
            SELECT series, start, c, {NumberCode.Of("s")} AS sc, {NumberCode.Of("mn")} AS mnc, {NumberCode.Of("mx")} AS mxc,
                {NumberCode.Of("f")} AS fc, {NumberCode.Of("l")} AS lc
            FROM {rows})
        """;

    // What the code of a sum is expected to be.
    private static string Middle(string count, string lowest, string highest) =>
        $"if({NumberCode.IsDecimal(lowest)} AND {NumberCode.IsDecimal(highest)}, intDiv(toInt64({count}) * ({lowest} + {highest}), 2), 0)";

    private static long Middle(long count, long lowest, long highest) =>
        NumberCode.IsDecimal(lowest) && NumberCode.IsDecimal(highest) ? unchecked(count * (lowest + highest)) / 2 : 0;

    // As InsertFrom, but for half a million rows at a time in one pass.
    private static void Fill(ColumnBatch columns, ReadOnlySpan<BucketRow> rows)
    {
        var series = columns.Add<ulong>("series");
        var start = columns.Add<long>("start");
        var count = columns.Add<ulong>("count");
        var first = columns.Add<long>("first");
        var last = columns.Add<long>("last");
        var lowest = columns.Add<long>("lowest");
        var highest = columns.Add<long>("highest");
        var sum = columns.Add<long>("sum");
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            var (one, other) = (NumberCode.Of(row.Sum.First), NumberCode.Of(row.Sum.Last));
            var (low, high) = (NumberCode.Of(row.Sum.Min), NumberCode.Of(row.Sum.Max));
            (series[index], start[index], count[index], first[index]) = ((ulong)row.Series, row.Start, (ulong)row.Sum.Count, one);
            last[index] = unchecked(other - one);
            lowest[index] = unchecked(Math.Min(one, other) - low);
            highest[index] = unchecked(high - Math.Max(one, other));
            sum[index] = unchecked(NumberCode.Of(row.Sum.Sum) - Middle(row.Sum.Count, low, high));
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

        await engine.RollupWriter.InsertAsync(sql, columns);
    }
}

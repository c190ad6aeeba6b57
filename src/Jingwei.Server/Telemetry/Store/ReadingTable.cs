using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A series at a time: what makes two readings the same one.</summary>
internal readonly record struct ReadingKey(long Series, long Time);

/// <summary>What the engine holds for a key now.</summary>
internal readonly record struct HeldValue(double Number, string? Text, Quality Quality, string Flag)
{
    public static HeldValue Of(in StoredReading reading) =>
        new(reading.Value.Number, reading.Value.Text, reading.Quality, reading.Flag ?? "");
}

/// <summary>
/// One of the engine's two tables of readings: `readings` for numbers and booleans, `states` for enumerations, text and positions.
/// Rows are never changed: a correction is a further row with a higher sequence number, and the highest wins.
/// </summary>
internal sealed class ReadingTable(AnalyticEngine engine, string database, bool texts)
{
    private readonly string name = $"{database}.{(texts ? "states" : "readings")}";
    private readonly string valueColumn = texts ? "text" : "value";

    public string Name => name;

    public static bool IsText(PropertyKind kind) => kind is not (PropertyKind.Number or PropertyKind.Boolean);

    /// <summary>
    /// Makes the table. Parts are synced on insert and after merges, because the log that could repeat them is deleted.
    /// No partitions: an insert is atomic within one partition only.
    /// </summary>
    public Task CreateAsync() => engine.Writer.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS {name} (
            series UInt64 CODEC(Delta, ZSTD(1)),
            time Int64 CODEC(DoubleDelta, ZSTD(1)),
            arrived Int64 CODEC(DoubleDelta, ZSTD(1)),
            {(texts ? "text String CODEC(ZSTD(1))" : "value Float64 CODEC(Gorilla, ZSTD(1))")},
            quality UInt8 CODEC(ZSTD(1)),
            flag String CODEC(ZSTD(1)),
            sequence UInt64 CODEC(DoubleDelta, ZSTD(1)),
            INDEX by_sequence sequence TYPE minmax GRANULARITY 16
        ) ENGINE = MergeTree ORDER BY (series, time, sequence)
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
        """);

    /// <summary>Adds rows in one atomic, durable insert.</summary>
    public async Task InsertAsync(IReadOnlyList<StoredReading> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var columns = new ColumnBatch(rows.Count);
        Fill(columns, rows);
        await engine.Writer.InsertAsync(
            $"INSERT INTO {name} (series, time, arrived, quality, sequence, {valueColumn}, flag) SELECT series, time, arrived, quality, sequence, {valueColumn}, flag FROM {EngineConnection.Input}",
            columns);
    }

    /// <summary>What the engine holds for those of the keys that it knows.</summary>
    public async Task<Dictionary<ReadingKey, HeldValue>> HeldAsync(IReadOnlyCollection<ReadingKey> keys)
    {
        using var columns = new ColumnBatch(keys.Count);
        FillKeys(columns, keys);
        return await engine.Writer.QueryAsync(
            $"""
            SELECT series, time, argMax({valueColumn}, sequence), argMax(quality, sequence), argMax(flag, sequence) FROM {name}
            WHERE (series, time) IN (SELECT series, time FROM {EngineConnection.Input}) GROUP BY series, time
            """,
            rows =>
            {
                var held = new Dictionary<ReadingKey, HeldValue>();
                while (rows.More)
                {
                    var key = new ReadingKey(rows.Int64(), rows.Int64());
                    held[key] = texts
                        ? new HeldValue(0, rows.Text(), (Quality)rows.UInt8(), rows.Text())
                        : new HeldValue(rows.Float64(), null, (Quality)rows.UInt8(), rows.Text());
                }

                return held;
            },
            columns);
    }

    /// <summary>The rows above a sequence number, each with whether it corrected an earlier one.</summary>
    public Task<Dictionary<ulong, bool>> AfterAsync(ulong sequence) => engine.Writer.QueryAsync(
        $"""
        SELECT toInt64(sequence), toUInt8(sequence > first) FROM
            (SELECT series, time, sequence FROM {name} WHERE sequence > {sequence}) AS added
            ANY LEFT JOIN
            (SELECT series, time, min(sequence) AS first FROM {name}
             WHERE (series, time) IN (SELECT series, time FROM {name} WHERE sequence > {sequence}) GROUP BY series, time) AS firsts
            USING (series, time)
        """,
        static rows =>
        {
            var found = new Dictionary<ulong, bool>();
            while (rows.More)
            {
                found[(ulong)rows.Int64()] = rows.UInt8() == 1;
            }

            return found;
        });

    /// <summary>The newest reading of every series.</summary>
    public Task<List<StoredReading>> LatestAsync() => engine.Writer.QueryAsync(
        $"""
        SELECT series, time, argMax(arrived, sequence), argMax({valueColumn}, sequence), argMax(quality, sequence), argMax(flag, sequence), toInt64(max(sequence))
        FROM {name} WHERE (series, time) IN (SELECT series, max(time) FROM {name} GROUP BY series) GROUP BY series, time
        """,
        rows =>
        {
            List<StoredReading> latest = [];
            while (rows.More)
            {
                var (series, time, arrived) = (rows.Int64(), rows.Int64(), rows.Int64());
                var value = texts ? new ReadingValue(PropertyKind.Text, 0, rows.Text()) : new ReadingValue(PropertyKind.Number, rows.Float64(), null);
                var (quality, flag) = ((Quality)rows.UInt8(), rows.Text());
                latest.Add(new StoredReading((ulong)rows.Int64(), series, time, arrived, value, quality, flag.Length == 0 ? null : flag));
            }

            return latest;
        });

    private void Fill(ColumnBatch columns, IReadOnlyList<StoredReading> rows)
    {
        var series = columns.Add<ulong>("series");
        var times = columns.Add<long>("time");
        var arrived = columns.Add<long>("arrived");
        var qualities = columns.Add<byte>("quality");
        var sequences = columns.Add<ulong>("sequence");
        for (var row = 0; row < rows.Count; row++)
        {
            series[row] = (ulong)rows[row].Series;
            times[row] = rows[row].Time;
            arrived[row] = rows[row].Arrived;
            qualities[row] = (byte)rows[row].Quality;
            sequences[row] = rows[row].Sequence;
        }

        if (texts)
        {
            columns.AddText("text", rows.Select(row => row.Value.Text));
        }
        else
        {
            var values = columns.Add<double>("value");
            for (var row = 0; row < rows.Count; row++)
            {
                values[row] = rows[row].Value.Number;
            }
        }

        columns.AddText("flag", rows.Select(row => row.Flag));
    }

    private static void FillKeys(ColumnBatch columns, IReadOnlyCollection<ReadingKey> keys)
    {
        var series = columns.Add<ulong>("series");
        var times = columns.Add<long>("time");
        var row = 0;
        foreach (var key in keys)
        {
            series[row] = (ulong)key.Series;
            times[row++] = key.Time;
        }
    }
}

using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A series at a time: what makes two readings the same one.</summary>
internal readonly record struct ReadingKey(long Series, long Time);

/// <summary>What the engine holds for a key now.</summary>
internal readonly record struct HeldValue(double Number, string? Text, Quality Quality, string Flag);

/// <summary>A row as it arrived.</summary>
/// <param name="Arrived">The stamp of its message.</param>
internal readonly record struct ArrivedValue(int Series, long Time, long Arrived, double Number, string? Text, Quality Quality);

/// <summary>
/// One of the engine's two tables of readings: `readings` for numbers and booleans, `states` for enumerations, text and positions.
/// Rows are never changed: a correction is a further row that arrived later, and the last one wins. `arrived` is the stamp of the row's
/// message, so no two rows of a series and time have the same.
/// </summary>
internal sealed class ReadingTable(AnalyticEngine engine, string database, bool texts)
{
    // What a value is read from; see NumberCode.
    private const string CodeColumn = "code";

    // Series that a query names one by one; of more the whole table is read.
    private const int MostNamed = 10_000;

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
            time Int64 CODEC(Delta, ZSTD(1)),
            {(texts ? "text String CODEC(ZSTD(1))" : $"code Int64 {NumberCode.Codec}, value Float64 ALIAS {NumberCode.Number("code")}")},
            quality UInt8 CODEC(ZSTD(1)),
            flag String CODEC(ZSTD(1)),
            arrived Int64 CODEC(Delta, ZSTD(1)),
            INDEX by_arrival arrived TYPE minmax GRANULARITY 16
        ) ENGINE = MergeTree ORDER BY (series, time, arrived)
        SETTINGS {AnalyticEngine.TableSettings}
        """);

    /// <summary>Adds rows in one atomic, durable insert.</summary>
    public async Task InsertAsync(SortedRows rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var columns = new ColumnBatch(rows.Count);
        var names = Fill(columns, rows);
        await engine.Writer.InsertAsync($"INSERT INTO {name} ({names}) SELECT {names} FROM {EngineConnection.Input}", columns);
    }

    /// <summary>What the engine holds for those of the keys that it knows.</summary>
    /// <param name="before">Only rows that arrived earlier.</param>
    public async Task<Dictionary<ReadingKey, HeldValue>> HeldAsync(IReadOnlyCollection<ReadingKey> keys, long before)
    {
        using var columns = new ColumnBatch(keys.Count);
        FillKeys(columns, keys);
        return await engine.Writer.QueryAsync(
            $"""
            SELECT series, time, argMax({valueColumn}, arrived), argMax(quality, arrived), argMax(flag, arrived) FROM {name}
            WHERE (series, time) IN (SELECT series, time FROM {EngineConnection.Input}) AND arrived < {before} GROUP BY series, time
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

    /// <summary>The highest stamp in the table that is not below <paramref name="from"/>; 0 for none. Rows that arrived long before are not read.</summary>
    public Task<long> HighestStampAsync(long from) =>
        engine.Writer.QueryAsync($"SELECT max(arrived) FROM {name} WHERE arrived >= {from}", static rows => rows.Int64());

    /// <summary>Rows that arrived after one stamp and up to another, in the order of their arrival, at most <paramref name="limit"/>.</summary>
    public Task<List<ArrivedValue>> ArrivedAsync(long after, long upTo, int limit) => engine.Reader.QueryAsync(
        $"SELECT series, time, arrived, {valueColumn}, quality FROM {name} WHERE arrived > {after} AND arrived <= {upTo} ORDER BY arrived LIMIT {limit}",
        rows =>
        {
            List<ArrivedValue> found = [];
            while (rows.More)
            {
                var (series, time, arrived) = ((int)rows.Int64(), rows.Int64(), rows.Int64());
                found.Add(new ArrivedValue(series, time, arrived, texts ? 0 : rows.Float64(), texts ? rows.Text() : null, (Quality)rows.UInt8()));
            }

            return found;
        });

    /// <summary>How many rows arrived after one stamp and up to another.</summary>
    public Task<long> ArrivedCountAsync(long after, long upTo) => engine.Reader.QueryAsync(
        $"SELECT toInt64(count()) FROM {name} WHERE arrived > {after} AND arrived <= {upTo}", static rows => rows.Int64());

    /// <summary>The newest reading of every series that has one since then, by its number. What is older is not read.</summary>
    /// <param name="since">Microseconds UTC.</param>
    public Task<List<(int Series, LatestValue Value)>> LatestAsync(long since) => LatestAsync($"time >= {since}");

    /// <summary>The newest reading of each of these series, by its number.</summary>
    public Task<List<(int Series, LatestValue Value)>> LatestAsync(IReadOnlyCollection<int> series)
    {
        // The first finds the times by two columns alone.
        var of = series.Count <= MostNamed ? $"series IN ({string.Join(',', series)})" : "1";
        return LatestAsync($"{of} AND (series, time) IN (SELECT series, max(time) FROM {name} WHERE {of} GROUP BY series)");
    }

    private Task<List<(int Series, LatestValue Value)>> LatestAsync(string condition) => engine.Writer.QueryAsync(
        $"""
        SELECT series, max(time), argMax(arrived, (time, arrived)), argMax({valueColumn}, (time, arrived)), argMax(quality, (time, arrived)),
            argMax(flag, (time, arrived))
        FROM {name} WHERE {condition} GROUP BY series
        """,
        rows =>
        {
            List<(int, LatestValue)> latest = [];
            while (rows.More)
            {
                var (series, time, arrived) = ((int)rows.Int64(), rows.Int64(), rows.Int64());
                var value = texts ? new ReadingValue(PropertyKind.Text, 0, rows.Text()) : new ReadingValue(PropertyKind.Number, rows.Float64(), null);
                var (quality, flag) = ((Quality)rows.UInt8(), rows.Text());
                latest.Add((series, new LatestValue(time, arrived, value, quality, flag.Length == 0 ? null : flag)));
            }

            return latest;
        });

    // Columns that hold nothing are left out: the engine fills them in.
    private string Fill(ColumnBatch columns, SortedRows rows)
    {
        var stored = texts ? valueColumn : CodeColumn;
        columns.Lend<ulong>("series", rows.SeriesColumn);
        columns.Lend<long>("time", rows.TimeColumn);
        columns.Lend<long>("arrived", rows.StampColumn);
        if (!texts)
        {
            var codes = columns.Add<long>(CodeColumn);
            var numbers = rows.Numbers;
            for (var row = 0; row < codes.Length; row++)
            {
                codes[row] = NumberCode.Of(numbers[row]);
            }
        }

        if (!rows.HasRemarks)
        {
            return $"series, time, arrived, {stored}";
        }

        if (texts)
        {
            columns.AddText("text", Enumerable.Range(0, rows.Count).Select(row => rows.RemarkOf(row).Text));
        }

        var qualities = columns.Add<byte>("quality");
        for (var row = 0; row < rows.Count; row++)
        {
            qualities[row] = (byte)rows.RemarkOf(row).Quality;
        }

        columns.AddText("flag", Enumerable.Range(0, rows.Count).Select(row => rows.RemarkOf(row).Flag));
        return $"series, time, arrived, {stored}, quality, flag";
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

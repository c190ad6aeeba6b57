using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>Takes the next value of a row.</summary>
internal delegate T ValueReader<out T>(ref RowBinary row);

/// <summary>Reads one table's window for many series at once: one query for the window, one for what held before it.</summary>
internal sealed class TableWindow<T>(AnalyticEngine engine, ReadingTable table, string column, ValueReader<T> value)
{
    private const long Near = Instant.PerHour;

    /// <summary>The readings of each series from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    /// <param name="carryIn">How far before the window the last good reading is looked for, in microseconds; 0: not at all.</param>
    public async Task<Dictionary<long, SeriesWindow<T>>> ReadAsync(IReadOnlyCollection<long> series, long from, long to, long carryIn)
    {
        using var wanted = SeriesColumn(series);
        var points = await engine.Reader.QueryAsync(
            $"""
            SELECT series, time, {column}, quality FROM {table.Name}
            WHERE series IN (SELECT series FROM {EngineConnection.Input}) AND time >= {from} AND time < {to}
            ORDER BY series, time, arrived DESC LIMIT 1 BY series, time
            """,
            Read,
            wanted);
        var before = carryIn == 0 ? [] : await BeforeAsync(series, from, carryIn);
        return points.Keys.Union(before.Keys).ToDictionary(
            number => number,
            number => new SeriesWindow<T>(
                before.TryGetValue(number, out var last) ? last : null,
                points.TryGetValue(number, out var found) ? [.. found] : []));
    }

    /// <summary>The last good reading of each series before a time, at most <paramref name="carryIn"/> before.</summary>
    public async Task<Dictionary<long, Point<T>>> BeforeAsync(IReadOnlyCollection<long> series, long from, long carryIn)
    {
        // Nearly all have one shortly before: only for the rest many days are looked through.
        var found = await BeforeWithinAsync(series, from, Math.Min(carryIn, Near), carryIn);
        var others = series.Where(number => !found.ContainsKey(number)).ToList();
        if (others.Count > 0 && carryIn > Near)
        {
            foreach (var (number, point) in await BeforeWithinAsync(others, from, carryIn, carryIn))
            {
                found[number] = point;
            }
        }

        return found;
    }

    // The newest time that ever had a good reading is nearly always the answer; where a correction made it bad since, look closer.
    private async Task<Dictionary<long, Point<T>>> BeforeWithinAsync(IReadOnlyCollection<long> series, long from, long within, long carryIn)
    {
        using var wanted = SeriesColumn(series);
        var found = await engine.Reader.QueryAsync(
            $"""
            SELECT series, time, argMax({column}, arrived), argMax(quality, arrived) FROM {table.Name}
            WHERE (series, time) IN (
                SELECT series, max(time) FROM {table.Name}
                WHERE series IN (SELECT series FROM {EngineConnection.Input}) AND time >= {from - within} AND time < {from} AND quality = 0
                GROUP BY series)
            GROUP BY series, time
            """,
            Read,
            wanted);
        var corrected = found.Where(pair => pair.Value[^1].Quality != Quality.Good).Select(pair => pair.Key).ToList();
        if (corrected.Count > 0)
        {
            var exact = await BeforeExactAsync(corrected, from, carryIn);
            foreach (var number in corrected)
            {
                found.Remove(number);
                if (exact.TryGetValue(number, out var good))
                {
                    found[number] = good;
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => pair.Value[^1]);
    }

    private async Task<Dictionary<long, List<Point<T>>>> BeforeExactAsync(IReadOnlyCollection<long> series, long from, long carryIn)
    {
        using var wanted = SeriesColumn(series);
        return await engine.Reader.QueryAsync(
            $"""
            SELECT series, time, v, q FROM (
                SELECT series, time, argMax({column}, arrived) AS v, argMax(quality, arrived) AS q FROM {table.Name}
                WHERE series IN (SELECT series FROM {EngineConnection.Input}) AND time >= {from - carryIn} AND time < {from}
                GROUP BY series, time)
            WHERE q = 0 ORDER BY series, time DESC LIMIT 1 BY series
            """,
            Read,
            wanted);
    }

    private Dictionary<long, List<Point<T>>> Read(RowBinary rows)
    {
        Dictionary<long, List<Point<T>>> found = [];
        List<Point<T>>? current = null;
        long number = -1;
        while (rows.More)
        {
            var next = rows.Int64();
            if (next != number || current is null)
            {
                number = next;
                found[number] = current = [];
            }

            current.Add(new Point<T>(rows.Int64(), value(ref rows), (Quality)rows.UInt8()));
        }

        return found;
    }

    private static ColumnBatch SeriesColumn(IReadOnlyCollection<long> series)
    {
        var columns = new ColumnBatch(series.Count);
        var cells = columns.Add<ulong>("series");
        var row = 0;
        foreach (var number in series)
        {
            cells[row++] = (ulong)number;
        }

        return columns;
    }
}

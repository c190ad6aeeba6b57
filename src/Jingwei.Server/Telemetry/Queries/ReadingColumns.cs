using System.Runtime.InteropServices;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>Readings of one series as columns, ascending in time; of each time the one that arrived last.</summary>
/// <param name="Qualities">Empty when all are good.</param>
internal readonly record struct ReadingRun<T>(ArraySegment<long> Times, ArraySegment<T> Values, ArraySegment<Quality> Qualities);

/// <summary>The numbers of many series as columns; may be filled again and again. The engine's connection fills it, so one at a time.</summary>
internal sealed class ReadingColumns
{
    private readonly Dictionary<long, (int Start, int End)> runs = [];
    private long[] times = [];
    private double[] numbers = [];
    private Quality[] qualities = [];
    private bool allGood;
    private int count;

    /// <summary>The first series of which the answer may lack something, because it had as many rows as were allowed; null: it is whole.</summary>
    public long? Cut { get; private set; }

    /// <summary>Empty when there is none; gone when the next answer is read.</summary>
    public ReadingRun<double> Of(long series)
    {
        var (start, end) = runs.GetValueOrDefault(series);
        var length = end - start;
        return new(new(times, start, length), new(numbers, start, length), allGood ? default : new(qualities, start, length));
    }

    /// <summary>Takes the numbers of these stretches in place of what was there, at most so many rows.</summary>
    public Task ReadAsync(ReadingStore store, IReadOnlyList<Stretch> stretches, int most)
    {
        runs.Clear();
        (allGood, count, Cut) = (true, 0, null);
        return stretches.Count == 0 ? Task.CompletedTask : store.Engine.Reader.QueryBlocksAsync(
            $"""
            SELECT series, time, code, quality FROM {store.Numbers.Name} WHERE {Stretch.Sql(stretches)}
            ORDER BY series, time, arrived LIMIT {most} SETTINGS max_threads = 1
            """,
            blocks => Read(blocks, most));
    }

    private int Read(NativeBlocks blocks, int most)
    {
        var rows = 0;
        while (blocks.Next())
        {
            rows += blocks.Rows;
            if (rows > times.Length)
            {
                var room = Math.Min(most, Math.Max(rows, 2 * times.Length));
                Array.Resize(ref times, room);
                Array.Resize(ref numbers, room);
                Array.Resize(ref qualities, room);
            }

            var series = blocks.Column<ulong>();
            Add(series, blocks.Column<long>(), blocks.Column<long>(), MemoryMarshal.Cast<byte, Quality>(blocks.Column<byte>()));
            Cut = rows == most ? (long)series[^1] : null;
        }

        return rows;
    }

    // A whole run of a series at a time; a row of the same time as the one before arrived later, and takes its place.
    private void Add(ReadOnlySpan<ulong> series, ReadOnlySpan<long> time, ReadOnlySpan<long> codes, ReadOnlySpan<Quality> quality)
    {
        allGood &= !quality.ContainsAnyExcept(Quality.Good);
        for (var row = 0; row < series.Length;)
        {
            var number = series[row];
            var end = series[row..].IndexOfAnyExcept(number) is >= 0 and var length ? row + length : series.Length;
            ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(runs, (long)number, out var isKnown);
            var start = isKnown ? run.Start : count;
            for (; row < end; row++)
            {
                var at = count > start && times[count - 1] == time[row] ? count - 1 : count++;
                (times[at], numbers[at], qualities[at]) = (time[row], NumberCode.Number(codes[row]), quality[row]);
            }

            run = (start, count);
        }
    }
}

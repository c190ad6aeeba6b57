using System.Runtime.InteropServices;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>Rows of one series that follow each other.</summary>
internal readonly record struct SeriesRun(Series Series, int Start, int Count)
{
    public int End => Start + Count;
}

/// <summary>
/// The numbers, or the texts, of several messages as columns in native memory, ordered as the engine's tables are: by series, time and
/// stamp. Used again for each insert. One thread at a time.
/// </summary>
internal sealed unsafe class SortedRows(SeriesRegistry registry, bool texts) : IDisposable
{
    // More rows than this are a burst; their room is given back by Trim.
    private const int Kept = 65_536;

    private readonly List<int> touched = [];
    private readonly List<SeriesRun> runs = [];
    private readonly Dictionary<int, Remark> remarks = [];
    private int[] places = [];
    private int capacity;
    private ulong* series;
    private long* times;
    private double* numbers;
    private long* stamps;
    private int* origins;

    public int Count { get; private set; }

    public IReadOnlyList<SeriesRun> Runs => runs;

    public Span<long> Times => new(times, Count);

    public Span<double> Numbers => new(numbers, Count);

    public Span<long> Stamps => new(stamps, Count);

    /// <summary>Where each row came from: its place among all rows of all messages, in their order.</summary>
    public Span<int> Origins => new(origins, Count);

    /// <summary>Some row has a text, a flag or a quality that is not good.</summary>
    public bool HasRemarks => remarks.Count > 0;

    public nint SeriesColumn => (nint)series;

    public nint TimeColumn => (nint)times;

    public nint StampColumn => (nint)stamps;

    /// <summary>What a row has beside its number; nothing for most.</summary>
    public Remark RemarkOf(int row) => remarks.GetValueOrDefault(origins[row], new Remark(0, null, Quality.Good, null));

    /// <summary>What the row says, as the engine would hold it.</summary>
    public HeldValue ValueOf(int row)
    {
        var remark = HasRemarks ? RemarkOf(row) : default;
        return new HeldValue(remark.Text is null ? numbers[row] : 0, remark.Text, remark.Quality, remark.Flag ?? "");
    }

    /// <summary>Takes the rows of its kind out of the messages.</summary>
    public void Load(IReadOnlyList<CommittedBatch> batches)
    {
        Clear();
        var total = 0;
        foreach (var (_, batch) in batches)
        {
            CountRows(batch, total);
            total += batch.Accepted;
        }

        LayOut();
        var first = 0;
        foreach (var (stamp, batch) in batches)
        {
            Scatter(batch, stamp, first);
            first += batch.Accepted;
        }

        foreach (var run in runs)
        {
            Order(run);
        }
    }

    /// <summary>Leaves rows out.</summary>
    /// <param name="dropped">By row.</param>
    public void Drop(ReadOnlySpan<bool> dropped)
    {
        var to = 0;
        for (var index = 0; index < runs.Count; index++)
        {
            var start = to;
            for (var from = runs[index].Start; from < runs[index].End; from++)
            {
                if (!dropped[from])
                {
                    (series[to], times[to], numbers[to], stamps[to], origins[to]) = (series[from], times[from], numbers[from], stamps[from], origins[from]);
                    to++;
                }
            }

            runs[index] = runs[index] with { Start = start, Count = to - start };
        }

        runs.RemoveAll(run => run.Count == 0);
        Count = to;
    }

    /// <summary>Gives back what a burst needed.</summary>
    public void Trim()
    {
        if (capacity > Kept)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Clear();
        NativeMemory.Free(series);
        NativeMemory.Free(times);
        NativeMemory.Free(numbers);
        NativeMemory.Free(stamps);
        NativeMemory.Free(origins);
        series = null;
        times = stamps = null;
        numbers = null;
        origins = null;
        capacity = 0;
    }

    private void Clear()
    {
        runs.Clear();
        touched.Clear();
        remarks.Clear();
        Count = 0;
    }

    private void CountRows(IntakeBatch batch, int first)
    {
        var column = batch.Series;
        if (batch.Remarks is { } marked)
        {
            // Row by row, because text and numbers go different ways.
            var next = 0;
            for (var row = 0; row < column.Length; row++)
            {
                var isText = false;
                if (next < marked.Count && marked[next].Row == row)
                {
                    isText = marked[next].Text is not null;
                    if (isText == texts)
                    {
                        remarks[first + row] = marked[next];
                    }

                    next++;
                }

                if (isText == texts)
                {
                    CountRow(column[row]);
                }
            }
        }
        else if (!texts)
        {
            foreach (var number in column)
            {
                CountRow(number);
            }
        }
    }

    private void CountRow(int number)
    {
        if (number >= places.Length)
        {
            Array.Resize(ref places, Math.Max(number + 1, places.Length * 2));
        }

        if (places[number]++ == 0)
        {
            touched.Add(number);
        }

        Count++;
    }

    // The series one behind the other, each with its room; from here on a place is where the next row of the series goes.
    private void LayOut()
    {
        Reserve(Count);
        touched.Sort();
        var start = 0;
        foreach (var number in touched)
        {
            var count = places[number];
            runs.Add(new SeriesRun(registry[number], start, count));
            places[number] = start;
            start += count;
        }
    }

    private void Scatter(IntakeBatch batch, long stamp, int first)
    {
        if (texts && batch.Remarks is null)
        {
            return;
        }

        var column = batch.Series;
        var time = batch.Times;
        var number = batch.Numbers;
        var marked = batch.Remarks;
        var next = 0;
        for (var row = 0; row < column.Length; row++)
        {
            if (marked is not null)
            {
                var isText = false;
                if (next < marked.Count && marked[next].Row == row)
                {
                    isText = marked[next++].Text is not null;
                }

                if (isText != texts)
                {
                    continue;
                }
            }

            var place = places[column[row]]++;
            series[place] = (ulong)column[row];
            times[place] = time[row];
            numbers[place] = number[row];
            stamps[place] = stamp;
            origins[place] = first + row;
        }
    }

    // Rows of a series nearly always come in the order of time; of one time, in that of their arrival.
    private void Order(SeriesRun run)
    {
        places[run.Series.Number] = 0;
        var column = Times.Slice(run.Start, run.Count);
        for (var row = 1; row < column.Length; row++)
        {
            if (column[row] < column[row - 1])
            {
                Sort(run);
                return;
            }
        }
    }

    private void Sort(SeriesRun run)
    {
        var keys = new (long Time, int Row)[run.Count];
        for (var row = 0; row < run.Count; row++)
        {
            keys[row] = (times[run.Start + row], row);
        }

        Array.Sort(keys);
        Permute(Times.Slice(run.Start, run.Count), keys);
        Permute(Numbers.Slice(run.Start, run.Count), keys);
        Permute(Stamps.Slice(run.Start, run.Count), keys);
        Permute(Origins.Slice(run.Start, run.Count), keys);
    }

    private static void Permute<T>(Span<T> cells, (long Time, int Row)[] keys)
    {
        var before = cells.ToArray();
        for (var row = 0; row < keys.Length; row++)
        {
            cells[row] = before[keys[row].Row];
        }
    }

    private void Reserve(int rows)
    {
        if (rows > capacity)
        {
            capacity = Math.Max(rows, Math.Max(Kept, capacity * 2));
            series = (ulong*)NativeMemory.Realloc(series, (nuint)capacity * sizeof(ulong));
            times = (long*)NativeMemory.Realloc(times, (nuint)capacity * sizeof(long));
            numbers = (double*)NativeMemory.Realloc(numbers, (nuint)capacity * sizeof(double));
            stamps = (long*)NativeMemory.Realloc(stamps, (nuint)capacity * sizeof(long));
            origins = (int*)NativeMemory.Realloc(origins, (nuint)capacity * sizeof(int));
        }
    }
}

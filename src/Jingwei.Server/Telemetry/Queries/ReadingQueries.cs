using System.Runtime.CompilerServices;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>Answers what was read when: follows intake within a second. All times are microseconds since the epoch, UTC.</summary>
public sealed class ReadingQueries(Readings readings, TelemetryOptions options)
{
    // Points of one answer of the engine while a range is streamed.
    private const int PageRows = 20_000;

    /// <summary>
    /// The readings of many series from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), with what held before:
    /// two queries a table, however many series.
    /// </summary>
    /// <param name="carriesIn">False: what held before is not looked for.</param>
    public Task<ReadingWindow> ReadAsync(IReadOnlyCollection<long> series, long from, long to, bool carriesIn = true) =>
        ReadAsync(series, series, from, to, carriesIn);

    /// <summary>The same, where it is known which series are numbers and which are texts.</summary>
    public async Task<ReadingWindow> ReadAsync(
        IReadOnlyCollection<long> ofNumbers, IReadOnlyCollection<long> ofTexts, long from, long to, bool carriesIn = true)
    {
        var carryIn = carriesIn ? Instant.Of(options.CarryIn) : 0;
        var numbers = ofNumbers.Count == 0 ? Task.FromResult<Dictionary<long, SeriesWindow<double>>>([]) : Numbers().ReadAsync(ofNumbers, from, to, carryIn);
        var texts = ofTexts.Count == 0 ? Task.FromResult<Dictionary<long, SeriesWindow<string>>>([]) : Texts().ReadAsync(ofTexts, from, to, carryIn);
        return new ReadingWindow(await numbers, await texts);
    }

    /// <summary>What held before <paramref name="at"/>, of series of numbers and of texts; the windows have no points.</summary>
    internal async Task<ReadingWindow> BeforeAsync(IReadOnlyCollection<long> ofNumbers, IReadOnlyCollection<long> ofTexts, long at)
    {
        var carryIn = Instant.Of(options.CarryIn);
        var numbers = ofNumbers.Count == 0 ? Task.FromResult<Dictionary<long, Point<double>>>([]) : Numbers().BeforeAsync(ofNumbers, at, carryIn);
        var texts = ofTexts.Count == 0 ? Task.FromResult<Dictionary<long, Point<string>>>([]) : Texts().BeforeAsync(ofTexts, at, carryIn);
        return new ReadingWindow(Empty(await numbers), Empty(await texts));
    }

    /// <summary>All readings of these stretches of numbers and of texts, at most so many rows of each.</summary>
    /// <param name="numbers">Takes the numbers.</param>
    internal async Task<ReadingTexts> RunsAsync(ReadingColumns numbers, IReadOnlyList<Stretch> ofNumbers, IReadOnlyList<Stretch> ofTexts, int most)
    {
        var reading = numbers.ReadAsync(readings.Store, ofNumbers, most);
        var texts = ofTexts.Count == 0 ? ReadingTexts.None : await ReadingTexts.ReadAsync(readings.Store, ofTexts, most);
        await reading;
        return texts;
    }

    /// <summary>What is known of the whole hours of series of numbers between two times.</summary>
    internal Task<IReadOnlyDictionary<long, HourSums>> HoursAsync(IReadOnlyCollection<Series> series, long from, long to) =>
        HourSums.ReadAsync(readings.Store, readings.Rollups, series, from, to);

    /// <summary>The numbers of a series, page by page, so that any range can be streamed.</summary>
    public IAsyncEnumerable<Point<double>> NumbersAsync(long series, long from, long to, CancellationToken cancellation) =>
        PagesAsync(readings.Store.Numbers, "value", static (ref RowBinary row) => row.Float64(), series, from, to, cancellation);

    /// <summary>The texts of a series, page by page.</summary>
    public IAsyncEnumerable<Point<string>> TextsAsync(long series, long from, long to, CancellationToken cancellation) =>
        PagesAsync(readings.Store.Texts, "text", static (ref RowBinary row) => row.Text(), series, from, to, cancellation);

    /// <summary>
    /// Good readings summed up in buckets of <paramref name="width"/>, which begin at its multiples; empty ones are left out. Page by page: while
    /// one is used the engine works on the next, and a slow reader holds no connection of the engine.
    /// </summary>
    public async IAsyncEnumerable<BucketPage> BucketsAsync(
        Series series, long from, long to, long width, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<BucketPage>? next = null;
        try
        {
            while (from < to || next is not null)
            {
                var current = next;
                next = null;
                cancellation.ThrowIfCancellationRequested();
                if (from < to)
                {
                    var end = Math.Min(to, (Math.DivRem(from, width).Quotient + BucketPage.MaximumCount) * width);
                    next = PageAsync(series, from, end, width);
                    from = end;
                }

                if (current is not null)
                {
                    using var page = await current;
                    yield return page;
                }
            }
        }
        finally
        {
            if (next is not null)
            {
                (await next).Dispose();
            }
        }
    }

    /// <summary>Which state held when, by good readings; the last one holds until <paramref name="to"/>.</summary>
    public async Task<List<StateInterval>> StatesAsync(long series, long from, long to)
    {
        if (!(await Texts().ReadAsync([series], from, to, Instant.Of(options.CarryIn))).TryGetValue(series, out var window))
        {
            return [];
        }

        List<StateInterval> intervals = [];
        if (window.Before is { } before)
        {
            intervals.Add(new StateInterval(from, to, before.Value));
        }

        foreach (var point in window.Points.Where(point => point.Quality == Quality.Good))
        {
            if (intervals.Count > 0 && intervals[^1].Value == point.Value)
            {
                continue;
            }

            if (intervals.Count > 0)
            {
                intervals[^1] = intervals[^1] with { To = point.Time };
            }

            intervals.Add(new StateInterval(point.Time, to, point.Value));
        }

        intervals.RemoveAll(interval => interval.From == interval.To);
        return intervals;
    }

    private static Dictionary<long, SeriesWindow<T>> Empty<T>(Dictionary<long, Point<T>> before) =>
        before.ToDictionary(pair => pair.Key, pair => new SeriesWindow<T>(pair.Value, []));

    private Task<BucketPage> PageAsync(Series series, long from, long to, long width)
    {
        var query = new BucketQuery(readings.Store, readings.Rollups, series);
        return query.Sql(from, to, width) is { } sql
            ? readings.Store.Engine.Reader.QueryAsync(sql, rows => new BucketPage(rows.Rest, query.Memory))
            : Task.FromResult(new BucketPage([], query.Memory));
    }

    private TableWindow<double> Numbers() =>
        new(readings.Store.Engine, readings.Store.Numbers, "value", static (ref RowBinary row) => row.Float64());

    private TableWindow<string> Texts() =>
        new(readings.Store.Engine, readings.Store.Texts, "text", static (ref RowBinary row) => row.Text());

    private async IAsyncEnumerable<Point<T>> PagesAsync<T>(
        ReadingTable table, string column, ValueReader<T> value, long series, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (from < to)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await readings.Store.Engine.Reader.QueryAsync(
                $"""
                SELECT time, {column}, quality FROM {table.Name} WHERE series = {series} AND time >= {from} AND time < {to}
                ORDER BY series, time, arrived DESC LIMIT 1 BY series, time LIMIT {PageRows}
                """,
                rows =>
                {
                    List<Point<T>> points = [];
                    while (rows.More)
                    {
                        points.Add(new Point<T>(rows.Int64(), value(ref rows), (Quality)rows.UInt8()));
                    }

                    return points;
                });
            foreach (var point in page)
            {
                yield return point;
            }

            from = page.Count < PageRows ? to : page[^1].Time + 1;
        }
    }
}

using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>The texts of many series.</summary>
internal sealed class ReadingTexts
{
    private readonly Dictionary<long, (List<long> Times, List<string> Texts, List<Quality> Qualities)> runs = [];

    public static ReadingTexts None { get; } = new();

    /// <summary>The first series of which the answer may lack something, because it had as many rows as were allowed; null: it is whole.</summary>
    public long? Cut { get; private set; }

    /// <summary>Empty when there is none.</summary>
    public ReadingRun<string> Of(long series) =>
        runs.TryGetValue(series, out var run) ? new(run.Times.ToArray(), run.Texts.ToArray(), run.Qualities.ToArray()) : default;

    /// <summary>The texts of these stretches, at most so many rows.</summary>
    public static Task<ReadingTexts> ReadAsync(ReadingStore store, IReadOnlyList<Stretch> stretches, int most) => store.Engine.Reader.QueryAsync(
        $"""
        SELECT series, time, text, quality FROM {store.Texts.Name} WHERE {Stretch.Sql(stretches)}
        ORDER BY series, time, arrived LIMIT {most} SETTINGS max_threads = 1
        """,
        rows => Read(rows, most));

    private static ReadingTexts Read(RowBinary rows, int most)
    {
        var read = new ReadingTexts();
        var (count, last) = (0, 0L);
        for (; rows.More; count++)
        {
            last = rows.Int64();
            if (!read.runs.TryGetValue(last, out var run))
            {
                read.runs[last] = run = ([], [], []);
            }

            var time = rows.Int64();
            if (run.Times.Count > 0 && run.Times[^1] == time)
            {
                // It arrived later.
                var end = run.Times.Count - 1;
                run.Times.RemoveAt(end);
                run.Texts.RemoveAt(end);
                run.Qualities.RemoveAt(end);
            }

            run.Times.Add(time);
            run.Texts.Add(rows.Text());
            run.Qualities.Add((Quality)rows.UInt8());
        }

        read.Cut = count == most ? last : null;
        return read;
    }
}

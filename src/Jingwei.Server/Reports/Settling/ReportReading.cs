using Jingwei.Server.Reports.Structuring;

namespace Jingwei.Server.Reports.Settling;

/// <summary>Reads reports, several at once: what they state, and what likeness looks at.</summary>
internal sealed class ReportReading(Structurer structurer) : IDisposable
{
    private readonly ReaderThreads threads = new(Environment.ProcessorCount);

    /// <summary>Reads reports; what came of each, in their order.</summary>
    public async Task<ReadReport[]> ReadAsync(IReadOnlyList<ReportRow> rows, CancellationToken cancellation)
    {
        var read = new ReadReport[rows.Count];
        var options = new ParallelOptions { TaskScheduler = threads, MaxDegreeOfParallelism = threads.MaximumConcurrencyLevel, CancellationToken = cancellation };
        await Parallel.ForAsync(0, rows.Count, options, async (place, _) =>
        {
            read[place] = Read(rows[place]);
            // Between two of an archive new reports have their turn.
            await Task.Yield();
        });
        return read;
    }

    public void Dispose() => threads.Dispose();

    private ReadReport Read(ReportRow row)
    {
        var facts = structurer.Read(row);
        var structure = structurer.Structure(row, facts);
        return new(row, structure, structurer.Profile(row, facts, structure.Fact("region")?.Text));
    }
}

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>Gathers what recovery reads, frame by frame, into pieces as large as the engine takes them.</summary>
internal sealed class Replay(int values, Func<IReadOnlyList<CommittedBatch>, Task> write)
{
    private readonly List<CommittedBatch> batches = [];
    private int gathered;

    public async Task AddAsync(IReadOnlyList<CommittedBatch> frame)
    {
        foreach (var batch in frame)
        {
            batches.Add(batch);
            gathered += batch.Weight;
            if (gathered >= values)
            {
                await EndAsync();
            }
        }
    }

    /// <summary>Writes what is left.</summary>
    public async Task EndAsync()
    {
        if (batches.Count == 0)
        {
            return;
        }

        await write(batches);
        batches.ForEach(batch => batch.Batch.Dispose());
        batches.Clear();
        gathered = 0;
    }
}

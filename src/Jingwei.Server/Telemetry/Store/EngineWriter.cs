using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Puts messages of the log into the engine in their order, exactly once. Each insert is atomic and holds whole messages with their
/// stamps; only then the checkpoint moves, in one transaction with the counts and the rejects. After a crash between the
/// two, the highest stamp in the engine tells which of the messages behind the checkpoint are there already.
/// </summary>
internal sealed class EngineWriter(
    Database database, Accounting accounting, SeriesRegistry series, ReadingStore store, Rollups rollups, RejectStore rejects,
    Retry retry) : IDisposable
{
    private readonly Half[] halves = [new(series, store.Numbers, texts: false), new(series, store.Texts, texts: true)];

    /// <summary>The highest stamp in the engine, or the checkpoint that <see cref="StartAsync"/> was given where it holds nothing behind that.</summary>
    public long HighestStamp => halves.Max(half => half.Highest);

    /// <summary>Learns what the engine holds behind the checkpoint.</summary>
    public async Task StartAsync(long checkpoint)
    {
        foreach (var half in halves)
        {
            half.Highest = Math.Max(checkpoint, await half.Table.HighestStampAsync(checkpoint));
        }
    }

    /// <summary>
    /// Works off messages that follow on from the last ones; the counts in memory must have them as pending. A refusal is waited out; whatever
    /// else it throws, what of the messages is written is unknown, and only a new start finds out.
    /// </summary>
    /// <param name="giveUp">Once set, a refusal is not waited out any more.</param>
    public async Task WriteAsync(IReadOnlyList<CommittedBatch> batches, CancellationToken giveUp)
    {
        Dictionary<string, Settlement> settlements = new(StringComparer.Ordinal);
        foreach (var (_, batch) in batches)
        {
            Of(settlements, batch.Channel).Add(batch);
        }

        foreach (var half in halves)
        {
            // What a crash left in the engine above the checkpoint: inserts went in whole and in order.
            var there = batches.TakeWhile(batch => batch.Stamp <= half.Highest).ToList();
            await RecountAsync(half, there, settlements, giveUp);
            await InsertAsync(half, there.Count == 0 ? batches : [.. batches.Skip(there.Count)], settlements, giveUp);
        }

        await retry.RunAsync(() => Settle(batches, settlements), giveUp);
        accounting.Settled(settlements);
    }

    /// <summary>Gives back the memory that a burst needed.</summary>
    public void Trim()
    {
        foreach (var half in halves)
        {
            half.Rows.Trim();
        }
    }

    public void Dispose()
    {
        foreach (var half in halves)
        {
            half.Rows.Dispose();
        }
    }

    private Task Settle(IReadOnlyList<CommittedBatch> batches, Dictionary<string, Settlement> settlements)
    {
        database.Write((store, transaction) =>
        {
            Accounting.Store(store, transaction, settlements);
            rejects.Store(store, transaction, batches);
            Checkpoint.Advance(store, transaction, Checkpoint.Stored, batches[^1].LastStamp);
        });
        return Task.CompletedTask;
    }

    private async Task RecountAsync(Half half, List<CommittedBatch> batches, Dictionary<string, Settlement> settlements, CancellationToken giveUp)
    {
        if (batches.Count > 0)
        {
            half.Rows.Load(batches);
            var kinds = await retry.RunAsync(() => half.Classifier.ClassifyAsync(half.Rows, before: batches[0].Stamp), giveUp);
            Settle(half.Rows, kinds, batches, settlements);
        }
    }

    private async Task InsertAsync(
        Half half, IReadOnlyList<CommittedBatch> batches, Dictionary<string, Settlement> settlements, CancellationToken giveUp)
    {
        var rows = half.Rows;
        rows.Load(batches);
        if (rows.Count == 0)
        {
            return;
        }

        var kinds = await retry.RunAsync(() => half.Classifier.ClassifyAsync(rows), giveUp);
        Settle(rows, kinds, batches, settlements);
        var corrected = kinds is null ? null : Drop(rows, kinds);
        await InsertOnceAsync(half.Table, rows, batches[0].Stamp, giveUp);
        if (half.Table == store.Numbers)
        {
            await rollups.AddAsync(rows, corrected ?? [], batches[^1].LastStamp, giveUp);
        }

        var times = rows.Times;
        foreach (var run in rows.Runs)
        {
            run.Series.Known.Add(times[run.Start], times[run.End - 1]);
        }
    }

    // An insert is atomic and stamps only rise: whether one that was refused is there all the same, the highest stamp tells.
    private async Task InsertOnceAsync(ReadingTable table, SortedRows rows, long first, CancellationToken giveUp)
    {
        var again = false;
        await retry.RunAsync(
            async () =>
            {
                if (again && await table.HighestStampAsync(first) >= first)
                {
                    return;
                }

                again = true;
                await table.InsertAsync(rows);
            },
            giveUp);
    }

    private static void Settle(SortedRows rows, ReadingKind[]? kinds, IReadOnlyList<CommittedBatch> batches, Dictionary<string, Settlement> settlements)
    {
        if (batches.All(batch => batch.Batch.Channel == batches[0].Batch.Channel))
        {
            var only = Of(settlements, batches[0].Batch.Channel);
            only.Add(ReadingKind.New, rows.Count - (kinds?.Count(kind => kind != ReadingKind.New) ?? 0));
            foreach (var kind in (kinds ?? []).Where(kind => kind != ReadingKind.New))
            {
                only.Add(kind, 1);
            }

            return;
        }

        // The channel of each row, by where its message begins among all rows.
        var owners = new List<(int First, Settlement Owner)>(batches.Count);
        var total = 0;
        foreach (var (_, batch) in batches)
        {
            owners.Add((total, Of(settlements, batch.Channel)));
            total += batch.Accepted;
        }

        var starts = owners.ConvertAll(owner => owner.First);
        var origins = rows.Origins;
        for (var row = 0; row < rows.Count; row++)
        {
            var at = starts.BinarySearch(origins[row]);
            var owner = at >= 0 ? at : ~at - 1;
            // A message without rows begins where the next one does; the last of them is the one that has the row.
            while (owner + 1 < starts.Count && starts[owner + 1] == origins[row])
            {
                owner++;
            }

            owners[owner].Owner.Add(kinds?[row] ?? ReadingKind.New, 1);
        }
    }

    /// <summary>
    /// Leaves out what is there already, and of several values that one message has for a time all but the last. Answers what was corrected.
    /// </summary>
    private static List<(ReadingKey Key, long Stamp)> Drop(SortedRows rows, ReadingKind[] kinds)
    {
        List<(ReadingKey Key, long Stamp)> corrected = [];
        var dropped = new bool[rows.Count];
        var times = rows.Times;
        var stamps = rows.Stamps;
        foreach (var run in rows.Runs)
        {
            var kept = -1;
            for (var row = run.End - 1; row >= run.Start; row--)
            {
                dropped[row] = kinds[row] == ReadingKind.Duplicate || (kept >= 0 && times[kept] == times[row] && stamps[kept] == stamps[row]);
                kept = dropped[row] ? kept : row;
                if (kinds[row] == ReadingKind.Correction)
                {
                    corrected.Add((new ReadingKey(run.Series.Number, times[row]), stamps[row]));
                }
            }
        }

        rows.Drop(dropped);
        return corrected;
    }

    private static Settlement Of(Dictionary<string, Settlement> settlements, string channel)
    {
        if (!settlements.TryGetValue(channel, out var settlement))
        {
            settlements[channel] = settlement = new Settlement();
        }

        return settlement;
    }

    /// <summary>One of the two tables, and what is on its way into it.</summary>
    private sealed class Half(SeriesRegistry series, ReadingTable table, bool texts)
    {
        public ReadingTable Table => table;

        public Classifier Classifier { get; } = new(table);

        public SortedRows Rows { get; } = new(series, texts);

        public long Highest { get; set; }
    }
}

using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Puts entries of the log into the engine in their order, exactly once. Each batch is inserted atomically with its sequence
/// numbers; only then the checkpoint moves, in one transaction with the counts and the rejects. After a crash between the
/// two, the numbers in the engine tell which of the entries behind the checkpoint are there already.
/// </summary>
internal sealed class EngineWriter(Database database, Accounting accounting, Classifier numbers, Classifier texts, RejectStore rejects)
{
    // What is above the checkpoint in the engine already; looked at while the log is replayed, then empty.
    private readonly Dictionary<Classifier, Replayed> replayed = new() { [numbers] = Replayed.Nothing, [texts] = Replayed.Nothing };

    /// <summary>Told of the rows of each batch, after they are in the engine; the next batch waits for it.</summary>
    public required Func<IReadOnlyList<StoredReading>, Task> Inserted { get; init; }

    /// <summary>Learns what the engine holds: newest times, and what a crash left above the checkpoint.</summary>
    public async Task StartAsync(ulong checkpoint, IReadOnlyList<StoredReading> latestNumbers, IReadOnlyList<StoredReading> latestTexts)
    {
        numbers.Start(latestNumbers);
        texts.Start(latestTexts);
        foreach (var classifier in new[] { numbers, texts })
        {
            replayed[classifier] = new Replayed(await classifier.Table.AfterAsync(checkpoint));
        }
    }

    /// <summary>The highest number that the engine holds above the checkpoint; 0 for none.</summary>
    public ulong HighestReplayed => replayed.Values.Max(each => each.Last);

    /// <summary>Works off entries that follow on from the last ones; the counts in memory must have them as pending.</summary>
    public async Task WriteAsync(IReadOnlyList<LogEntry> entries)
    {
        Dictionary<string, Settlement> settlements = new(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            Of(settlements, entry.Channel).Add(entry);
        }

        await WriteAsync(numbers, entries, settlements);
        await WriteAsync(texts, entries, settlements);
        database.Write((store, transaction) =>
        {
            Accounting.Store(store, transaction, settlements);
            rejects.Store(store, transaction, entries);
            Checkpoint.Advance(store, transaction, Checkpoint.Stored, entries[^1].LastSequence);
        });
        accounting.Settled(settlements);
    }

    private async Task WriteAsync(Classifier classifier, IReadOnlyList<LogEntry> entries, Dictionary<string, Settlement> settlements)
    {
        var before = replayed[classifier];
        List<StoredReading> readings = [];
        List<Settlement> owners = [];
        foreach (var entry in entries)
        {
            var settlement = Of(settlements, entry.Channel);
            foreach (var reading in entry.Accepted.Where(reading => ReadingTable.IsText(reading.Value.Kind) == (classifier == texts)))
            {
                if (reading.Sequence <= before.Last)
                {
                    settlement.Add(before.KindOf(reading.Sequence));
                }
                else
                {
                    readings.Add(reading);
                    owners.Add(settlement);
                }
            }
        }

        var kinds = await classifier.ClassifyAsync(readings);
        List<StoredReading> rows = new(readings.Count);
        for (var index = 0; index < kinds.Length; index++)
        {
            owners[index].Add(kinds[index]);
            if (kinds[index] != ReadingKind.Duplicate)
            {
                rows.Add(readings[index]);
            }
        }

        await classifier.Table.InsertAsync(rows);
        await Inserted(rows);
    }

    private static Settlement Of(Dictionary<string, Settlement> settlements, string channel)
    {
        if (!settlements.TryGetValue(channel, out var settlement))
        {
            settlements[channel] = settlement = new Settlement();
        }

        return settlement;
    }

    /// <summary>Rows that a crash left in the engine above the checkpoint: batches went in whole and in order.</summary>
    private sealed class Replayed(Dictionary<ulong, bool> rows)
    {
        public static Replayed Nothing { get; } = new([]);

        public ulong Last { get; } = rows.Count == 0 ? 0 : rows.Keys.Max();

        public ReadingKind KindOf(ulong sequence) =>
            !rows.TryGetValue(sequence, out var corrected) ? ReadingKind.Duplicate
            : corrected ? ReadingKind.Correction
            : ReadingKind.New;
    }
}

using Jingwei.Server.Telemetry.Journal;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>What a reading is beside those before it.</summary>
internal enum ReadingKind
{
    New,

    /// <summary>Another value, quality or flag for the same series and time: kept, and wins.</summary>
    Correction,

    /// <summary>The very same again: counted, not kept.</summary>
    Duplicate,
}

/// <summary>
/// Tells new readings from repeated and corrected ones. A reading after the newest of its series is new without asking;
/// for the others one query asks the engine, so live data costs nothing.
/// </summary>
internal sealed class Classifier(ReadingTable table)
{
    private readonly Dictionary<long, long> newest = [];

    public ReadingTable Table => table;

    /// <summary>Tells what is in the engine already.</summary>
    public void Start(IEnumerable<StoredReading> latest)
    {
        foreach (var reading in latest)
        {
            newest[reading.Series] = reading.Time;
        }
    }

    /// <summary>Judges readings in the order of the log.</summary>
    public async Task<ReadingKind[]> ClassifyAsync(IReadOnlyList<StoredReading> readings)
    {
        var kinds = new ReadingKind[readings.Count];
        var asked = Asked(readings);
        if (asked.Count > 0)
        {
            Compare(readings, kinds, asked, await table.HeldAsync(asked));
        }

        return kinds;
    }

    // Moves the newest times on, and finds the keys that may be there already, in the engine or earlier in the batch.
    private HashSet<ReadingKey> Asked(IReadOnlyList<StoredReading> readings)
    {
        HashSet<ReadingKey> asked = [];
        foreach (var reading in readings)
        {
            if (!newest.TryGetValue(reading.Series, out var last) || reading.Time > last)
            {
                newest[reading.Series] = reading.Time;
            }
            else
            {
                asked.Add(new ReadingKey(reading.Series, reading.Time));
            }
        }

        return asked;
    }

    private static void Compare(
        IReadOnlyList<StoredReading> readings, ReadingKind[] kinds, HashSet<ReadingKey> asked, Dictionary<ReadingKey, HeldValue> held)
    {
        for (var index = 0; index < readings.Count; index++)
        {
            var reading = readings[index];
            var key = new ReadingKey(reading.Series, reading.Time);
            if (!asked.Contains(key))
            {
                continue;
            }

            var value = HeldValue.Of(reading);
            kinds[index] = !held.TryGetValue(key, out var before) ? ReadingKind.New
                : before == value ? ReadingKind.Duplicate
                : ReadingKind.Correction;
            held[key] = value;
        }
    }
}

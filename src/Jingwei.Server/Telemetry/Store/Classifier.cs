using System.Runtime.InteropServices;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>What a reading is beside those before it.</summary>
internal enum ReadingKind : byte
{
    New,

    /// <summary>Another value, quality or flag for the same series and time: kept, and wins.</summary>
    Correction,

    /// <summary>The very same again: counted, not kept.</summary>
    Duplicate,
}

/// <summary>
/// Tells new readings from repeated and corrected ones. Where <see cref="KnownTimes"/> shows that nothing can be there, a reading is new
/// without asking; for the others one query asks the engine, so live data costs nothing.
/// </summary>
internal sealed class Classifier(ReadingTable table)
{
    /// <summary>Judges rows; null when all of them are new, which is nearly always.</summary>
    /// <param name="before">Only rows with an earlier stamp count as held: what is in the engine of these very rows is not.</param>
    public async Task<ReadingKind[]?> ClassifyAsync(SortedRows rows, long before = long.MaxValue)
    {
        var asked = Asked(rows, all: before != long.MaxValue);
        return asked is null ? null : Compare(rows, await table.HeldAsync(asked, before));
    }

    // The keys that may be there already, in the engine or earlier among the rows; null for none at all.
    private static HashSet<ReadingKey>? Asked(SortedRows rows, bool all)
    {
        HashSet<ReadingKey>? asked = null;
        var times = rows.Times;
        foreach (var run in rows.Runs)
        {
            var known = run.Series.Known;
            for (var row = run.Start; row < run.End; row++)
            {
                if (all || !known.IsNew(times[row]) || (row > run.Start && times[row] == times[row - 1]))
                {
                    (asked ??= []).Add(new ReadingKey(run.Series.Number, times[row]));
                }
            }
        }

        return asked;
    }

    // Rows of a key lie behind each other in the order of their arrival.
    private static ReadingKind[] Compare(SortedRows rows, Dictionary<ReadingKey, HeldValue> held)
    {
        var kinds = new ReadingKind[rows.Count];
        var times = rows.Times;
        foreach (var run in rows.Runs)
        {
            for (var row = run.Start; row < run.End; row++)
            {
                var value = rows.ValueOf(row);
                var again = row > run.Start && times[row] == times[row - 1];
                ref var before = ref CollectionsMarshal.GetValueRefOrNullRef(held, new ReadingKey(run.Series.Number, times[row]));
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref before))
                {
                    kinds[row] = before == value ? ReadingKind.Duplicate : ReadingKind.Correction;
                    before = value;
                }
                else if (again)
                {
                    kinds[row] = rows.ValueOf(row - 1) == value ? ReadingKind.Duplicate : ReadingKind.Correction;
                }
            }
        }

        return kinds;
    }
}

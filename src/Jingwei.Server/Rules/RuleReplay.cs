using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules;

/// <summary>Reads from the engine what arrived while nobody judged: after the last stored state, up to the start.</summary>
internal sealed class RuleReplay(Readings readings, SeriesRegistry series, Things things, PackCatalog packs)
{
    // Rows of one answer of the engine, of each table.
    private const int PageRows = 100_000;

    /// <summary>
    /// The most that is read again, of each table: some ten seconds of work. When more arrived since, what is known goes on from the start, as if
    /// nothing had come.
    /// </summary>
    public const int Most = 10_000_000;

    /// <summary>Messages after one stamp and up to another, in the order of their arrival; nothing when there are more than <see cref="Most"/> rows.</summary>
    public async IAsyncEnumerable<ReadingBatch> BatchesAsync(long after, long upTo)
    {
        if (readings.LastStamp == 0 || after >= upTo || await CountAsync(after, upTo) > Most)
        {
            yield break;
        }

        while (after < upTo)
        {
            var (numbers, numbersTo) = await PageAsync(readings.Store.Numbers, after, upTo);
            var (texts, textsTo) = await PageAsync(readings.Store.Texts, after, upTo);
            var end = Math.Min(numbersTo, textsTo);
            var rows = numbers.Concat(texts).Where(row => row.Arrived <= end).GroupBy(row => row.Arrived).OrderBy(message => message.Key);
            foreach (var message in rows)
            {
                yield return new ReadingBatch(message.Key, [.. message.Select(ReadingOf).OfType<Reading>()]);
            }

            after = end;
        }
    }

    private async Task<long> CountAsync(long after, long upTo) =>
        Math.Max(await readings.Store.Numbers.ArrivedCountAsync(after, upTo), await readings.Store.Texts.ArrivedCountAsync(after, upTo));

    // A page ends with a whole message.
    private static async Task<(List<ArrivedValue> Rows, long UpTo)> PageAsync(ReadingTable table, long after, long upTo)
    {
        for (var limit = PageRows; ; limit *= 2)
        {
            var rows = await table.ArrivedAsync(after, upTo, limit);
            if (rows.Count < limit)
            {
                return (rows, upTo);
            }

            if (rows[^1].Arrived > rows[0].Arrived)
            {
                return (rows, rows[^1].Arrived - 1);
            }
        }
    }

    private Reading? ReadingOf(ArrivedValue row)
    {
        var of = series[row.Series];
        if (!things.TryGet(of.ThingId, out var thing) || packs.Current.Type(thing.Type)?.Property(of.PropertyId) is not { } property
            || ReadingTable.IsText(property.Kind) != (row.Text is not null))
        {
            return null;
        }

        var value = property.Kind switch
        {
            PropertyKind.Number or PropertyKind.Boolean => new ReadingValue(property.Kind, row.Number, null),
            _ => new ReadingValue(property.Kind, 0, row.Text),
        };
        return new Reading(thing, property, row.Series, row.Time, row.Arrived, value, row.Quality, null);
    }
}

using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>Brings the newest values of series up to date with a message, and tells what of it is followed.</summary>
internal static class NewestValues
{
    /// <param name="liveWindow">Microseconds; a reading older than this on arrival is late.</param>
    /// <param name="wanted">The followers to whom anything is to be told now, a bit each.</param>
    /// <returns>The readings that any of them follows.</returns>
    public static ImmutableArray<Reading> Take(IntakeBatch batch, SeriesRegistry registry, long liveWindow, uint wanted)
    {
        ImmutableArray<Reading>.Builder? followed = null;
        var series = batch.Series;
        var times = batch.Times;
        var numbers = batch.Numbers;
        var arrived = batch.Arrived;
        // What was rejected at first tells of the past.
        var isLate = batch.Replayed.Count > 0;
        var next = 0;
        for (var row = 0; row < series.Length; row++)
        {
            var of = registry[series[row]];
            var remark = batch.Remarks is { } marked && next < marked.Count && marked[next].Row == row ? marked[next++] : default;
            var isPlain = remark is { Text: null, Quality: Quality.Good, Flag: null };
            var newest = of.Update(times[row], arrived, numbers[row], isPlain ? null : RestOf(of, remark));
            if ((of.Followers & wanted) != 0)
            {
                (followed ??= ImmutableArray.CreateBuilder<Reading>()).Add(new Reading(
                    of.Thing!, of.Property!, of.Number, times[row], arrived, new ReadingValue(of.Property!.Kind, numbers[row], remark.Text), remark.Quality,
                    remark.Flag, Late: isLate || !newest || arrived - times[row] > liveWindow));
            }
        }

        return followed?.DrainToImmutable() ?? [];
    }

    private static LatestRest RestOf(Series of, in Remark remark) =>
        new(of.Property?.Kind ?? (remark.Text is null ? PropertyKind.Number : PropertyKind.Text), remark.Text, remark.Quality, remark.Flag);
}

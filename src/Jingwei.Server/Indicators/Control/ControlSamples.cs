using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Indicators.Control;

/// <summary>Takes samples for control charts out of readings.</summary>
public sealed class ControlSamples(ReadingQueries queries, SeriesRegistry series)
{
    /// <summary>Readings of one chart: a day at one a second. Beyond it the caller asks for less, or for fewer.</summary>
    public const int MostReadings = 100_000;

    /// <summary>Points of one chart: more than a screen shows.</summary>
    public const int MostPoints = 5_000;

    /// <summary>Good readings as subgroups of a size: one after the other, or the first of each interval. A subgroup that is not full is left out.</summary>
    /// <param name="every">Microseconds; 0: one after the other.</param>
    /// <returns>Null when there are more readings than <see cref="MostReadings"/>.</returns>
    public async Task<IReadOnlyList<ControlSample>?> ValuesAsync(string thing, string property, long from, long to, int size, long every)
    {
        if (series.Find(thing, property) is not { } of)
        {
            return [];
        }

        var window = (await queries.ReadAsync([of.Number], from, to, carriesIn: false)).Numbers(of.Number);
        if (window.Points.Length > MostReadings)
        {
            return null;
        }

        var good = window.Points.Where(point => point.Quality == Quality.Good);
        var groups = every == 0 ? good.Chunk(size) : good.GroupBy(point => Math.DivRem(point.Time, every).Quotient).Select(group => group.Take(size).ToArray());
        return [.. groups
            .Where(group => group.Length == size)
            .Select(group => new ControlSample(group[0].Time, [.. group.Select(point => point.Value)], size))];
    }

    /// <summary>What two counters grew by in each interval: nonconforming items among those inspected.</summary>
    public async Task<IReadOnlyList<ControlSample>?> FractionsAsync(string thing, string defective, string inspected, long from, long to, long every)
    {
        var found = new[] { defective, inspected }.Select(property => (property, Series: series.Find(thing, property))).Where(each => each.Series is not null).ToList();
        if (found.Count < 2)
        {
            return [];
        }

        var window = await queries.ReadAsync([.. found.Select(each => (long)each.Series!.Number)], from, to);
        if (found.Sum(each => window.Numbers(each.Series!.Number).Points.Length) > MostReadings)
        {
            return null;
        }

        var runs = found.ToDictionary(each => each.property, each => Run(window.Numbers(each.Series!.Number)), StringComparer.Ordinal);
        var kinds = new[] { defective, inspected }
            .Select(property => TallyKind.Of(new IndicatorInput(property, InputKind.Increase, property, [], false, null, Combine.Sum, Label.Of(property)))).ToArray();
        var samples = new List<ControlSample>();
        for (var start = from - (from % every); start < to; start += every)
        {
            var span = new WindowSpan(IndicatorWindow.Hour, Math.Max(start, from), Math.Min(start + every, to), Shift: null);
            var sheet = TallySheet.Of(span, kinds, runs);
            samples.Add(new ControlSample(
                span.From, [sheet.At(kinds[0], span.To).Figure(InputKind.Increase) ?? 0], sheet.At(kinds[1], span.To).Figure(InputKind.Increase) ?? 0));
        }

        return samples;
    }

    private static SampleRun Run(SeriesWindow<double> window) => SampleRun.Of(
        new[] { window.Before }.OfType<Point<double>>().Concat(window.Points.Where(point => point.Quality == Quality.Good))
            .Select(point => new Sample(point.Time, point.Value, null)));
}

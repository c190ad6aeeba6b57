using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server.Indicators.Control;

/// <summary>What a control chart is asked for.</summary>
/// <param name="Property">The measured property; for a p chart the counter of nonconforming items.</param>
/// <param name="Of">For a p chart: the counter of inspected items.</param>
/// <param name="Subgroup">Values in a subgroup; default 5.</param>
/// <param name="Every">An interval such as 10m: its first values are taken; for a p chart, what the counters grew by in it (default 1h).</param>
/// <param name="BaselineFrom">What the limits are computed from; default all that is shown.</param>
/// <param name="Lower">Lower specification limit.</param>
public sealed record ControlChartQuery(
    [property: FromQuery] string? Property, [property: FromQuery] string? Chart, [property: FromQuery] string? Of, [property: FromQuery] int? Subgroup,
    [property: FromQuery] string? Every, [property: FromQuery] DateTimeOffset? From, [property: FromQuery] DateTimeOffset? To,
    [property: FromQuery] DateTimeOffset? BaselineFrom, [property: FromQuery] DateTimeOffset? BaselineTo, [property: FromQuery] double? Lower,
    [property: FromQuery] double? Upper);

/// <summary>Limits of a chart as they are shown.</summary>
public sealed record LimitsItem(double Lower, double Centre, double Upper)
{
    public static LimitsItem Of(ControlLimits limits) => new(limits.Lower, limits.Centre, limits.Upper);
}

/// <summary>A point as it is shown.</summary>
public sealed record ControlPointItem(DateTimeOffset At, double Value, double? Spread, double Size, double Lower, double Upper, IReadOnlyList<int> Rules, bool SpreadOut);

/// <summary>A control chart.</summary>
/// <param name="Chart">xbar-r, individuals or p.</param>
/// <param name="Limits">Null when there is too little to compute them from.</param>
/// <param name="Spread">Of the range, or moving range; null for a p chart.</param>
public sealed record ControlChartItem(
    string Thing, string Property, Label PropertyName, string? Unit, string Chart, int Subgroup, DateTimeOffset From, DateTimeOffset To, LimitsItem? Limits,
    LimitsItem? Spread, double? Deviation, Capability? Capability, IReadOnlyList<ControlPointItem> Points);

/// <summary>Control charts of measured properties.</summary>
public static class ControlChartEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(8);

    private static readonly Dictionary<string, ChartKind> Kinds = new(StringComparer.Ordinal)
    {
        ["individuals"] = ChartKind.Individuals,
        ["xbar-r"] = ChartKind.XbarR,
        ["p"] = ChartKind.P,
    };

    public static void MapControlCharts(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/things/{id}/control-chart", GetAsync).Requires(Right.View).WithSummary("A Shewhart control chart of a property, with the Western Electric rules and Cp, Cpk.");

    private static async Task<Results<Ok<ControlChartItem>, ProblemHttpResult>> GetAsync(
        Caller caller, string id, [AsParameters] ControlChartQuery query, Visible visible, PackCatalog packs, ControlSamples samples, TimeProvider time)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        if (!Kinds.TryGetValue(query.Chart ?? "individuals", out var kind))
        {
            return Problems.Invalid("bad-chart", "chart: individuals, xbar-r or p.");
        }

        var type = packs.Current.Type(thing.Type);
        if (type?.Property(query.Property ?? "") is not { Kind: PropertyKind.Number } property || (kind == ChartKind.P && type.Property(query.Of ?? "")?.Kind != PropertyKind.Number))
        {
            return Problems.Invalid("bad-property", kind == ChartKind.P ? "property and of: two counters of the thing." : "property: a number of the thing.");
        }

        var size = kind == ChartKind.XbarR ? query.Subgroup ?? 5 : 1;
        if (kind == ChartKind.XbarR && (size < ControlConstants.Smallest || size > ControlConstants.Largest))
        {
            return Problems.Invalid("bad-subgroup", $"subgroup: {ControlConstants.Smallest} to {ControlConstants.Largest} values.");
        }

        var every = TimeSpan.Zero;
        if ((query.Every ?? (kind == ChartKind.P ? "1h" : null)) is { } text && !Duration.TryParse(text, out every))
        {
            return Problems.Invalid("bad-every", "every: a duration such as 10m.");
        }

        var (to, from) = (query.To ?? time.GetUtcNow(), query.From ?? (query.To ?? time.GetUtcNow()) - Usual);
        if (from >= to || (every > TimeSpan.Zero && (to - from) / every > ControlSamples.MostPoints))
        {
            return Problems.Invalid("bad-range", $"from is before to, and there are at most {ControlSamples.MostPoints} intervals between.");
        }

        var taken = kind == ChartKind.P
            ? await samples.FractionsAsync(id, property.Id, query.Of!, Instant.Of(from), Instant.Of(to), Instant.Of(every))
            : await samples.ValuesAsync(id, property.Id, Instant.Of(from), Instant.Of(to), size, Instant.Of(every));
        return taken is null || taken.Count > ControlSamples.MostPoints
            ? Problems.Invalid("too-many-readings", $"There are more than {ControlSamples.MostReadings} readings or {ControlSamples.MostPoints} points: ask for less time, or give every.")
            : TypedResults.Ok(Item(id, property, query, kind, size, from, to, taken));
    }

    private static ControlChartItem Item(
        string thing, Property property, ControlChartQuery query, ChartKind kind, int size, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ControlSample> samples)
    {
        var (first, last) = (Instant.Of(query.BaselineFrom ?? from), Instant.Of(query.BaselineTo ?? to));
        var chart = samples.Count == 0 ? null : ControlChart.Of(kind, samples, sample => sample.Time >= first && sample.Time < last);
        return new ControlChartItem(
            thing, property.Id, property.Name, kind == ChartKind.P ? "%" : property.Unit, query.Chart ?? "individuals", size, from, to,
            chart is null ? null : LimitsItem.Of(chart.Limits),
            chart?.Spread is { } spread ? LimitsItem.Of(spread) : null,
            chart?.Deviation,
            chart is null ? null : Capability.Of(chart.Limits.Centre, chart.Deviation, query.Lower, query.Upper),
            [.. chart?.Points.Select(point => new ControlPointItem(
                Instant.ToTime(point.Time), point.Value, point.Spread, point.Size, point.Limits.Lower, point.Limits.Upper, point.Rules, point.SpreadOut)) ?? []]);
    }
}

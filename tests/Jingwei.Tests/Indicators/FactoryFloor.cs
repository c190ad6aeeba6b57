using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Tests.Indicators;

/// <summary>A small industry for tests: machines below operations below a line, with the indicators of ISO 22400-2.</summary>
internal static class FactoryFloor
{
    public static readonly Label Word = Label.Of("-");

    public static readonly Property State = new(
        "state", PropertyKind.Enumeration, null, null, null, Counter: false,
        [.. new[] { "producing", "idle", "setup", "minor_stop", "breakdown", "planned_stop" }.Select(id => new EnumerationValue(id, new Label($"{id}中", id)))],
        0, new Label("状态", "state"));

    public static readonly Property IdealCycleTime = Number("ideal_cycle_time", "s");
    public static readonly Property Produced = Number("produced_count", "{panel}", counter: true);
    public static readonly Property Good = Number("good_count", "{panel}", counter: true);
    public static readonly Property Temperature = Number("temperature", "Cel");
    public static readonly Property DoorOpen = new("door_open", PropertyKind.Boolean, null, null, null, Counter: false, [], 0, new Label("门", "door"));

    public static readonly ImmutableArray<ThingType> Types =
    [
        Type("machine", isAbstract: true, ["machine"], State, IdealCycleTime, Produced, Good, Temperature, DoorOpen),
        Type("drilling-machine", isAbstract: false, ["drilling-machine", "machine"], State, IdealCycleTime, Produced, Good, Temperature, DoorOpen),
        Type("operation", isAbstract: false, ["operation"]),
        Type("line", isAbstract: false, ["line"]),
    ];

    public static readonly ImmutableArray<Shift> Shifts =
    [
        new("day", new TimeOnly(8, 0), new TimeOnly(16, 0), Word),
        new("swing", new TimeOnly(16, 0), new TimeOnly(0, 0), Word),
        new("night", new TimeOnly(0, 0), new TimeOnly(8, 0), Word),
    ];

    public static readonly ImmutableArray<Indicator> Oee =
    [
        Indicator("availability", "apt / pbt", Duration("apt", ["producing"]), Duration("pbt", ["planned_stop"], except: true)),
        Indicator("effectiveness", "planned / apt", Increase("planned", "produced_count", "ideal_cycle_time"), Duration("apt", ["producing"])),
        Indicator("quality", "gq / pq", Increase("gq", "good_count"), Increase("pq", "produced_count")),
        Indicator(
            "oee", "a * e * q",
            Input("a", InputKind.Indicator, "availability"), Input("e", InputKind.Indicator, "effectiveness"), Input("q", InputKind.Indicator, "quality"))
            with { Bands = [new(Band.Green, ">=", 0.85, Word), new(Band.Yellow, ">=", 0.65, Word), new(Band.Red, "<", 0.65, Word)] },
        Indicator("rolled", "r", Input("r", InputKind.Children, "quality") with { Combine = Combine.Product }) with { Types = ["line"] },
    ];

    /// <summary>One of every kind of input and window, of machines and of what they are part of.</summary>
    public static readonly ImmutableArray<Indicator> EveryKind =
    [
        .. Oee,
        Indicator("hourly-mean", "m", Input("m", InputKind.Mean, "temperature")) with { Window = IndicatorWindow.Hour },
        Indicator("daily-scrap", "s", Increase("s", "produced_count", "ideal_cycle_time") with { After = "state", States = ["setup"], Within = TimeSpan.FromMinutes(30) })
            with { Window = IndicatorWindow.Day },
        Indicator("week-failures", "up / n", Duration("up", ["producing"]), Input("n", InputKind.Entries, "state") with { States = ["breakdown"] })
            with { Window = IndicatorWindow.Week },
        Indicator(
            "month-output", "planned / up + extreme - low",
            Increase("planned", "produced_count", "ideal_cycle_time"), Duration("up", ["producing"]), Input("extreme", InputKind.Max, "temperature"), Input("low", InputKind.Min, "temperature"))
            with { Window = IndicatorWindow.Month },
        Indicator("month-mean", "m", Input("m", InputKind.Mean, "temperature")) with { Window = IndicatorWindow.Month },
        Indicator("month-index", "", Input("a", InputKind.Indicator, "month-mean") with { Weight = 0.3 }, Input("b", InputKind.Indicator, "month-output") with { Weight = 0.7 })
            with { Window = IndicatorWindow.Month },
        Indicator("month-of-machines", "w", Input("w", InputKind.Children, "month-mean") with { Combine = Combine.Mean, By = "month-output" })
            with { Window = IndicatorWindow.Month, Types = ["line"] },
    ];

    public static PackSet Floor(IEnumerable<Indicator>? indicators = null, IEnumerable<Rule>? rules = null) => new(
    [
        new Pack("floor", "1.0.0", Word, Word, [], Shifts, Types, [], [.. rules ?? []], [.. indicators ?? Oee], [], [], []),
    ]);

    public static Thing Thing(string id, string type = "drilling-machine", string? parent = null) =>
        new(id, type, id, "root", "root", parent, null, At("2026-01-01T00:00:00Z"), 1);

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    /// <summary>Microseconds since the epoch.</summary>
    public static long Us(string time) => Us(At(time));

    public static long Us(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A good reading that arrived the moment it was taken; of the day 2026-01-05 when only a time of day is given.</summary>
    public static Reading Reading(Thing thing, Property property, string time, object value)
    {
        var at = Us(time.Contains('T', StringComparison.Ordinal) ? time : $"2026-01-05T{time}Z");
        var series = Math.Abs((long)HashCode.Combine(thing.Id, property.Id));
        return new Reading(thing, property, series, at, at, Value(property, value), Quality.Good, null);
    }

    public static IndicatorInput Input(string id, InputKind kind, string source) => new(id, kind, source, [], false, null, Combine.Sum, Word);

    public static IndicatorInput Duration(string id, string[] states, bool except = false) =>
        new(id, InputKind.Duration, "state", [.. states], except, null, Combine.Sum, Word);

    public static IndicatorInput Increase(string id, string source, string? times = null) =>
        new(id, InputKind.Increase, source, [], false, times, Combine.Sum, Word);

    public static Indicator Indicator(string id, string formula, params IndicatorInput[] inputs) =>
        new(id, "floor", ["machine", "operation", "line"], IndicatorWindow.Shift, "%", [.. inputs], formula, [], Word, Word);

    private static ReadingValue Value(Property property, object value) => value switch
    {
        bool flag => new ReadingValue(property.Kind, flag ? 1 : 0, null),
        string text => new ReadingValue(property.Kind, 0, text),
        _ => new ReadingValue(property.Kind, Convert.ToDouble(value, CultureInfo.InvariantCulture), null),
    };

    private static Property Number(string id, string unit, bool counter = false) =>
        new(id, PropertyKind.Number, unit, null, null, counter, [], 0, new Label($"{id}值", id));

    private static ThingType Type(string id, bool isAbstract, string[] lineage, params Property[] properties) =>
        new(id, "floor", lineage.ElementAtOrDefault(1), isAbstract, null, Word, [.. lineage], [.. properties], []);
}

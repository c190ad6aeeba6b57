using System.Collections.Immutable;
using Jingwei.Server;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Bench.Indicators;

/// <summary>Machines of ten lines of a plant, the figures that they have, and readings of them that come in order, late, and once more with another value.</summary>
internal sealed class Plant
{
    private static readonly Label Word = Label.Of("-");
    private static readonly string[] States = ["producing", "idle", "setup", "breakdown", "planned_stop"];

    private static readonly Property State = new(
        "state", PropertyKind.Enumeration, null, null, null, Counter: false, [.. States.Select(id => new EnumerationValue(id, Label.Of(id)))], 0, Word);

    private static readonly Property Ideal = new("ideal_cycle_time", PropertyKind.Number, "s", null, null, Counter: false, [], 0, Word);
    private static readonly Property Produced = new("produced_count", PropertyKind.Number, "1", null, null, Counter: true, [], 0, Word);
    private static readonly Property Good = new("good_count", PropertyKind.Number, "1", null, null, Counter: true, [], 0, Word);
    private static readonly Property Temperature = new("temperature", PropertyKind.Number, "Cel", null, null, Counter: false, [], 0, Word);

    private readonly Random random;
    private readonly double[] produced;
    private readonly double[] good;

    public Plant(int machines, int seed)
    {
        random = new Random(seed);
        (produced, good) = (new double[machines], new double[machines]);
        Machines = [.. Enumerable.Range(0, machines).Select(number => Make($"m{number:d4}", "machine", $"line{number % 10}"))];
        Things = [Make("plant", "plant", null), .. Enumerable.Range(0, 10).Select(number => Make($"line{number}", "line", "plant")), .. Machines];
    }

    public Thing[] Machines { get; }

    public Thing[] Things { get; }

    public PackSet Packs { get; } = new(
    [
        new Pack(
            "bench", "1.0.0", Word, Word, [], [],
            [Type("machine", State, Ideal, Produced, Good, Temperature), Type("line"), Type("plant")],
            [], [],
            [
                Indicator("oee-day", IndicatorWindow.Day), Indicator("oee-week", IndicatorWindow.Week), Indicator("oee-month", IndicatorWindow.Month),
                Of("mean-month", IndicatorWindow.Month, "m", Input("m", InputKind.Mean, "temperature")),
                Of("failures-month", IndicatorWindow.Month, "n", Input("n", InputKind.Entries, "state", "breakdown")),
            ],
            [], [], []),
    ]);

    /// <summary>The readings of half an hour, by the time that they were taken, and when each comes in.</summary>
    public IEnumerable<(Reading Reading, long Arrives)> HalfHour(long start)
    {
        for (var number = 0; number < Machines.Length; number++)
        {
            var at = start + (random.Next(0, 1_700) * Instant.PerSecond);
            produced[number] += random.Next(0, 60);
            good[number] = Math.Min(produced[number], good[number] + random.Next(0, 60));
            yield return Arriving(number, State, at, new ReadingValue(State.Kind, 0, States[random.Next(States.Length)]));
            yield return Arriving(number, Produced, at + 1, new ReadingValue(Produced.Kind, produced[number], null));
            yield return Arriving(number, Good, at + 1, new ReadingValue(Good.Kind, good[number], null));
            yield return Arriving(number, Temperature, at, new ReadingValue(Temperature.Kind, 20 + random.NextDouble(), null));
            if (random.Next(16) == 0)
            {
                yield return Arriving(number, Ideal, at, new ReadingValue(Ideal.Kind, 20 + random.NextDouble(), null));
            }

            if (random.Next(100) == 0)
            {
                // The same time again, with another value, up to five days later.
                yield return (Make(number, Temperature, at, new ReadingValue(Temperature.Kind, 30 + random.NextDouble(), null)), at + (random.NextInt64(5 * 24) * Instant.PerHour));
                yield return (Make(number, Good, at + 1, new ReadingValue(Good.Kind, good[number] - 1, null)), at + (random.NextInt64(5 * 24) * Instant.PerHour));
            }
        }
    }

    // One in ten is late, by up to three days.
    private (Reading Reading, long Arrives) Arriving(int number, Property property, long at, ReadingValue value) =>
        (Make(number, property, at, value), at + (random.Next(10) == 0 ? random.NextInt64(3 * 24) * Instant.PerHour : 0));

    private Reading Make(int number, Property property, long at, ReadingValue value) => new(Machines[number], property, 0, at, at, value, Quality.Good, null);

    private static Thing Make(string id, string type, string? parent) => new(id, type, id, "root", "root", parent, null, DateTimeOffset.UnixEpoch, 1);

    private static ThingType Type(string id, params Property[] properties) => new(id, "bench", null, Abstract: false, null, Word, [id], [.. properties], []);

    private static IndicatorInput Input(string id, InputKind kind, string source, params string[] states) => new(id, kind, source, [.. states], false, null, Combine.Sum, Word);

    private static Indicator Indicator(string id, IndicatorWindow window) => Of(
        id, window, "planned / pbt * gq / pq",
        Input("planned", InputKind.Increase, "produced_count") with { Times = "ideal_cycle_time" },
        Input("pbt", InputKind.Duration, "state", "planned_stop") with { Except = true },
        Input("gq", InputKind.Increase, "good_count"),
        Input("pq", InputKind.Increase, "produced_count"));

    private static Indicator Of(string id, IndicatorWindow window, string formula, params ImmutableArray<IndicatorInput> inputs) =>
        new(id, "bench", ["machine", "line", "plant"], window, "1", inputs, formula, [], Word, Word);
}

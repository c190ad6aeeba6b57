using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Rules.Trying;
using Jingwei.Server.Telemetry;
using Jingwei.Tests.Telemetry;

namespace Jingwei.Tests.Rules.Trying;

/// <summary>A past of which much need not be read comes out as if each reading was judged, as live rules judge.</summary>
[Collection(EngineTests.Name)]
public sealed class PassedOverTests(EngineFixture engine)
{
    private const int Hours = 72;

    private static readonly DateTimeOffset Begin = Bench.Start - TimeSpan.FromHours(Hours);
    private static readonly string[] Machines = ["m1", "m2", "m3"];

    private readonly Dictionary<(string Thing, string Property, long Time), (ReadingValue Value, Quality Quality)> told = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_rules_come_out_as_if_every_reading_was_judged(int seed)
    {
        await using var bench = await Bench.StartAsync(engine);
        var random = new Random(seed);
        await FillAsync(bench, random);
        await bench.RollAsync();
        await bench.RollAsync();
        // Of the later half some is corrected, and comes late; not all of it is summed up when the rules are tried.
        await CorrectAsync(bench, random, 40);
        await bench.RollAsync();
        await CorrectAsync(bench, random, 10);
        foreach (var (rule, allowsHours) in Rules())
        {
            await CompareAsync(bench, rule, Begin, Bench.Start, allowsHours);
            await CompareAsync(bench, rule, Begin.AddMinutes(random.Next(Hours * 30)), Bench.Start.AddMinutes(-random.Next(Hours * 20)), isSummed: false);
        }
    }

    private static IEnumerable<(RuleTryRequest Rule, bool AllowsHours)> Rules()
    {
        static RuleTryRequest Rule(string when, string? clear = null, string? lasts = null, string? clearFor = null) =>
            new(null, Plant.Type, when, clear, lasts, clearFor, null, default, null);
        yield return (Rule("temperature > 80.0"), true);
        yield return (Rule("temperature > 200.0"), true);
        yield return (Rule("temperature > 80.0", "temperature < 60.0", "5m", "10m"), true);
        yield return (Rule("temperature > 80.0", "temperature < 30.0"), true);
        yield return (Rule("temperature > 70.0 && running", null, "10m"), true);
        yield return (Rule("temperature < 22.0 || temperature > 85.0", null, null, "3h"), true);
        yield return (Rule("temperature > 75.0", null, "2h", "2h"), true);
        yield return (Rule("temperature < 90.0", null, "1h"), true);
        yield return (Rule("temperature - produced > 60.0 && !(produced >= 40.0)"), true);
        yield return (Rule("running ? temperature > 80.0 : temperature > 60.0", "!running", "0s", "20m"), true);
        yield return (Rule("state == 'breakdown' && temperature > 60.0", null, "3m"), false);
        yield return (Rule("avg(temperature, '10m') > 70.0"), false);
        yield return (Rule("temperature > 80.0 || zscore(temperature, '1d') > 3.0"), false);
    }

    private async Task CompareAsync(Bench bench, RuleTryRequest request, DateTimeOffset from, DateTimeOffset to, bool isSummed)
    {
        var (tried, faults) = TriedRules.Read(request with { From = from, To = to }, bench.Packs.Current);
        Assert.Empty(faults);
        // So little at a time that all that is done piece by piece is done.
        var limits = new TryLimits(Readings: 400, Rows: 700, Between: 40);
        var tries = new RuleTries(bench.Queries, bench.Series, new Alarms(bench.Database, bench.Clock), bench.Clock, limits);
        List<RuleTryLine> lines = [];
        var things = bench.Things.All.OrderBy(thing => thing.Id).ToList();
        await foreach (var line in tries.RunAsync(tried!, things, Instant.Of(from), Instant.Of(to), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        var counters = new RuleCounters();
        var expected = things.SelectMany(thing => EachJudged(tried!, thing, counters, Instant.Of(from), Instant.Of(to))).ToList();
        var found = lines.OfType<RuleTryAlarm>()
            .Select(alarm => $"{alarm.Thing} {alarm.RaisedAt:O} {alarm.ClearedAt:O} {alarm.Explanation.En}").ToList();
        // So many are told.
        Assert.Equal(expected.Take(500), found);
        var end = Assert.IsType<RuleTryEnd>(lines[^1]);
        var counts = counters.Of(tried!.Rule.Id);
        Assert.Equal((counts.Raised, counts.Errors), (end.Counts.Raised, end.Counts.Errors));
        if (!request.When!.Contains("running", StringComparison.Ordinal) && !request.When.Contains("produced", StringComparison.Ordinal))
        {
            Assert.Equal((counts.Evaluated, counts.Matched, counts.Suppressed), (end.Counts.Evaluated, end.Counts.Matched, end.Counts.Suppressed));
        }

        Assert.True(!isSummed || end.Totals.Summed > 0, $"{request.When}: nothing was passed over.");
        var inputs = tried.Plan.For(Plant.Type)!.Lanes[0].Inputs.Select(slot => Plant.Packs.Type(Plant.Type)!.Properties[slot].Id).ToList();
        Assert.Equal(
            told.Keys.Count(key => inputs.Contains(key.Property) && key.Time >= Instant.Of(from) && key.Time < Instant.Of(to)), end.Totals.Readings);
    }

    // The way of live rules: each picture in the order of time.
    private IEnumerable<string> EachJudged(TriedRule tried, Server.Directory.Thing thing, RuleCounters counters, long from, long to)
    {
        var plan = tried.Plan.For(thing.Type)!;
        var rules = new ThingRules(thing, plan.Lanes[0], counters, new Neighbours((_, _) => false), from);
        var inputs = plan.Lanes[0].Inputs.Select(slot => plan.Type.Properties[slot]).ToDictionary(property => property.Id);
        var mine = told.Where(each => each.Key.Thing == thing.Id && inputs.ContainsKey(each.Key.Property)).OrderBy(each => each.Key.Time).ToList();
        foreach (var before in mine.Where(each => each.Key.Time < from && each.Value.Quality == Quality.Good))
        {
            rules.Seed(before.Key.Property, before.Value.Value, before.Key.Time);
        }

        List<RuleEvent> events = [];
        foreach (var picture in mine.Where(each => each.Key.Time >= from && each.Key.Time < to).GroupBy(each => each.Key.Time))
        {
            Reading[] readings = [.. picture.Select(each => new Reading(
                thing, inputs[each.Key.Property], 1, each.Key.Time, each.Key.Time, each.Value.Value, each.Value.Quality, null))];
            rules.Take(readings, long.MaxValue, events);
        }

        rules.Tick(to, events);
        RuleEvent? raised = null;
        foreach (var said in events.Append(null))
        {
            if (raised is not null)
            {
                yield return $"{thing.Id} {raised.At:O} {said?.At:O} {Explanation.Of(raised).En}";
            }

            raised = said?.Transition == RuleTransition.Raise ? said : null;
        }
    }

    // Calm hours and wild ones, gaps, hours with readings that are not good; properties together and apart.
    private async Task FillAsync(Bench bench, Random random)
    {
        foreach (var machine in Machines)
        {
            var (temperature, produced, running) = (40.0, 10.0, true);
            for (var hour = 0; hour < Hours; hour++)
            {
                var (isWild, isDoubtful, gap) = (random.Next(5) == 0, random.Next(10) == 0, random.Next(8) == 0);
                for (var second = random.Next(90); second < 3600; second += gap ? random.Next(200, 1800) : random.Next(20, 120))
                {
                    temperature = Math.Clamp(Math.Round(temperature + (random.Next(-100, 101) / (isWild ? 5.0 : 50.0)) + ((45 - temperature) * 0.03), 1), 5, 120);
                    produced = random.Next(20) == 0 ? random.Next(60) : produced;
                    running = random.Next(30) == 0 ? !running : running;
                    var quality = !isDoubtful ? Quality.Good : random.Next(6) switch { 0 => Quality.Bad, 1 => Quality.Uncertain, _ => Quality.Good };
                    var time = Begin.AddHours(hour).AddSeconds(second);
                    var values = new Dictionary<string, object>(StringComparer.Ordinal);
                    if (random.Next(6) > 0)
                    {
                        values["temperature"] = quality == Quality.Uncertain ? Math.Min(150, temperature + random.Next(60)) : temperature;
                    }

                    if (random.Next(4) == 0)
                    {
                        values["produced"] = produced;
                        values["running"] = running;
                    }

                    if (random.Next(40) == 0)
                    {
                        values["state"] = random.Next(2) == 0 ? "breakdown" : "producing";
                    }

                    await SendAsync(bench, machine, time, quality, values);
                }
            }
        }

        await bench.SettleAsync();
    }

    private async Task CorrectAsync(Bench bench, Random random, int count)
    {
        var known = told.Keys.Where(key => key.Time > Instant.Of(Begin.AddHours(Hours / 2)) && key.Property is "temperature" or "running").ToArray();
        for (var index = 0; index < count; index++)
        {
            var (machine, property, at) = known[random.Next(known.Length)];
            var quality = random.Next(4) switch { 0 => Quality.Bad, 1 => Quality.Uncertain, _ => Quality.Good };
            var time = Instant.ToTime(random.Next(2) == 0 ? at : at + (random.Next(1, 15_000) * Instant.PerMillisecond));
            await SendAsync(bench, machine, time, quality, new(StringComparer.Ordinal)
            {
                [property] = property == "running" ? random.Next(2) == 0 : random.Next(5, 120),
            });
        }

        await bench.SettleAsync();
    }

    private async Task SendAsync(Bench bench, string machine, DateTimeOffset time, Quality quality, Dictionary<string, object> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var text = string.Join(',', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"\"{value.Key}\":{value.Value switch
        {
            string word => $"\"{word}\"",
            bool isOn => isOn ? "true" : "false",
            var number => Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        }}")));
        var sent = await bench.SendAsync(machine, string.Create(
            CultureInfo.InvariantCulture, $"{{\"ts\":{time.ToUnixTimeMilliseconds()},\"quality\":\"{quality.ToString().ToLowerInvariant()}\",\"values\":{{{text}}}}}"));
        Assert.Equal((values.Count, 0), (sent.Accepted, sent.Rejected.Count));
        foreach (var (property, value) in values)
        {
            told[(machine, property, Instant.Of(time))] = (value switch
            {
                string word => new ReadingValue(PropertyKind.Enumeration, 0, word),
                bool isOn => new ReadingValue(PropertyKind.Boolean, isOn ? 1 : 0, null),
                var number => new ReadingValue(PropertyKind.Number, Convert.ToDouble(number, CultureInfo.InvariantCulture), null),
            }, quality);
        }
    }
}

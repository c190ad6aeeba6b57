using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

/// <summary>Readings that come late, but not later than a rule waits, change nothing about its alarms.</summary>
public sealed class LatenessTests
{
    private const int Lateness = 30;
    private static readonly long Start = Us("2026-01-05T08:00:00Z");
    private static readonly Server.Directory.Thing[] Machines = [Thing("m1"), Thing("m2")];

    private static readonly Rule[] Rules =
    [
        Rule("hot", "temperature > 65.0", "temperature < 58.0", forSeconds: 10, clearSeconds: 5),
        Rule("both", "temperature > 50.0 && state == 'producing'"),
        Rule("often", "count(temperature > 60.0, '1m') >= 4"),
        Rule("mean", "avg(temperature, '2m') > 58.0 || rate(temperature, '1m') > 0.5"),
        Rule("whole", "max(temperature, 'tumbling 30s') > 70.0"),
        Rule("busy", "changes(state, 'session 20s') >= 3 || lasted(state == 'idle', '2m') > 40.0"),
        Rule("streak", "streak(temperature > 55.0) >= 3 && previous(temperature) < temperature"),
    ];

    [Fact]
    public void Any_order_within_the_lateness_gives_the_same_alarms()
    {
        var waiting = Rules.Select(rule => rule with { Lateness = TimeSpan.FromSeconds(Lateness) }).ToArray();
        var cases =
            from readings in Gen.ListOf(OneReading, 60)
            from delays in Gen.ListOf(Gen.Choose(0, Lateness * 1_000), readings.Count)
            select readings.DistinctBy(each => (each.Thing.Id, each.Property.Id, each.Time)).Zip(delays).ToList();
        Prop.ForAll(Arb.From(cases), drawn =>
        {
            var inOrder = Judge(Rules, drawn.Select(each => each.First).OrderBy(each => each.Time));
            var late = Judge(waiting, drawn.Select(each => each.First with { Arrived = each.First.Time + (each.Second * Instant.PerMillisecond) }));
            Assert.Equal(inOrder, late);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_reading_later_than_that_is_counted_and_changes_nothing()
    {
        var counters = new RuleCounters();
        var rule = Rule("hot", "temperature > 65.0") with { Lateness = TimeSpan.FromSeconds(Lateness) };
        var late = Reading(Machines[0], Temperature, "08:00:00", 90) with { Arrived = Us("2026-01-05T08:00:35Z") };
        Assert.Empty(RuleTrial.Run(With(rule), Machines, [Reading(Machines[0], Temperature, "08:00:31", 50), late], Us("2026-01-05T09:00:00Z"), counters));
        Assert.Equal((1, 1), (counters.Of("hot").Late, counters.Of("hot").Evaluated));
    }

    [Fact]
    public void The_last_readings_are_judged_when_the_lateness_has_passed()
    {
        var engine = new RuleEngine(With(Rule("hot", "temperature > 65.0") with { Lateness = TimeSpan.FromSeconds(Lateness) }), new RuleCounters(), Start, long.MaxValue);
        Assert.Empty(engine.Take([Reading(Machines[0], Temperature, "08:00:00", 90)]));
        Assert.Empty(engine.Tick(Us("2026-01-05T08:00:29Z")));
        Assert.Equal(["+hot 08:00:00"], Shown(engine.Tick(Us("2026-01-05T08:00:30Z"))));
    }

    private static Gen<Reading> OneReading =>
        from second in Gen.Choose(0, 240)
        from machine in Gen.Elements(Machines)
        from isState in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from temperature in Gen.Choose(40, 80)
        from state in Gen.Elements("producing", "idle", "setup")
        select Reading(machine, isState ? State : Temperature, At(Start, second), isState ? state : (double)temperature);

    private static string At(long start, int second) => Instant.Format(start + (second * Instant.PerSecond));

    private static List<string> Judge(Rule[] rules, IEnumerable<Reading> readings) =>
        [.. RuleTrial.Run(With(rules), Machines, readings, Start + Instant.PerDay)
            .Select(each => $"{each.Thing} {each.Rule.Id} {Instant.Of(each.At)} {each.Transition}").Order(StringComparer.Ordinal)];
}

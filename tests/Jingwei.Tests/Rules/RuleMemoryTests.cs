using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using static Jingwei.Tests.Indicators.FactoryFloor;
using static Jingwei.Tests.Rules.RuleFloor;

namespace Jingwei.Tests.Rules;

/// <summary>What rules know outlives a start: an engine that goes on from the file says what one says that never stopped.</summary>
public sealed class RuleMemoryTests : IDisposable
{
    private static readonly long Start = Us("2026-01-05T08:00:00Z");
    private static readonly Server.Directory.Thing Machine = Thing("m1");
    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-").FullName;

    private static Server.Packs.Model.Rule[] Rules =>
    [
        Hot,
        Rule("often", "count(temperature > 60.0, '1m') >= 3"),
        Rule("mean", "avg(temperature, '2m') > limit") with { Parameters = [new("limit", 58, null, null, null)] },
        Rule("whole", "max(temperature, 'tumbling 30s') > 70.0 || stddev(temperature, 'session 20s') > 12.0"),
        Rule("states", "lasted(state == 'idle', '2m') > 30.0 || changes(state, '1m') >= 3 || since(state == 'setup') < 5.0"),
        Rule("streak", "streak(temperature > 55.0) >= 3 && previous(temperature) < temperature"),
        Rule("late", "rate(temperature, '1m') > 0.5") with { Lateness = TimeSpan.FromSeconds(10) },
    ];

    [Fact]
    public void An_engine_that_was_stored_and_read_goes_on_as_if_nothing_had_happened()
    {
        var packs = With(Rules);
        var cases =
            from readings in Gen.ListOf(OneReading, 40)
            from cut in Gen.Choose(0, readings.Count)
            select (Readings: readings.OrderBy(each => each.Time).ToList(), cut);
        Prop.ForAll(Arb.From(cases), drawn =>
        {
            var whole = New(packs);
            var expected = Play(whole, drawn.Readings);

            var first = New(packs);
            var said = Play(first, drawn.Readings.Take(drawn.cut));
            var memory = new RuleMemory(Path.Combine(folder, "rules.state"));
            memory.Write(first, new RuleProgress(drawn.cut, Start));
            var second = New(packs);
            Assert.Equal(new RuleProgress(drawn.cut, Start), memory.Read(second, id => id == Machine.Id ? Machine : null));
            said.AddRange(Play(second, drawn.Readings.Skip(drawn.cut)));

            said.AddRange(Shown(second.Tick(Start + Instant.PerDay)));
            expected.AddRange(Shown(whole.Tick(Start + Instant.PerDay)));
            // Which of two lanes is asked first when both are due says nothing.
            Assert.Equal(expected.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    public void A_file_that_is_cut_is_not_read(int length)
    {
        var path = Path.Combine(folder, "rules.state");
        var engine = New(With(Rules));
        Play(engine, [Reading(Machine, Temperature, "08:00:00", 70)]);
        new RuleMemory(path).Write(engine, new RuleProgress(1, 2));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        Assert.Null(new RuleMemory(path).Read(New(With(Rules)), _ => Machine));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RuleEngine New(Server.Packs.Model.PackSet packs) => new(packs, new RuleCounters(), Start, long.MaxValue);

    private static List<string> Play(RuleEngine engine, IEnumerable<Reading> readings)
    {
        var said = new List<string>();
        foreach (var reading in readings)
        {
            said.AddRange(Shown(engine.Tick(reading.Arrived)));
            said.AddRange(Shown(engine.Take([reading])));
        }

        return said;
    }

    private static Gen<Reading> OneReading =>
        from second in Gen.Choose(0, 200)
        from isState in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from temperature in Gen.Choose(40, 80)
        from state in Gen.Elements("producing", "idle", "setup")
        select Reading(Machine, isState ? State : Temperature, Instant.Format(Start + (second * Instant.PerSecond)), isState ? state : (double)temperature);
}

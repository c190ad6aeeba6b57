using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Tests.Packs.Factory;

public sealed class PlantTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Rising = ["produced_count", "good_count", "first_pass_count", "scrap_count", "energy"];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    [Fact]
    public void The_same_seed_gives_the_same_history_and_another_seed_another()
    {
        var first = Payloads(seed: 7);

        Assert.Equal(first, Payloads(seed: 7));
        Assert.NotEqual(first, Payloads(seed: 8));
    }

    [Fact]
    public void Counters_add_up_and_never_fall()
    {
        var (plant, reports) = Record(40, seed: 3, hours: 24);

        Assert.All(plant.Machines, machine =>
        {
            Assert.True(machine.Counters.Produced > 0, machine.Place.Id);
            Assert.Equal(machine.Counters.Produced, machine.Counters.Good + machine.Counters.Scrap);
            Assert.InRange(machine.Counters.FirstPass, 0, machine.Counters.Good);
        });
        Assert.All(reports, machine => Assert.All(
            Rising,
            property => AssertRises(machine, property)));
    }

    [Fact]
    public void Panels_are_not_made_from_nothing()
    {
        var (plant, _) = Record(20, seed: 5, hours: 24);
        var byOperation = plant.Machines.GroupBy(machine => machine.Place.OperationIndex).OrderBy(group => group.Key).ToList();

        for (var index = 1; index < byOperation.Count; index++)
        {
            var given = byOperation[index - 1].Sum(machine => machine.Counters.Good);
            var made = byOperation[index].Sum(machine => machine.Counters.Produced);
            Assert.InRange(made, 1, given);
        }
    }

    [Fact]
    public void Counters_go_on_from_what_was_reported_before()
    {
        var plant = Build(8, seed: 2, out var recorders);
        var machine = plant.Machines[0];

        var reports = Past.Run(plant, recorders, Monday, Monday.AddMinutes(10), () => machine.Counters.ContinueFrom(_ => 5000));

        var first = reports[0].SelectMany(report => report.Values).First(value => value.Property == "produced_count");
        Assert.InRange(first.Number, 5000, 5001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_week_has_the_oee_and_the_yield_of_a_real_plant(int seed)
    {
        var plant = Build(40, seed, out var recorders);
        var busy = new double[40];
        var ideal = new double[40];
        Past.Run(plant, recorders, Monday, Monday, () => { });
        var before = plant.Machines.Select(machine => (machine.Counters.Produced, machine.Counters.FirstPass)).ToList();
        var made = before.Select(counts => counts.Produced).ToArray();
        var scrapBefore = plant.Machines.Select(machine => machine.Counters.Scrap).ToList();
        for (var now = Monday; now < Monday.AddDays(7); now = now.AddSeconds(10))
        {
            plant.Step(now, TimeSpan.FromSeconds(10));
            for (var index = 0; index < 40; index++)
            {
                var machine = plant.Machines[index];
                busy[index] += machine.State == MachineState.PlannedStop ? 0 : 10;
                ideal[index] += (machine.Counters.Produced - made[index]) * machine.IdealCycle;
                made[index] = machine.Counters.Produced;
            }
        }

        var oee = plant.Machines.Select((machine, index) => ideal[index] / busy[index]
            * (1 - ((machine.Counters.Scrap - scrapBefore[index]) / (double)(machine.Counters.Produced - before[index].Produced)))).ToList();
        Assert.InRange(oee.Average(), 0.55, 0.75);
        Assert.All(plant.Machines.Zip(before).GroupBy(pair => pair.First.Place.Operation), operation => Assert.InRange(
            operation.Sum(pair => pair.First.Counters.FirstPass - pair.Second.FirstPass)
                / (double)operation.Sum(pair => pair.First.Counters.Produced - pair.Second.Produced),
            0.96,
            0.997));
    }

    [Fact]
    public void A_week_of_forty_machines_is_about_half_a_million_values()
    {
        var (_, reports) = Record(40, seed: 1, hours: 168);

        Assert.InRange(reports.Sum(machine => machine.Sum(report => report.Values.Count)), 400_000, 600_000);
    }

    [Fact]
    public void Meals_and_handovers_are_planned_stops_in_local_time()
    {
        var calendar = new ShiftCalendar(China);

        Assert.True(calendar.IsPlannedStop(new DateTimeOffset(2026, 1, 5, 8, 5, 0, China), 0, 6));
        Assert.False(calendar.IsPlannedStop(new DateTimeOffset(2026, 1, 5, 8, 10, 0, China), 0, 6));
        Assert.True(calendar.IsPlannedStop(new DateTimeOffset(2026, 1, 5, 3, 30, 0, TimeSpan.Zero), 0, 6));
        Assert.False(calendar.IsPlannedStop(new DateTimeOffset(2026, 1, 5, 3, 30, 0, TimeSpan.Zero), 1, 6));
        Assert.True(calendar.IsPlannedStop(new DateTimeOffset(2026, 1, 5, 4, 0, 0, TimeSpan.Zero), 1, 6));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(40)]
    [InlineData(63)]
    public void Every_machine_stands_in_one_operation_and_every_operation_has_one(int machines)
    {
        var plant = Build(machines, 1, out _);

        Assert.Equal(machines, plant.Machines.Count);
        Assert.Equal(machines, plant.Machines.Select(machine => machine.Place.Id).Distinct().Count());
        Assert.All(
            plant.Lines.SelectMany(line => line.Operations),
            operation => Assert.Contains(plant.Machines, machine => machine.Place.Operation == operation.Id));
    }

    private static Plant Build(int machines, int seed, out List<Recorder> recorders)
    {
        var random = new Random(seed);
        var plant = new Plant(machines, random, new ShiftCalendar(China));
        recorders = [.. plant.Machines.Select(machine => new Recorder(machine, random))];
        return plant;
    }

    private static (Plant Plant, IReadOnlyList<List<Report>> Reports) Record(int machines, int seed, int hours)
    {
        var plant = Build(machines, seed, out var recorders);
        return (plant, Past.Run(plant, recorders, Monday, Monday.AddHours(hours), () => { }));
    }

    private static List<string> Payloads(int seed) =>
        [.. Record(16, seed, hours: 4).Reports.Select(machine => Convert.ToHexString(Payload.Encode(machine)))];

    private static void AssertRises(List<Report> reports, string property)
    {
        var values = reports.SelectMany(report => report.Values).Where(value => value.Property == property).Select(value => value.Number);
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second >= pair.First, property));
    }
}

using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Tests.Packs.Factory;

/// <summary>What the three causes do to the drilling of a line, and what is left when they are gone. The figures are those of ISO 22400-2.</summary>
public sealed class TroubleTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly Remedies All = new(ToolsOnTime: true, PreparedSetups: true, SoundSpindle: true);

    private Plant plant = null!;
    private Trouble trouble = null!;
    private DateTimeOffset now;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Three_causes_cost_a_third_of_the_time_and_six_panels_of_a_hundred_and_go_with_their_remedies(int seed)
    {
        Begin(seed);

        var before = Count(trouble.Operation, days: 7);
        Assert.InRange(before.Utilisation, 0.62, 0.68);
        Assert.InRange(before.FirstPassYield, 0.93, 0.955);

        trouble.Take(All);
        Run(TimeSpan.FromHours(8), _ => { });
        var after = Count(trouble.Operation, days: 7);
        Assert.InRange(after.Utilisation, 0.86, 0.92);
        Assert.InRange(after.FirstPassYield, 0.97, 0.99);
    }

    [Fact]
    public void Each_remedy_ends_its_own_loss_and_no_other()
    {
        Begin(seed: 1);
        var before = Count(trouble.Operation, days: 3);

        trouble.Take(new Remedies(ToolsOnTime: false, PreparedSetups: true, SoundSpindle: false));
        var prepared = Count(trouble.Operation, days: 3);
        Assert.InRange(prepared.Lost(StopReason.ProductChange), 0, before.Lost(StopReason.ProductChange) / 3);
        Assert.InRange(prepared.Lost(StopReason.BrokenBit), before.Lost(StopReason.BrokenBit) * 0.7, 1);
        Assert.InRange(prepared.Lost(StopReason.Spindle), before.Lost(StopReason.Spindle) * 0.7, 1);

        trouble.Take(All with { SoundSpindle = false });
        var onTime = Count(trouble.Operation, days: 3);
        Assert.InRange(onTime.Lost(StopReason.BrokenBit), 0, before.Lost(StopReason.BrokenBit) / 2);
        Assert.InRange(onTime.Lost(StopReason.Spindle), before.Lost(StopReason.Spindle) * 0.7, 1);
        Assert.Equal(trouble.Machine, plant.Machines.Where(one => one.Place.Operation == trouble.Operation).MinBy(onTime.YieldOf));

        trouble.Take(All);
        Run(TimeSpan.FromHours(1), _ => { });
        Assert.Equal(0, Count(trouble.Operation, days: 3).Lost(StopReason.Spindle));
    }

    [Fact]
    public void Holes_that_the_inspection_missed_fail_in_the_electrical_test()
    {
        Begin(seed: 2);
        var before = Count("L1-electrical-test", days: 7);
        trouble.Take(All);
        Run(TimeSpan.FromHours(8), _ => { });

        Assert.InRange(Count("L1-electrical-test", days: 7).FirstPassYield - before.FirstPassYield, 0.008, 0.03);
    }

    [Fact]
    public void A_measure_that_is_withdrawn_ends_and_a_replaced_spindle_stays()
    {
        Begin(seed: 3);
        trouble.Take(All);
        trouble.Take(new Remedies(ToolsOnTime: false, PreparedSetups: false, SoundSpindle: false));

        Assert.Equal(new Remedies(ToolsOnTime: false, PreparedSetups: false, SoundSpindle: true), trouble.Now);
        Assert.False(trouble.Machine.Spindle!.IsBad);
        Assert.False(plant.Lines[0].Operations.Single(one => one.Kind.IsDrilling).Practice.PreparesAhead);
    }

    private void Begin(int seed)
    {
        plant = new Plant(40, new Random(seed), new ShiftCalendar(TimeSpan.FromHours(8)));
        trouble = new Trouble(plant);
        now = Monday;
        Run(TimeSpan.FromHours(12), _ => { });
    }

    private Counted Count(string operation, int days)
    {
        var machines = plant.Machines.Where(machine => machine.Place.Operation == operation).ToList();
        var counted = new Counted(machines.ToDictionary(machine => machine, machine => (machine.Counters.Produced, machine.Counters.FirstPass)));
        Run(TimeSpan.FromDays(days), machine =>
        {
            if (machine.Place.Operation == operation)
            {
                counted.Add(machine);
            }
        });
        counted.Close();
        return counted;
    }

    private void Run(TimeSpan span, Action<Machine> each)
    {
        for (var end = now + span; now < end; now += Step)
        {
            plant.Step(now, Step);
            foreach (var machine in plant.Machines)
            {
                each(machine);
            }
        }
    }

    /// <summary>Steps by reason, of those that the operation was busy with orders, and panels.</summary>
    private sealed class Counted(Dictionary<Machine, (long Produced, long FirstPass)> before)
    {
        private readonly Dictionary<StopReason, int> steps = [];
        private readonly Dictionary<Machine, (long Produced, long FirstPass)> made = [];

        public double Utilisation => Lost(StopReason.None);

        public double FirstPassYield => made.Values.Sum(one => one.FirstPass) / (double)made.Values.Sum(one => one.Produced);

        public double Lost(StopReason reason) => steps.GetValueOrDefault(reason) / (double)steps.Values.Sum();

        public double YieldOf(Machine machine) => made[machine].FirstPass / (double)made[machine].Produced;

        public void Add(Machine machine)
        {
            if (machine.Reason is not (StopReason.Planned or StopReason.NoMaterial))
            {
                steps[machine.Reason] = steps.GetValueOrDefault(machine.Reason) + 1;
            }
        }

        public void Close()
        {
            foreach (var (machine, (produced, firstPass)) in before)
            {
                made[machine] = (machine.Counters.Produced - produced, machine.Counters.FirstPass - firstPass);
            }
        }
    }
}

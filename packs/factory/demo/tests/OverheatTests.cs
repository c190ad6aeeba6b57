using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Tests.Packs.Factory;

public sealed class OverheatTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);

    private readonly Plant plant;
    private readonly Machine machine;
    private readonly Recorder recorder;
    private DateTimeOffset now = Start;

    public OverheatTests()
    {
        var random = new Random(11);
        plant = new Plant(20, random, new ShiftCalendar(TimeSpan.FromHours(8)));
        var recorders = plant.Machines.Select(one => new Recorder(one, random)).ToList();
        Past.Run(plant, recorders, Start.AddHours(-1), Start, () => { });
        recorder = recorders.First(one =>
            one.Machine.Place.Kind.Id == "drilling" && one.Machine is { State: MachineState.Producing, Drift: 0 });
        machine = recorder.Machine;
        recorder.Restart(Start, Start);
        machine.Overheat(TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void The_spindle_is_over_65_for_ten_seconds_before_it_breaks_down()
    {
        var temperatures = Run(TimeSpan.FromSeconds(45));

        var hot = temperatures.Where(sample => sample.Celsius > 65).Select(sample => sample.At).ToList();
        Assert.Equal(MachineState.Breakdown, machine.State);
        Assert.InRange((hot[0] - Start).TotalSeconds, 12, 29);
        Assert.InRange(temperatures.Max(sample => sample.Celsius), 68, 82);
    }

    [Fact]
    public void It_overheats_over_lunch_too_when_no_panel_arrives()
    {
        // 11:45 in the plant: the operations before drilling rest, the drills have run out of panels.
        var lunch = new DateTimeOffset(2026, 1, 5, 3, 45, 0, TimeSpan.Zero);
        var random = new Random(11);
        var resting = new Plant(20, random, new ShiftCalendar(TimeSpan.FromHours(8)));
        var recorders = resting.Machines.Select(one => new Recorder(one, random)).ToList();
        Past.Run(resting, recorders, lunch.AddHours(-1), lunch, () => { });
        foreach (var one in resting.Machines.Where(each => each.Place.Kind.Id == "drilling"))
        {
            one.Overheat(TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(6));
            for (var second = 0; second < 30; second++)
            {
                one.Step(1, plannedStop: true, pace: 1);
                Assert.Equal(MachineState.Producing, one.State);
            }

            for (var second = 0; second < 15; second++)
            {
                one.Step(1, plannedStop: true, pace: 1);
            }

            Assert.Equal(MachineState.Breakdown, one.State);
        }
    }

    [Fact]
    public void It_stays_down_and_warm_until_it_is_repaired()
    {
        var temperatures = Run(TimeSpan.FromMinutes(3));
        Assert.Equal(MachineState.Breakdown, machine.State);
        Assert.True(temperatures[^1].Celsius > 58);

        machine.Repair();
        Run(TimeSpan.FromSeconds(1));

        Assert.NotEqual(MachineState.Breakdown, machine.State);
        Assert.False(machine.Overheating);
    }

    [Fact]
    public void It_recovers_by_itself_after_six_minutes()
    {
        Run(TimeSpan.FromSeconds(40 + 350));
        Assert.Equal(MachineState.Breakdown, machine.State);

        Run(TimeSpan.FromSeconds(30));
        Assert.NotEqual(MachineState.Breakdown, machine.State);
    }

    private List<(DateTimeOffset At, double Celsius)> Run(TimeSpan span)
    {
        var samples = new List<(DateTimeOffset, double)>();
        var cadence = new Cadence(TimeSpan.FromSeconds(3), Repeat: true);
        for (var end = now + span; now < end;)
        {
            now = now.AddSeconds(1);
            plant.Step(now, TimeSpan.FromSeconds(1));
            if (recorder.Collect(now, cadence, speed: 1) is { } report)
            {
                samples.AddRange(report.Values
                    .Where(value => value.Property == "spindle_temperature")
                    .Select(value => (now, value.Number)));
            }
        }

        return samples;
    }
}

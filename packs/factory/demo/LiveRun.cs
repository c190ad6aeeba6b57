using System.Threading.Channels;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>
/// Runs the plant and reports as it goes. It alone touches the plant; repairs and remedies are asked for. The plant has a clock of its own, which
/// runs faster than ours where that was wished; reports bear our time.
/// </summary>
internal sealed class LiveRun(
    Plant plant, Trouble trouble, IReadOnlyList<Recorder> recorders, IReadOnlyList<MachineLink> links, Settings settings, TimeProvider time, Journal journal)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OverheatAt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OverheatLasts = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan RepairsItselfAfter = TimeSpan.FromMinutes(6);
    private static readonly Cadence Sampling = new(TimeSpan.FromSeconds(3), Repeat: true);

    private readonly Channel<string> repairs = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> down = new(StringComparer.Ordinal);
    private Machine? overheated;
    private Remedies? decided;
    private DateTimeOffset plantTime;

    /// <summary>The machine of the scripted event, once there is one.</summary>
    public string? Overheated => overheated?.Place.Id;

    /// <summary>Machines that are broken down, as of the last tick.</summary>
    public IReadOnlySet<string> Down { get; private set; } = new HashSet<string>();

    /// <summary>How long setups took on each drilling operation and how far bits were run, as of the last tick.</summary>
    public IReadOnlyList<OperationReport> Operations { get; private set; } = [];

    /// <summary>Asks for a machine to be repaired at the next tick.</summary>
    public void Repair(string thing) => repairs.Writer.TryWrite(thing);

    /// <summary>Asks for what was decided to take effect at the next tick.</summary>
    public void Take(Remedies remedies) => Interlocked.Exchange(ref decided, remedies);

    public async Task RunAsync(DateTimeOffset start, CancellationToken stop)
    {
        var last = plantTime = start;
        for (var index = 0; index < recorders.Count; index++)
        {
            recorders[index].Restart(start, start + (Sampling.Every * index / recorders.Count));
        }

        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = time.GetUtcNow();
            Advance(last, now);
            last = now;
            if (overheated is null && now - start > OverheatAt)
            {
                Overheat();
            }

            TellBreakdowns();
            Operations = [.. plant.Lines.SelectMany(line => line.Operations).Select(OperationReport.Of).OfType<OperationReport>()];
        }
    }

    private void Advance(DateTimeOffset last, DateTimeOffset now)
    {
        while (repairs.Reader.TryRead(out var thing))
        {
            plant.Machines.FirstOrDefault(machine => machine.Place.Id == thing)?.Repair();
        }

        if (Interlocked.Exchange(ref decided, null) is { } remedies && remedies != trouble.Now)
        {
            trouble.Take(remedies);
            journal.Write($"{trouble.Operation}: bits on time {trouble.Now.ToolsOnTime}, setups prepared {trouble.Now.PreparedSetups}, spindle sound {trouble.Now.SoundSpindle}");
        }

        // After a suspension of the computer the plant has stood still too.
        var span = now - last > LongestGap ? Tick : now - last;
        var steps = (int)Math.Ceiling(span * settings.Speed / LongestStep);
        for (var step = 1; step <= steps; step++)
        {
            var by = span * settings.Speed / steps;
            plantTime += by;
            plant.Step(plantTime, by);
            Collect(now - (span * (steps - step) / steps));
        }
    }

    private void Collect(DateTimeOffset at)
    {
        for (var index = 0; index < recorders.Count; index++)
        {
            if (recorders[index].Collect(at, Sampling, settings.Speed) is { } report)
            {
                links[index].Report(report);
            }
        }
    }

    private void Overheat()
    {
        // The trouble of the first line is one thing, this is another.
        var drills = plant.Machines
            .Where(machine => machine.Place.Kind.IsDrilling && machine != trouble.Machine)
            .OrderBy(machine => machine.Place.Operation == trouble.Operation)
            .DefaultIfEmpty(trouble.Machine)
            .ToList();
        overheated = drills.FirstOrDefault(machine => machine is { State: MachineState.Producing, Drift: 0 })
            ?? drills.FirstOrDefault(machine => machine.State != MachineState.Breakdown)
            ?? drills[0];
        overheated.Overheat(OverheatLasts * settings.Speed, RepairsItselfAfter * settings.Speed);
        journal.Write($"{overheated.Place.Id}: cooling fails; the spindle will overheat and break down in {OverheatLasts.TotalSeconds} s");
    }

    private void TellBreakdowns()
    {
        var broken = plant.Machines.Where(machine => machine.State == MachineState.Breakdown).Select(machine => machine.Place.Id).ToHashSet();
        foreach (var thing in broken.Except(down))
        {
            journal.Write($"{thing}: broke down");
        }

        foreach (var thing in down.Except(broken))
        {
            journal.Write($"{thing}: repaired");
        }

        down.Clear();
        down.UnionWith(broken);
        Down = broken;
    }
}

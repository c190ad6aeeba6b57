namespace Jingwei.Demo.Factory.Simulation;

/// <summary>
/// One machine: takes panels from a buffer, spends a cycle on each, passes them on; sets up, wears, stops and breaks down.
/// Failure and stop clocks run only while it produces.
/// </summary>
internal sealed class Machine
{
    /// <summary>Panels move in racks: a machine that ran dry or was blocked starts again when a rack is there, or fits.</summary>
    private const int Rack = 12;

    private const double SpindleChangeSeconds = 1200;

    /// <summary>The stub is drilled out, the stack checked and a new bit measured.</summary>
    private const double BrokenBitSeconds = 1320;

    /// <summary>A spindle with bad bearings brings a breakdown so much sooner.</summary>
    private const double BadSpindleHazard = 3;

    private readonly Random random;
    private readonly Func<Panel> take;
    private readonly Action<Panel>? pass;
    private readonly Func<int> room;
    private readonly Practice practice;
    private readonly Hazards hazards;
    private readonly double speedFactor;
    private readonly double qualityFactor;
    private MachineState stoppage;
    private StopReason reason;
    private double stoppageLeft;
    private double progress;
    private Panel? held;
    private int sinceSetup;

    public Machine(MachinePlace place, Random random, Practice practice, Func<Panel> take, Action<Panel>? pass, Func<int> room)
    {
        Place = place;
        this.practice = practice;
        Spindle = place.Kind.IsDrilling ? new Spindle(random) : null;
        this.random = random;
        this.take = take;
        this.pass = pass;
        this.room = room;
        speedFactor = random.Between(1.04, 1.14) * place.Age;
        qualityFactor = random.Between(0.7, 1.35);
        Wear = random.NextDouble();
        hazards = new Hazards(place, random);
    }

    public MachinePlace Place { get; }

    public MachineState State { get; private set; } = MachineState.Idle;

    /// <summary>Why it does not produce.</summary>
    public StopReason Reason => State switch
    {
        MachineState.Producing => StopReason.None,
        MachineState.Idle => StopReason.NoMaterial,
        MachineState.PlannedStop => StopReason.Planned,
        _ => reason,
    };

    public Product? Product { get; private set; }

    /// <summary>Null for machines that do not drill.</summary>
    public Spindle? Spindle { get; }

    public Counters Counters { get; } = new();

    /// <summary>How much of the consumable's rated life is used; above 1 it is overdue.</summary>
    public double Wear { get; private set; }

    /// <inheritdoc cref="Hazards.Drift"/>
    public double Drift => hazards.Drift;

    /// <summary>Whether the cooling has failed; ends with the repair.</summary>
    public bool Overheating { get; private set; }

    public double IdealCycle => Place.Cycle * (Product?.CycleFactor ?? 1);

    /// <summary>Lets the cooling fail now; the machine breaks down <paramref name="after"/> later and stays down for <paramref name="repair"/>.</summary>
    public void Overheat(TimeSpan after, TimeSpan repair)
    {
        Overheating = true;
        stoppageLeft = 0;
        hazards.Break(after, repair);
    }

    /// <summary>Ends a breakdown at the next step; nothing happens when there is none.</summary>
    public void Repair()
    {
        if (State == MachineState.Breakdown)
        {
            stoppageLeft = 0;
        }
    }

    /// <summary>Puts a sound spindle in: the machine stands for the change, the warm-up and a trial panel.</summary>
    public void ReplaceSpindle()
    {
        Spindle?.Replace();
        if (stoppageLeft <= 0)
        {
            Stop(MachineState.Setup, SpindleChangeSeconds, StopReason.Spindle);
        }
    }

    /// <summary>Moves on by some seconds. <paramref name="pace"/> stretches the cycle; a planned stop freezes all but repairs.</summary>
    public void Step(double seconds, bool plannedStop, double pace)
    {
        Counters.Energy += Place.Kind.Kilowatts * State.Load() * seconds / 3600;
        if (State == MachineState.Breakdown || (stoppageLeft > 0 && !plannedStop))
        {
            stoppageLeft -= seconds;
            if (stoppageLeft > 0)
            {
                State = stoppage;
                return;
            }

            EndStoppage();
        }

        if (plannedStop && !Overheating)
        {
            State = MachineState.PlannedStop;
            return;
        }

        Run(seconds, pace);
    }

    private void Run(double seconds, double pace)
    {
        if (Hold())
        {
            State = MachineState.Producing;
            hazards.RunOn(seconds);
            hazards.Strain(seconds * (Spindle is { IsBad: true } ? BadSpindleHazard : 1));
            Produce(seconds, IdealCycle * speedFactor * pace);
        }
        else if (stoppageLeft <= 0)
        {
            // Without cooling and without a panel the spindle turns on its warm-up programme, so that it overheats at any hour.
            State = Overheating ? MachineState.Producing : MachineState.Idle;
            hazards.Strain(Overheating ? seconds : 0);
        }

        StopForWhatIsDue(seconds);
    }

    private void StopForWhatIsDue(double seconds)
    {
        if (hazards.IsBreakdownDue)
        {
            Stop(MachineState.Breakdown, hazards.RepairSeconds, StopReason.Fault);
        }
        else if (!Overheating && hazards.MinorStop() is { } length)
        {
            Stop(MachineState.MinorStop, length, StopReason.Jam);
        }
        else if (State == MachineState.Producing && !Overheating && Spindle?.Overheats(seconds) == true)
        {
            Stop(MachineState.MinorStop, random.LogNormal(600, 0.3), StopReason.Spindle);
        }
    }

    private void Produce(double seconds, double cycle)
    {
        progress += seconds;
        while (progress >= cycle && stoppageLeft <= 0)
        {
            progress -= cycle;
            Finish(held!.Value);
            held = null;
            if (!Hold())
            {
                progress = 0;
                return;
            }
        }
    }

    /// <summary>Takes the next panel unless one is held; a panel of another product starts a setup.</summary>
    private bool Hold()
    {
        if (held is not null)
        {
            return true;
        }

        var needed = State == MachineState.Idle ? Rack : 1;
        if (Overheating || stoppageLeft > 0 || room() < needed || (Place.Input is { } input && input.Count < needed))
        {
            return false;
        }

        var panel = take();
        held = panel;
        if (panel.Lot.Product == Product)
        {
            return true;
        }

        var first = Product is null;
        Product = panel.Lot.Product;
        sinceSetup = 0;
        if (!first)
        {
            Stop(MachineState.Setup, practice.Setup(random.LogNormal(Place.Kind.SetupMinutes * 60, 0.35)), StopReason.ProductChange);
        }

        return first;
    }

    private void Finish(Panel panel)
    {
        sinceSetup++;
        Wear += 1 / Place.Kind.LifePanels;
        var (isOff, isFound) = Spindle?.Drill(Wear) ?? (panel.IsFlawed, panel.IsFlawed && Place.Kind.IsTest);
        if (Inspect(isFound))
        {
            pass?.Invoke(panel with { IsFlawed = isOff && !isFound });
        }

        if (Overheating)
        {
            return;
        }

        if (Spindle?.Breaks(Wear) == true)
        {
            // A broken bit is a new bit.
            Wear = 0;
            Stop(MachineState.MinorStop, random.LogNormal(BrokenBitSeconds, 0.3), StopReason.BrokenBit);
        }
        else if (practice.IsChangedAt(Wear))
        {
            ChangeTool();
        }
    }

    private void ChangeTool()
    {
        Wear = 0;
        if (Place.Kind.ChangeMinutes > 0)
        {
            Stop(MachineState.Setup, random.LogNormal(Place.Kind.ChangeMinutes * 60, 0.2), StopReason.ToolChange);
        }
    }

    /// <summary>Counts the panel; true when it goes on, at once or after rework.</summary>
    private bool Inspect(bool flaw)
    {
        var worn = Math.Min(Wear, 1);
        var risk = 1 + (2.5 * Drift) + (1.2 * worn * worn) + (sinceSetup <= 6 ? 2 : 0);
        var failed = flaw || random.NextDouble() < Place.Kind.FailRate * qualityFactor * risk;
        var scrapped = failed && random.NextDouble() < 0.4;
        Counters.Count(failed, scrapped, open: flaw || random.NextDouble() < 0.7);
        return !scrapped;
    }

    private void Stop(MachineState state, double seconds, StopReason why)
    {
        stoppage = state;
        stoppageLeft = seconds;
        reason = why;
        State = state;
    }

    private void EndStoppage()
    {
        stoppageLeft = 0;
        if (stoppage == MachineState.Breakdown)
        {
            Overheating = false;
            hazards.Renew();
        }

        State = MachineState.Setup;
    }
}

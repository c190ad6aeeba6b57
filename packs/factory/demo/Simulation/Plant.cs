namespace Jingwei.Demo.Factory.Simulation;

/// <summary>
/// The whole plant. Time and randomness are passed in: the same seed, start and steps give the same history to the bit.
/// </summary>
internal sealed class Plant
{
    private const int MachinesPerLine = 20;
    private const int BufferCapacity = 90;

    private readonly List<LinePlace> lines = [];
    private readonly List<Machine> machines = [];
    private readonly ShiftCalendar calendar;
    private readonly Random random;

    public Plant(int machineCount, Random random, ShiftCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(machineCount, Route.Operations.Count);
        this.random = random;
        this.calendar = calendar;
        var lineCount = Math.Clamp(machineCount / MachinesPerLine, 1, machineCount / Route.Operations.Count);
        for (var line = 1; line <= lineCount; line++)
        {
            var upTo = machineCount * line / lineCount;
            BuildLine($"L{line}", line, upTo - machines.Count);
        }
    }

    public IReadOnlyList<LinePlace> Lines => lines;

    public IReadOnlyList<Machine> Machines => machines;

    /// <summary>Moves the plant on by <paramref name="by"/>, ending at <paramref name="now"/>; steps of 10 s or less keep cycles true.</summary>
    public void Step(DateTimeOffset now, TimeSpan by)
    {
        var pace = calendar.Pace(now);
        foreach (var machine in machines)
        {
            var place = machine.Place;
            machine.Step(by.TotalSeconds, calendar.IsPlannedStop(now, place.OperationIndex, place.Number), pace);
        }
    }

    private void BuildLine(string id, int number, int machineCount)
    {
        var plan = new LotPlan(random, Route.Products);
        var counts = Route.Spread(machineCount);
        var operations = new List<OperationPlace>();
        PanelBuffer? before = null;
        for (var index = 0; index < Route.Operations.Count; index++)
        {
            var kind = Route.Operations[index];
            var practice = new Practice();
            var operation = new OperationPlace($"{id}-{kind.Id}", kind, index + 1, practice);
            var after = index + 1 < Route.Operations.Count ? new PanelBuffer(BufferCapacity) : null;
            for (var ordinal = 1; ordinal <= counts[index]; ordinal++)
            {
                var name = $"{id}-{kind.Code}-{ordinal:00}";
                var cycle = kind.Cycle * counts[index];
                var place = new MachinePlace(name, operation.Id, kind, index, machines.Count, ordinal, cycle, Age(number), before);
                machines.Add(Build(place, practice, plan, after));
            }

            operations.Add(operation);
            before = after;
        }

        lines.Add(new LinePlace(id, number, Route.Operations.Max(kind => kind.Cycle), operations));
    }

    /// <summary>Every line after the first is a generation older.</summary>
    private static double Age(int line) => 1 + (0.06 * (line - 1));

    private Machine Build(MachinePlace place, Practice practice, LotPlan plan, PanelBuffer? after) => new(
        place,
        random,
        practice,
        place.Input is null ? plan.NextPanel : place.Input.Take,
        after is null ? null : after.Put,
        () => after?.Room ?? int.MaxValue);
}

/// <summary>A line and its operations in route order; <paramref name="Takt"/> in seconds a panel.</summary>
internal sealed record LinePlace(string Id, int Number, double Takt, IReadOnlyList<OperationPlace> Operations);

/// <summary>An operation of a line; <paramref name="Sequence"/> counts from 1.</summary>
internal sealed record OperationPlace(string Id, OperationKind Kind, int Sequence, Practice Practice);

namespace Jingwei.Demo.Factory.Simulation;

/// <summary>
/// What is wrong with the drilling of the first line until somebody sees to it: bits are run for twice their rated life, tools
/// and programs are looked for only once a machine stands, and the bearings of one spindle are worn out. Utilisation and yield follow.
/// </summary>
internal sealed class Trouble
{
    private const double LivesRun = 2;

    private readonly Practice practice;

    public Trouble(Plant plant)
    {
        var operation = plant.Lines[0].Operations.Single(one => one.Kind.IsDrilling);
        var machines = plant.Machines.Where(machine => machine.Place.Operation == operation.Id).ToList();
        practice = operation.Practice;
        Operation = operation.Id;
        Machine = machines[Math.Min(2, machines.Count - 1)];
        Now = new Remedies(ToolsOnTime: false, PreparedSetups: false, SoundSpindle: false);
        (practice.ToolLives, practice.PreparesAhead) = (LivesRun, false);
        Machine.Spindle!.Spoil();
    }

    /// <summary>Thing id of the drilling that is in trouble.</summary>
    public string Operation { get; }

    /// <summary>The machine with the bad spindle.</summary>
    public Machine Machine { get; }

    /// <summary>What has been done about it.</summary>
    public Remedies Now { get; private set; }

    /// <summary>What was decided takes effect, and what was taken back ends; a spindle that was replaced stays.</summary>
    public void Take(Remedies decided)
    {
        practice.ToolLives = decided.ToolsOnTime ? 1 : LivesRun;
        practice.PreparesAhead = decided.PreparedSetups;
        if (decided.SoundSpindle && !Now.SoundSpindle)
        {
            Machine.ReplaceSpindle();
        }

        Now = decided with { SoundSpindle = decided.SoundSpindle || Now.SoundSpindle };
    }
}

/// <summary>What people have decided about the trouble.</summary>
/// <param name="ToolsOnTime">Bits are changed at their rated life.</param>
/// <param name="PreparedSetups">Tools and program lie ready before a machine stops.</param>
/// <param name="SoundSpindle">The bad spindle was replaced.</param>
internal sealed record Remedies(bool ToolsOnTime, bool PreparedSetups, bool SoundSpindle);

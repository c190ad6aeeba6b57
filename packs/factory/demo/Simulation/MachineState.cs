namespace Jingwei.Demo.Factory.Simulation;

/// <summary>What a machine's time is spent on; the time model of ISO 22400-2 in six states.</summary>
internal enum MachineState
{
    Producing,
    Idle,
    Setup,
    MinorStop,
    Breakdown,
    PlannedStop,
}

internal static class MachineStates
{
    /// <summary>The value of the property <c>state</c>.</summary>
    public static string Id(this MachineState state) => state switch
    {
        MachineState.Producing => "producing",
        MachineState.Idle => "idle",
        MachineState.Setup => "setup",
        MachineState.MinorStop => "minor_stop",
        MachineState.Breakdown => "breakdown",
        _ => "planned_stop",
    };

    /// <summary>Power drawn in this state as a share of the power while producing.</summary>
    public static double Load(this MachineState state) => state switch
    {
        MachineState.Producing => 1.0,
        MachineState.Setup => 0.5,
        MachineState.Idle => 0.4,
        MachineState.MinorStop => 0.35,
        MachineState.Breakdown => 0.2,
        _ => 0.15,
    };
}

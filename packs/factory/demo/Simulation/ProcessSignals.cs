namespace Jingwei.Demo.Factory.Simulation;

/// <summary>The process values of each operation's machines, with the ranges that such equipment really runs at.</summary>
internal static class ProcessSignals
{
    public static IReadOnlyList<Signal> For(MachinePlace place) => place.Kind.Type switch
    {
        "cutting-machine" => Cutting(),
        "inner-layer-line" => [.. Etching(1.2), Lagging("etchant_orp", 0, 2, 600, 540, machine => 540 - (40 * machine.Drift))],
        "outer-layer-line" => [.. Etching(8.5), Lagging("etchant_copper", 1, 0.6, 600, 150, machine => 150 + (20 * machine.Drift))],
        "lamination-press" => Lamination(),
        "drilling-machine" => Drilling(),
        "plating-line" => Plating(),
        "solder-mask-line" => SolderMask(),
        "electrical-tester" => Testing(),
        _ => throw new ArgumentException($"No process model for {place.Kind.Type}.", nameof(place)),
    };

    private static Signal[] Cutting() =>
    [
        Lagging("blade_speed", 0, 0.4, 4, 0, machine => Runs(machine) ? 4500 : 0),
        Lagging("feed_speed", 1, 0.2, 4, 0, machine => Runs(machine) ? 25 - (4 * machine.Drift) : 0),
        Exact("blade_cuts_left", machine => Math.Ceiling((1 - machine.Wear) * machine.Place.Kind.LifePanels) * 4),
    ];

    private static Signal[] Etching(double ph) =>
    [
        Lagging("etchant_temperature", 1, 0.15, 300, 50, machine => 50 + (4 * machine.Drift)),
        Lagging("etchant_ph", 1, 0.02, 300, ph, _ => ph),
        Lagging("rinse_conductivity", 0, 4, 120, 120, machine => 110 + (160 * machine.Wear) + (50 * machine.Drift)),
        Lagging("conveyor_speed", 1, 0.01, 5, 0, machine => Runs(machine) ? 3.2 : 0),
    ];

    private static Signal[] Lamination() =>
    [
        Lagging("press_temperature", 1, 0.4, 500, 190, machine => Runs(machine) ? 196 + (20 * machine.Drift) : 150),
        Lagging("press_pressure", 2, 0.02, 10, 0, machine => Runs(machine) ? 2.9 - (0.75 * machine.Drift) : 0),
        Lagging("chamber_pressure", 0, 0.2, 30, 101, machine => Runs(machine) ? 3 : 101),
    ];

    // Without coolant the spindle heats in half a minute, and once stopped it cools only through its housing.
    private static Signal[] Drilling() =>
    [
        new("spindle_temperature", 1, 0.35, SpindleLag, SpindleTarget, 40),
        Lagging("spindle_speed", 0, 120, 3, 0, machine => Runs(machine) ? 160_000 : 0),
        Lagging("spindle_runout", 1, 0.25, 30, 8, machine => machine.Spindle!.Runout(machine.Wear) + (4 * machine.Drift)),
        Exact("hole_offset", machine => Math.Round(machine.Spindle!.HoleOffset)),
        Exact("hits_left", machine => Math.Round((1 - machine.Wear) * Route.RatedHits)),
    ];

    // Copper is dosed when the lab's sheet says so; the concentration falls with the panels plated since.
    private static Signal[] Plating() =>
    [
        Lagging("bath_temperature", 2, 0.05, 900, 24, machine => 24 + (4 * machine.Drift)),
        Lagging("current_density", 1, 0.02, 5, 0, machine => Runs(machine) ? 2.1 - (0.5 * machine.Drift) : 0),
        Lagging("copper_concentration", 2, 0.05, 300, 19, machine => 20.5 - (4.8 * machine.Wear)),
        Lagging("acid_concentration", 0, 0.3, 900, 200, machine => 195 + (12 * machine.Wear)),
    ];

    private static Signal[] SolderMask() =>
    [
        Lagging("exposure_energy", 0, 3, 60, 440, machine => 445 - (40 * machine.Wear) - (35 * machine.Drift)),
        Lagging("predry_temperature", 1, 0.3, 300, 75, machine => Runs(machine) ? 75 : 68),
        Lagging("ink_thickness", 1, 0.3, 60, 25, machine => 25 + (2 * machine.Drift)),
    ];

    private static Signal[] Testing() =>
    [
        Lagging("test_voltage", 0, 0.2, 2, 0, machine => Runs(machine) ? 250 : 0),
        Lagging("contact_resistance", 1, 0.3, 30, 5, machine => 4.5 + (8 * machine.Wear * machine.Wear) + (8 * machine.Drift)),
        Exact("opens", machine => machine.Counters.Opens),
        Exact("shorts", machine => machine.Counters.Shorts),
        Exact("failed_in_row", machine => machine.Counters.FailedInRow),
    ];

    private static double SpindleLag(Machine machine) =>
        machine.Overheating ? (Runs(machine) ? 25 : 600) : 120;

    private static double SpindleTarget(Machine machine) =>
        Runs(machine) ? (machine.Overheating ? 82 : 45 + (3 * Math.Min(machine.Wear, 1)) + (21 * machine.Drift) + (machine.Spindle is { IsBad: true } ? 12 : 0)) : 28;

    private static bool Runs(Machine machine) => machine.State == MachineState.Producing;

    private static Signal Lagging(string property, int decimals, double noise, double lag, double start, Func<Machine, double> target) =>
        new(property, decimals, noise, _ => lag, target, start);

    private static Signal Exact(string property, Func<Machine, double> value) => new(property, 0, 0, _ => 0, value, 0);
}

namespace Jingwei.Demo.Factory.Simulation;

/// <summary>One operation of the route and what its machines are like.</summary>
/// <param name="Id">Last part of the operation's thing id.</param>
/// <param name="Type">Thing type of its machines.</param>
/// <param name="Code">Two letters in the machines' ids.</param>
/// <param name="Chinese">Name of the operation in Chinese.</param>
/// <param name="English">Name of the operation in English.</param>
/// <param name="MachineName">Chinese word for one machine.</param>
/// <param name="Share">Machines of a line of twenty.</param>
/// <param name="Cycle">Ideal seconds between panels of the whole operation; a machine's is this times their number.</param>
/// <param name="FailRate">Share of panels that fail their first inspection on a sound machine.</param>
/// <param name="FailureHours">Characteristic operating life between breakdowns, h.</param>
/// <param name="LifePanels">Panels that a consumable lasts: drill bits, blade, bath, lamp, probes.</param>
/// <param name="ChangeMinutes">Time to change it, 0 when it is dosed while running.</param>
/// <param name="SetupMinutes">Median setup at a product change when tools and program lie ready.</param>
/// <param name="Kilowatts">Power while producing.</param>
internal sealed record OperationKind(
    string Id,
    string Type,
    string Code,
    string Chinese,
    string English,
    string MachineName,
    int Share,
    double Cycle,
    double FailRate,
    double FailureHours,
    double LifePanels,
    double ChangeMinutes,
    double SetupMinutes,
    double Kilowatts)
{
    public bool IsDrilling => Type == "drilling-machine";

    public bool IsTest => Type == "electrical-tester";
}

namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Where a machine stands and what it is.</summary>
/// <param name="Id">Thing id.</param>
/// <param name="Operation">Thing id of its operation.</param>
/// <param name="Kind">What it does.</param>
/// <param name="OperationIndex">Place of the operation in the route, from 0.</param>
/// <param name="Number">Place of the machine in the plant, from 0.</param>
/// <param name="Ordinal">Number of the machine within its operation, from 1.</param>
/// <param name="Cycle">Ideal seconds a panel at product factor 1.</param>
/// <param name="Age">1 for new equipment; above it cycles are longer and breakdowns more frequent in proportion.</param>
/// <param name="Input">Panels waiting before it; null at the head of the line, where laminate never runs out.</param>
internal sealed record MachinePlace(
    string Id,
    string Operation,
    OperationKind Kind,
    int OperationIndex,
    int Number,
    int Ordinal,
    double Cycle,
    double Age,
    PanelBuffer? Input);

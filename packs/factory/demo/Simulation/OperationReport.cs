namespace Jingwei.Demo.Factory.Simulation;

/// <summary>What is entered at the terminal of a drilling operation, in the plant's own time.</summary>
/// <param name="SetupMinutes">Mean of the last ten setups.</param>
/// <param name="BitHits">Mean hits on the last ten bits when they were changed.</param>
internal sealed record OperationReport(string Operation, double SetupMinutes, double BitHits)
{
    /// <summary>Null for operations that do not drill, and before there was a setup and a change.</summary>
    public static OperationReport? Of(OperationPlace place) =>
        place is { Kind.IsDrilling: true, Practice: { SetupMinutes: { } minutes, LivesAtChange: { } lives } }
            ? new(place.Id, minutes, lives * Route.RatedHits)
            : null;
}

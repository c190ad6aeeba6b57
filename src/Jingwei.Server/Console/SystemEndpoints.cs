using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Console;

/// <param name="DataFolder">For administrators of the whole platform only.</param>
/// <param name="SimulatedSpeed">What is shown is simulated, so many times faster than the clock; null: it is not.</param>
public sealed record SystemInfo(string Version, DateTimeOffset StartedAt, DateTimeOffset Time, string Zone, string? DataFolder, double? SimulatedSpeed);

/// <summary>What is running.</summary>
public static class SystemEndpoints
{
    internal static readonly string Version = typeof(SystemEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        var started = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/api/system", (Caller caller, TimeProvider clock, ServerOptions options, Simulation simulation) => Describe(caller, clock, options, simulation, started)).Requires(Right.View).WithSummary("Which version runs, since when.");
    }

    private static Ok<SystemInfo> Describe(Caller caller, TimeProvider clock, ServerOptions options, Simulation simulation, DateTimeOffset started) =>
        TypedResults.Ok(new SystemInfo(
            Version, started, clock.GetUtcNow(), clock.LocalTimeZone.Id, caller.May(Right.Administer, Scope.Everything) ? options.Data : null, simulation.Speed));
}

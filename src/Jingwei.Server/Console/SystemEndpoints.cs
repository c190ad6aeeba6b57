using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Console;

/// <param name="DataFolder">For administrators of the whole platform only.</param>
/// <param name="SimulatedSpeed">What is shown is simulated, so many times faster than the clock; null: it is not.</param>
/// <param name="PublicWarnings">Anybody may read the warnings that are issued here, without signing in.</param>
/// <param name="PublicOpen311">Anybody may read what can be reported by Open311, without signing in.</param>
public sealed record SystemInfo(
    string Version, DateTimeOffset StartedAt, DateTimeOffset Time, string Zone, string? DataFolder, double? SimulatedSpeed, bool PublicWarnings, bool PublicOpen311);

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
            Version, started, clock.GetUtcNow(), clock.LocalTimeZone.Id, caller.May(Right.Administer, Scope.Everything) ? options.Data : null, simulation.Speed,
            options.PublicWarnings, options.PublicOpen311));
}

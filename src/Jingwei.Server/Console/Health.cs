using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Server.Console;

/// <summary>Whether the process lives, and whether it takes data in.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous().WithSummary("Whether the process lives.");
        routes.MapGet("/health/ready", Ready).AllowAnonymous().WithSummary("Whether readings are taken in.");
    }

    // Says nothing of the cause to strangers; the log and the accounting page do.
    private static IResult Ready(Readings readings, StorageUse storage) => readings.Fault is null
        ? TypedResults.Ok(new { status = "ready", storage = storage.State })
        : Problems.Of(StatusCodes.Status503ServiceUnavailable, "not-ready", "No data is taken in.", "Start the server anew; the log says why it stopped.");
}

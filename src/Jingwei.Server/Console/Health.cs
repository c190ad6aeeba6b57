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

    // Says what stopped, and nothing of the cause to strangers; the server's log does.
    private static IResult Ready(Readings readings, StorageUse storage) => readings.Stopped is { } stopped
        ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "not-ready", "No data is taken in.", $"{stopped} Mend the cause, which the server's log names, and start it anew.")
        : readings.Refusal is null
            ? TypedResults.Ok(new { status = "ready", storage = storage.State })
            : TypedResults.Ok(new
            {
                status = "ready",
                storage = storage.State,
                waiting = "The engine or the database has no room or no turn for readings; they wait in the log.",
            });
}

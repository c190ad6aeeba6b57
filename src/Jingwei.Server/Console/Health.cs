
namespace Jingwei.Server.Console;

/// <summary>Whether the process lives, and whether it can take data.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous();
    }
}

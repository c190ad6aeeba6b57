using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Console;

/// <summary>The live stream of what the caller may see; narrower with the filters of the lists.</summary>
public static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/live", (Caller caller, [AsParameters] ThingFilter filter, Exercises? exercise, HttpContext context, Live live, IHostApplicationLifetime life) =>
            live.ServeAsync(context, caller, filter, Exercises.Of(exercise), life.ApplicationStopping)).Requires(Right.View).WithSummary("What changes, as server-sent events.");
}

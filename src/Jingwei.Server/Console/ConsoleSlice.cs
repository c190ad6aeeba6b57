using Jingwei.Server.Access;

namespace Jingwei.Server.Console;

/// <summary>What people see: the console's files, the live stream, search, long work, health, figures, the description of the API.</summary>
public static class ConsoleSlice
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddOpenApi()
        .AddSingleton<Progress>()
        .AddSingleton<Simulation>()
        .AddSingleton<Live>()
        .AddHostedService<LiveSources>();

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapProgress();
        routes.MapLive();
        routes.MapSearch();
        routes.MapSystem();
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapOpenApi("/openapi/v1.json").Requires(Right.View);
    }
}

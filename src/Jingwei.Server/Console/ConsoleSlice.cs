namespace Jingwei.Server.Console;

/// <summary>What people see: the console's files, the live stream, search, long work, health.</summary>
public static class ConsoleSlice
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<Progress>()
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
    }
}

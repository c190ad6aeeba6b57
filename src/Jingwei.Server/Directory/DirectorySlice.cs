namespace Jingwei.Server.Directory;

/// <summary>Things: what there is, where it stands, whether it is connected.</summary>
public static class DirectorySlice
{
    public static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<Things>()
        .AddSingleton<Presence>()
        .AddSingleton<Visible>();

    public static void MapDirectory(this IEndpointRouteBuilder routes) => routes.MapThings();
}

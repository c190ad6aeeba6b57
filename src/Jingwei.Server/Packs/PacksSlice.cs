using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>Packs: industries as folders, checked as a whole and put in force at once.</summary>
public static class PacksSlice
{
    /// <summary>Loads the packs of <see cref="ServerOptions.PacksFolder"/>; none when there is no such folder.</summary>
    /// <exception cref="CannotStartException">A pack has problems, or the named folder is not there; the message lists all.</exception>
    public static IServiceCollection AddPacks(this IServiceCollection services, ServerOptions options) =>
        services.AddSingleton(new PackCatalog(Load(options.PacksFolder)));

    public static IEndpointRouteBuilder MapPacks(this IEndpointRouteBuilder routes)
    {
        routes.MapPackEndpoints();
        routes.MapPackReload();
        return routes;
    }

    private static PackSet Load(string? folder)
    {
        if (folder is null)
        {
            return PackSet.Empty;
        }

        if (!System.IO.Directory.Exists(folder))
        {
            throw new CannotStartException($"There is no folder of packs {folder}. Choose another with --packs.");
        }

        var loaded = PackLoader.Load(folder);
        return loaded.Packs ?? throw new CannotStartException(string.Join(
            Environment.NewLine,
            loaded.Problems.Select(problem => problem.ToString()).Prepend($"The packs in {folder} have problems; the server does not start with them:")));
    }
}

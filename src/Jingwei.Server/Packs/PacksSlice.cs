using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Server.Packs;

/// <summary>Packs: industries as folders, checked as a whole and put in force at once.</summary>
public static class PacksSlice
{
    /// <summary>
    /// Loads the packs of <see cref="ServerOptions.PacksFolder"/>, none when there is no such folder, and brings what is stored to their names: at once, because
    /// others read what they have stored as soon as they are made.
    /// </summary>
    /// <exception cref="CannotStartException">A pack has problems or is older than what is stored, or the named folder is not there; the message lists all.</exception>
    public static IServiceCollection AddPacks(this IServiceCollection services, ServerOptions options, Database database)
    {
        var catalog = new PackCatalog(Load(options.PacksFolder, options.PackTrust));
        new PackMigrations(database, TimeProvider.System).Apply(catalog.Current);
        return services.AddSingleton(catalog).AddPackStore();
    }

    /// <summary>What is kept about packs in the store.</summary>
    public static IServiceCollection AddPackStore(this IServiceCollection services) => services.AddSingleton<PackMigrations>().AddSingleton<PackMemory>().AddSingleton<PackParties>();

    public static IEndpointRouteBuilder MapPacks(this IEndpointRouteBuilder routes)
    {
        // From the first request on what is shown has the names of packs that are gone.
        routes.ServiceProvider.GetRequiredService<PackMemory>();
        routes.MapPackEndpoints();
        routes.MapPackReload();
        routes.MapPackInstall();
        routes.MapPackParties();
        return routes;
    }

    private static PackSet Load(string? folder, PackTrust trust)
    {
        if (folder is null)
        {
            return PackSet.Empty;
        }

        if (!System.IO.Directory.Exists(folder))
        {
            throw new CannotStartException($"There is no folder of packs {folder}. Choose another with --packs.");
        }

        PackInstall.Recover(folder);
        var loaded = TrustedPacks.Load(folder, trust);
        return loaded.Packs ?? throw new CannotStartException(string.Join(
            Environment.NewLine,
            loaded.Problems.Select(problem => problem.ToString()).Prepend($"The packs in {folder} have problems; the server does not start with them:")));
    }
}

using Jingwei.Server.Packs.Plugins;

namespace Jingwei.Server.Packs.Signing;

/// <summary>Loads a folder of packs as its operator lets them in.</summary>
internal static class TrustedPacks
{
    /// <summary>As <see cref="PackLoader.Load(string, PackLimits, PluginUse)"/>, with the problems of signatures. No plug-in of a pack that has one of these is loaded.</summary>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static PackLoad Load(string folder, PackTrust trust)
    {
        List<PackProblem> problems = [];
        var loaded = PackLoader.Load(folder, pack =>
        {
            var found = trust.Problems(pack.Path, pack.Prefix);
            problems.AddRange(found);
            return trust.PluginsOf(found);
        });
        return problems.Count == 0 ? loaded : new PackLoad(null, [.. loaded.Problems, .. problems], loaded.Files);
    }
}

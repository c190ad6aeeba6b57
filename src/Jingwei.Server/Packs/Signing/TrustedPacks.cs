namespace Jingwei.Server.Packs.Signing;

/// <summary>Loads a folder of packs as its operator lets them in.</summary>
internal static class TrustedPacks
{
    /// <summary>As <see cref="PackLoader.Load(string, PackLimits)"/>, with the problems of signatures.</summary>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static PackLoad Load(string folder, PackTrust trust)
    {
        var problems = PackLoader.Folders(folder).SelectMany(pack => trust.Problems(pack.Path, pack.Prefix)).ToList();
        var loaded = PackLoader.Load(folder);
        return problems.Count == 0 ? loaded : new PackLoad(null, [.. loaded.Problems, .. problems], loaded.Files);
    }
}

namespace Jingwei.Load;

/// <summary>Where the build put things, found from this program upwards.</summary>
public static class Layout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The server, built in the same configuration as this program.</summary>
    public static string Server { get; } = Path.Combine(
        Root, "artifacts", "bin", "Jingwei.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Jingwei.Server.dll");

    /// <summary>The packs that loads use.</summary>
    public static string Packs { get; } = Path.Combine(Root, "bench", "Jingwei.Load", "packs");

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Jingwei.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("Jingwei.slnx not found above the program.");
        }

        return directory.FullName;
    }
}

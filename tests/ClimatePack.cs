namespace Jingwei.Tests;

/// <summary>A pack with a plug-in, in a folder of packs that lives as long as a test: climate sensors that send frames of bytes.</summary>
internal sealed class ClimatePack : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jingwei-plugins-");

    /// <param name="build">The build of the plug-in; null for none.</param>
    public ClimatePack(string? build = Build)
    {
        var source = Path.Combine(SourceTree.Root, "tests", "plugins", "climate-pack");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(source, file), File.ReadAllBytes(file));
        }

        if (build is not null)
        {
            Install(build);
        }
    }

    /// <summary>The plug-in's first build, which reads frames of version 1.</summary>
    public const string Build = "Climate";

    /// <summary>Its next build, which reads those of version 2 too.</summary>
    public const string NextBuild = "ClimateNext";

    /// <summary>The folder of packs.</summary>
    public string Root => folder.FullName;

    public string Folder => Path.Combine(Root, "climate");

    /// <summary>The assembly of a build.</summary>
    public static string Assembly(string build) => Path.Combine(
        SourceTree.Root, "artifacts", "bin", build, new DirectoryInfo(AppContext.BaseDirectory).Name, "Climate.dll");

    /// <summary>A frame of a sensor, as the decoder says that they are.</summary>
    public static byte[] Frame(byte version, DateTimeOffset time, double air, double surface, double humidity, bool doorOpen = false, string serial = "8-1")
    {
        var frame = new MemoryStream();
        frame.WriteByte(version);
        Put(version == 1 ? time.ToUnixTimeSeconds() : time.ToUnixTimeMilliseconds(), version == 1 ? 4 : 8);
        Put((long)Math.Round(air * 100), 2);
        Put((long)Math.Round(surface * 100), 2);
        Put((long)Math.Round(humidity * 100), 2);
        frame.WriteByte(doorOpen ? (byte)1 : (byte)0);
        frame.Write(System.Text.Encoding.ASCII.GetBytes(serial));
        return frame.ToArray();

        void Put(long number, int bytes)
        {
            for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            {
                frame.WriteByte((byte)(number >> shift));
            }
        }
    }

    public void Install(string build) => Write("plugin/Climate.dll", File.ReadAllBytes(Assembly(build)));

    public void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Replaces a part of a file.</summary>
    public void Change(string name, string part, string by)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name));
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, name), text.Replace(part, by, StringComparison.Ordinal));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

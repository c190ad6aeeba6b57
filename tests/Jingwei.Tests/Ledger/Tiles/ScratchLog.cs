using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Tests.Ledger.Merkle;

namespace Jingwei.Tests.Ledger.Tiles;

/// <summary>A folder of a log for one test, gone with it; its entries are those of <see cref="Model"/>.</summary>
internal sealed class ScratchLog : IDisposable
{
    public const string Origin = "example.com/log";

    // Made once: what is signed with it is different from run to run, and nothing here depends on it.
    public static readonly NoteSigner Signer = NoteSigner.Generate(Origin, SignatureType.Ed25519);

    public static readonly TileLogSettings Settings =
        new(Origin, [Signer], new ManualTime(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    public string Folder { get; } = Directory.CreateTempSubdirectory("jingwei-log-").FullName;

    public static MerkleHash Root(long size) => Model.Root(Model.Leaves((int)size));

    /// <summary>Makes a log that published these sizes, one after the other.</summary>
    public ScratchLog Published(params ReadOnlySpan<int> sizes)
    {
        using var log = TileLog.Create(Folder, Settings);
        foreach (var size in sizes)
        {
            log.Append(Model.Entries(log.Size, size));
            log.Publish();
        }

        return this;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The files that a web server gives out, in order.</summary>
    public string[] PublicFiles() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith(".log/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The folder as it is at this instant, as a kill of the writer would leave it.</summary>
    public ScratchLog Copy()
    {
        var copy = new ScratchLog();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var path = copy.PathOf(Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // The writer's own lock is not copied with the file, and may not be read.
            File.WriteAllBytes(path, Path.GetFileName(file) == "lock" ? [] : ReadShared(file));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

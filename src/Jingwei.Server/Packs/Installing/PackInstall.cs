using System.IO.Compression;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Server.Packs.Installing;

/// <summary>What was installed or taken out.</summary>
/// <param name="Before">The version that was there; null for none.</param>
public sealed record PackChange(string Id, string? Version, string? Before);

/// <summary>
/// Puts packs into the folder of packs and takes them out. A pack is unpacked and checked beside the others, then takes its place by
/// renames; whatever a kill leaves between two of them, <see cref="Recover"/> puts right. What is replaced or taken out is kept in folders whose names begin with a dot.
/// </summary>
/// <param name="followed">The version of a pack that what is stored follows, where that is known; older ones are refused.</param>
public sealed class PackInstall(string packs, PackTrust trust, Func<string, string?>? followed = null)
{
    // Ten times what a large pack has; a ZIP file may unpack to anything.
    private const long MostBytes = 256L << 20;
    private const int MostFiles = 10_000;

    private const string Incoming = ".incoming";
    private const string Swapping = ".swapping-";
    private const string Replaced = ".replaced";
    private const string Uninstalled = ".uninstalled";

    /// <summary>Puts right what a kill left in the middle of an installation: the pack of before is there again, or the new one is.</summary>
    public static void Recover(string packs)
    {
        if (!System.IO.Directory.Exists(packs))
        {
            return;
        }

        foreach (var old in System.IO.Directory.EnumerateDirectories(packs, Swapping + "*").ToList())
        {
            var id = Path.GetFileName(old)[Swapping.Length..];
            if (System.IO.Directory.Exists(Path.Combine(packs, id)))
            {
                Keep(packs, old, Replaced, id);
            }
            else
            {
                System.IO.Directory.Move(old, Path.Combine(packs, id));
            }
        }
    }

    /// <summary>Installs the pack of a folder or ZIP file; the whole set is checked with it first. Answers the problems instead when there are any.</summary>
    /// <exception cref="IOException">Something could not be read or written.</exception>
    /// <exception cref="InvalidDataException">The file is no ZIP file, or unpacks to too much.</exception>
    public (PackChange? Change, IReadOnlyList<PackProblem> Problems) Add(string source)
    {
        System.IO.Directory.CreateDirectory(packs);
        Recover(packs);
        var incoming = Path.Combine(packs, Incoming);
        Delete(incoming);
        try
        {
            if (File.Exists(source))
            {
                Unpack(source, incoming);
            }
            else
            {
                Copy(source, incoming);
            }

            return AddUnpacked(Top(incoming));
        }
        finally
        {
            Delete(incoming);
        }
    }

    /// <summary>Takes a pack out; null when there is none. Its folder is kept.</summary>
    public PackChange? Remove(string id)
    {
        Recover(packs);
        var folder = Path.Combine(packs, id);
        if (id.AsSpan().IndexOfAny('/', '\\', '.') >= 0 || id.Length == 0 || !DraftReader.IsPack(folder))
        {
            return null;
        }

        var version = PackLoader.VersionIn(folder);
        Keep(packs, folder, Uninstalled, id);
        return new(id, null, version);
    }

    private (PackChange?, IReadOnlyList<PackProblem>) AddUnpacked(string folder)
    {
        var alone = TrustedPacks.Load(folder, trust);
        if (alone.Packs is not { Packs: [var pack] })
        {
            return (null, alone.Problems);
        }

        var place = Path.Combine(packs, pack.Id);
        var before = PackLoader.VersionIn(place);
        if ((followed?.Invoke(pack.Id) ?? before) is { } least && PackVersion.Compare(pack.Version, least) < 0)
        {
            return (null, [new("pack.yaml", 1, 1, $"version {pack.Version} is older than {least}, which is or was installed", "the same or a newer version: there is no way back for what is stored")]);
        }

        var others = PackLoader.Folders(packs).Where(other => other.Path != place).Append(new PackFolder(folder, $"{pack.Id}/"));
        if (PackLoader.Load(others, trust.PluginsOf) is { Problems: { Length: > 0 } problems })
        {
            return (null, problems);
        }

        var old = Path.Combine(packs, Swapping + pack.Id);
        if (System.IO.Directory.Exists(place))
        {
            System.IO.Directory.Move(place, old);
        }

        System.IO.Directory.Move(folder, place);
        if (System.IO.Directory.Exists(old))
        {
            Keep(packs, old, Replaced, pack.Id);
        }

        return (new(pack.Id, pack.Version, before), []);
    }

    // A ZIP file often holds one folder that holds the pack.
    private static string Top(string folder) =>
        !DraftReader.IsPack(folder) && System.IO.Directory.GetFileSystemEntries(folder) is [var only] && System.IO.Directory.Exists(only) ? only : folder;

    private static void Unpack(string file, string into)
    {
        using var zip = ZipFile.OpenRead(file);
        if (zip.Entries.Count > MostFiles || zip.Entries.Sum(entry => entry.Length) > MostBytes)
        {
            throw new InvalidDataException($"The file unpacks to more than {MostFiles} files or {MostBytes >> 20} MiB.");
        }

        // Refuses entries that would come to lie outside.
        zip.ExtractToDirectory(into);
    }

    private static void Copy(string from, string into)
    {
        var files = System.IO.Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Take(MostFiles + 1).ToList();
        if (files.Count > MostFiles || files.Sum(file => new FileInfo(file).Length) > MostBytes)
        {
            throw new InvalidDataException($"The folder has more than {MostFiles} files or {MostBytes >> 20} MiB.");
        }

        foreach (var file in files)
        {
            var target = Path.Combine(into, Path.GetRelativePath(from, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Keep(string packs, string folder, string among, string id)
    {
        var kept = Path.Combine(packs, among, id);
        Delete(kept);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        System.IO.Directory.Move(folder, kept);
    }

    private static void Delete(string folder)
    {
        if (System.IO.Directory.Exists(folder))
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Collections.Immutable;
using Jingwei.Server.Packs.Building;
using Jingwei.Server.Packs.Checks;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs;

/// <summary>What loading gave: all packs, or every problem that was found in any of them.</summary>
/// <param name="Packs">Null when there is a problem.</param>
/// <param name="Files">How many YAML files there are.</param>
public sealed record PackLoad(PackSet? Packs, ImmutableArray<PackProblem> Problems, int Files);

/// <summary>The folder of a pack.</summary>
/// <param name="Prefix">What stands before its files in problems.</param>
internal readonly record struct PackFolder(string Path, string Prefix);

/// <summary>Reads a folder of packs, checks it as a whole and makes an immutable snapshot of it.</summary>
public static class PackLoader
{
    /// <summary>
    /// Loads a pack's folder, or a folder of such folders. Problems name files below <paramref name="folder"/>.
    /// Folders whose name begins with a dot are passed over; a folder without packs gives an empty set.
    /// </summary>
    /// <param name="plugins">Whether plug-ins of packs are loaded; a pack that has one has a problem where they are not.</param>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The system denies access to a file.</exception>
    public static PackLoad Load(string folder, PackLimits? limits = null, PluginUse plugins = PluginUse.Denied)
    {
        var problems = new ProblemList();
        return Load(Folders(folder, limits ?? PackLimits.Default, problems), _ => plugins, limits ?? PackLimits.Default, problems);
    }

    /// <summary>Loads a folder; of each pack is asked whether its plug-in is loaded.</summary>
    internal static PackLoad Load(string folder, Func<PackFolder, PluginUse> plugins)
    {
        var problems = new ProblemList();
        return Load(Folders(folder, PackLimits.Default, problems), plugins, PackLimits.Default, problems);
    }

    /// <summary>Loads these folders as one set.</summary>
    internal static PackLoad Load(IEnumerable<PackFolder> folders, Func<PackFolder, PluginUse> plugins) => Load(folders, plugins, PackLimits.Default, new ProblemList());

    /// <summary>The folders of packs below a folder.</summary>
    internal static IEnumerable<PackFolder> Folders(string folder) => Folders(folder, PackLimits.Default, new ProblemList());

    /// <summary>The version that a pack's folder says it is; null when it does not say.</summary>
    internal static string? VersionIn(string folder)
    {
        var file = Path.Combine(folder, "pack.yaml");
        return File.Exists(file) && YamlReader.Read(new SourceFile(file, File.ReadAllText(file)), PackLimits.Default, new ProblemList()) is MapNode manifest ? manifest.Text("version") : null;
    }

    private static PackLoad Load(IEnumerable<PackFolder> folders, Func<PackFolder, PluginUse> plugins, PackLimits bounds, ProblemList problems)
    {
        var drafts = folders
            .Select(pack => Read(pack, plugins(pack), bounds, problems))
            .ToList();
        foreach (var draft in drafts)
        {
            PackCheck.Check(draft, problems);
        }

        SetCheck.Check(drafts, problems);
        var files = drafts.Sum(draft => draft.FileCount);
        return problems.Count > 0
            ? new PackLoad(null, problems.Sorted(), files)
            : new PackLoad(new PackSet([.. drafts.Select(draft => new PackBuilder(draft).Build())]), [], files);
    }

    private static PackDraft Read(PackFolder pack, PluginUse plugins, PackLimits limits, ProblemList problems)
    {
        using var reader = new DraftReader(pack.Path, pack.Prefix, plugins, limits, problems);
        return reader.Read();
    }

    private static IEnumerable<PackFolder> Folders(string folder, PackLimits limits, ProblemList problems)
    {
        if (DraftReader.IsPack(folder))
        {
            return [new(folder, "")];
        }

        var packs = System.IO.Directory.EnumerateDirectories(folder)
            .Select(path => (Path: path, Name: Path.GetFileName(path)))
            .Where(pack => !pack.Name.StartsWith('.'))
            .OrderBy(pack => pack.Name, StringComparer.Ordinal)
            .ToList();
        if (packs.Count > limits.Packs)
        {
            var file = new SourceFile(packs[limits.Packs].Name, "");
            problems.Add(file, Position.Start, "too many packs; this and the rest are not read", $"at most {limits.Packs}");
        }

        return packs.Take(limits.Packs).Select(pack => new PackFolder(pack.Path, $"{pack.Name}/"));
    }
}

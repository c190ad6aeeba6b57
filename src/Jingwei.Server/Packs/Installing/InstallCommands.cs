using System.CommandLine;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Server.Packs.Installing;

/// <summary>"pack install" and "pack uninstall".</summary>
internal static class InstallCommands
{
    private static readonly Option<string> Folder = new("--packs") { Description = "The folder of packs.", DefaultValueFactory = _ => "packs" };

    public static Command Install()
    {
        var source = new Argument<string>("FILE|DIR") { Description = "A pack's folder, or a ZIP file of it." };
        var keys = new Option<string?>("--pack-keys") { Description = "Folder of PEM files with the keys that are trusted." };
        var signed = new Option<bool>("--signed") { Description = "Only a pack that a trusted key has signed." };
        var plugins = PluginOption.Create();
        var command = new Command("install", "Check a pack beside those that are there and put it into the folder of packs.") { source, Folder, keys, signed, plugins };
        command.SetAction(parsed => Install(
            parsed.GetValue(source)!, new PackInstall(parsed.GetValue(Folder)!, new PackTrust(parsed.GetValue(keys), !parsed.GetValue(signed)) { PluginsAllowed = PluginOption.IsAllowed(parsed.GetValue(plugins)) }),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    public static Command Uninstall()
    {
        var id = new Argument<string>("ID") { Description = "Id of the pack." };
        var command = new Command("uninstall", "Take a pack out of the folder of packs; what its things have read stays.") { id, Folder };
        command.SetAction(parsed => Uninstall(
            parsed.GetValue(id)!, parsed.GetValue(Folder)!, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Install(string source, PackInstall install, TextWriter output, TextWriter error)
    {
        if (!File.Exists(source) && !System.IO.Directory.Exists(source))
        {
            error.WriteLine($"No file or folder {source}.");
            return PackCommand.Usage;
        }

        try
        {
            var (change, problems) = install.Add(source);
            foreach (var problem in problems)
            {
                error.WriteLine(problem);
            }

            if (change is null)
            {
                return PackCommand.Problems;
            }

            output.WriteLine($"Installed {change.Id} {change.Version}{(change.Before is null ? "" : $", before {change.Before}")}. A running server takes it with POST /api/packs/reload.");
            return PackCommand.Fine;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine(fault.Message);
            return PackCommand.Problems;
        }
    }

    private static int Uninstall(string id, string packs, TextWriter output, TextWriter error)
    {
        if (new PackInstall(packs, PackTrust.Anyone).Remove(id) is not { } change)
        {
            error.WriteLine($"No pack {id} in {packs}.");
            return PackCommand.Usage;
        }

        output.WriteLine($"Took out {change.Id} {change.Before}; its folder is in {Path.Combine(packs, ".uninstalled")}. A running server follows with POST /api/packs/reload.");
        return PackCommand.Fine;
    }
}

using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Jingwei.Sdk;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>
/// Reads the folder `plugin` of a pack: its assemblies lie at the top of it, prebuilt; what else is there is their source, and none of ours. All of them are looked
/// at before any is loaded.
/// </summary>
/// <param name="pack">The pack's folder.</param>
/// <param name="prefix">What stands before file names in problems.</param>
internal sealed class PluginReader(string pack, string prefix, PackLimits limits, ProblemList problems)
{
    public const string Folder = "plugin";

    /// <summary>True when the pack has a plug-in, whether it can be loaded or not.</summary>
    public bool Exists { get; } = System.IO.Directory.Exists(Path.Combine(pack, Folder));

    /// <summary>Its assemblies as they lie there; null, with the problems, when they cannot be the plug-in's.</summary>
    public IReadOnlyList<PluginAssembly>? ReadAssemblies()
    {
        var files = System.IO.Directory.EnumerateFiles(Path.Combine(pack, Folder), "*.dll").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0 || files.Count > limits.PluginFiles)
        {
            Report(Folder, $"there are {files.Count} assemblies", $"1 to {limits.PluginFiles} prebuilt files *.dll");
            return null;
        }

        var before = problems.Count;
        List<PluginAssembly> own = [.. files.Select(Read).OfType<PluginAssembly>()];
        foreach (var (assembly, fault) in own.SelectMany(assembly => assembly.Faults(own).Select(fault => (assembly, fault))))
        {
            Report(assembly.File, fault, PluginAssembly.Expected);
        }

        foreach (var twice in own.GroupBy(assembly => assembly.Name.Name, StringComparer.OrdinalIgnoreCase).SelectMany(group => group.Skip(1)))
        {
            Report(twice.File, $"another file is the assembly {twice.Name.Name}, too", "every assembly once");
        }

        return problems.Count == before ? own : null;
    }

    /// <summary>Loads and registers; null, with the problems, when that cannot be.</summary>
    public PackPlugin? Load(IReadOnlyList<PluginAssembly> own, PluginUse use)
    {
        if (use != PluginUse.Allowed)
        {
            Report(
                own[0].File,
                use == PluginUse.Denied ? "the pack has a plug-in, and plug-ins are not allowed here" : "the plug-in is not loaded, since the pack is not one that is let in",
                use == PluginUse.Denied ? "--plugins allow, for packs that you trust: a plug-in may do all that the server may" : "a signature that holds");
            return null;
        }

        var registration = new PluginRegistration();
        var context = new PluginContext(Path.GetFileName(pack), own);
#pragma warning disable CA1031 // Whatever a plug-in throws while it is loaded: it is a problem of the pack.
        try
        {
            if (Entry(own, context) is not { } entry)
            {
                return null;
            }

            ((Plugin)Activator.CreateInstance(entry)!).Register(registration);
        }
        catch (Exception error)
        {
            var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            Report(own[0].File, $"the plug-in cannot be loaded: {cause.GetType().Name}: {cause.Message}", "a plug-in that registers what it has");
            return null;
        }
#pragma warning restore CA1031

        foreach (var fault in registration.Faults)
        {
            Report(own[0].File, fault, "names and types as in docs/packs.md, Plug-ins");
        }

        return registration.Faults.Count > 0 ? null : new PackPlugin(
            [.. own.Select(assembly => $"{assembly.Name.Name} {assembly.Name.Version}")],
            Convert.ToHexStringLower(SHA256.HashData([.. own.SelectMany(assembly => SHA256.HashData(assembly.Bytes))])),
            [.. registration.Functions],
            registration.Decoders.ToFrozenDictionary(decoder => decoder.Name, StringComparer.Ordinal))
        { Context = context };
    }

    private Type? Entry(IReadOnlyList<PluginAssembly> own, PluginContext context)
    {
        var entries = own.SelectMany(assembly => context.LoadFromAssemblyName(assembly.Name).GetExportedTypes())
            .Where(type => type.IsSubclassOf(typeof(Plugin)) && !type.IsAbstract)
            .ToList();
        if (entries is [var entry])
        {
            return entry;
        }

        Report(own[0].File, entries.Count == 0 ? "no class derives from Jingwei.Sdk.Plugin" : $"{string.Join(" and ", entries.Select(type => type.Name))} derive from Jingwei.Sdk.Plugin", "exactly one public class");
        return null;
    }

    private PluginAssembly? Read(string path)
    {
        var file = $"{Folder}/{Path.GetFileName(path)}";
        if (new FileInfo(path).Length > limits.PluginBytes)
        {
            Report(file, $"the file has {new FileInfo(path).Length} bytes", $"at most {limits.PluginBytes}");
            return null;
        }

        var assembly = PluginAssembly.Read(file, File.ReadAllBytes(path));
        if (assembly is null)
        {
            Report(file, "the file is no .NET assembly", PluginAssembly.Expected);
        }

        return assembly;
    }

    private void Report(string file, string message, string expected) => problems.Add(new SourceFile(prefix + file, ""), Position.Start, message, expected);
}

using System.Reflection;
using System.Runtime.Loader;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>
/// Holds the assemblies of one plug-in, apart from those of others and of the server. It goes when nothing uses the plug-in any more: it is not told to unload,
/// since whoever still works by the packs of before works on to the end.
/// </summary>
internal sealed class PluginContext(string pack, IReadOnlyList<PluginAssembly> own) : AssemblyLoadContext($"plug-in of {pack}", isCollectible: true)
{
    /// <summary>Loads one of its own from the bytes that were checked, whatever the file has become.</summary>
    public Assembly Load(PluginAssembly assembly)
    {
        using var bytes = new MemoryStream(assembly.Bytes, writable: false);
        return LoadFromStream(bytes);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (own.FirstOrDefault(each => PluginAssembly.IsNamed(each, assemblyName.Name!)) is { } found)
        {
            return Load(found);
        }

        if (FrameworkAssemblies.IsSdk(assemblyName.Name!))
        {
            return FrameworkAssemblies.Sdk;
        }

        // Null hands over to the server's context, which has the framework; and much that a plug-in shall not see.
        return FrameworkAssemblies.Fault(assemblyName) is { } fault ? throw new FileLoadException($"A plug-in cannot load {assemblyName.Name}: {fault}.") : null;
    }
}

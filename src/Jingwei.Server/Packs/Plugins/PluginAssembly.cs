using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>An assembly of a plug-in as its file says it is, read without running anything of it.</summary>
/// <param name="File">Its path within the pack.</param>
internal sealed record PluginAssembly(string File, byte[] Bytes, AssemblyName Name, IReadOnlyList<AssemblyName> References)
{
    public const string Expected = "an assembly that references Jingwei.Sdk, the .NET framework and the plug-in's own assemblies alone";

    /// <summary>Null for bytes that are no .NET assembly.</summary>
    public static PluginAssembly? Read(string file, byte[] bytes)
    {
        try
        {
            using var image = new PEReader(new MemoryStream(bytes, writable: false));
            if (!image.HasMetadata || image.GetMetadataReader() is not { IsAssembly: true } metadata)
            {
                return null;
            }

            return new(
                file, bytes, metadata.GetAssemblyDefinition().GetAssemblyName(),
                [.. metadata.AssemblyReferences.Select(reference => metadata.GetAssemblyReference(reference).GetAssemblyName())]);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>What it must not be or use.</summary>
    /// <param name="own">The plug-in's assemblies, this one included.</param>
    public IEnumerable<string> Faults(IReadOnlyCollection<PluginAssembly> own)
    {
        if (FrameworkAssemblies.IsSdk(Name.Name!))
        {
            return ["Jingwei.Sdk is the server's own: leave it out"];
        }

        if (FrameworkAssemblies.Has(Name.Name!))
        {
            return [$"its assembly is called {Name.Name}, as one that is not a plug-in's"];
        }

        return References
            .Where(reference => !own.Any(each => IsNamed(each, reference.Name!)))
            .Select(FrameworkAssemblies.Fault)
            .OfType<string>();
    }

    public static bool IsNamed(PluginAssembly assembly, string name) => string.Equals(assembly.Name.Name, name, StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.InteropServices;
using Jingwei.Sdk;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>What every plug-in may use beside its own assemblies: the shared framework of .NET, and the Sdk. ASP.NET Core is not among it.</summary>
internal static class FrameworkAssemblies
{
    private static readonly FrozenDictionary<string, string> Files = System.IO.Directory
        .EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")
        .ToFrozenDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase);

    public static Assembly Sdk => typeof(Plugin).Assembly;

    /// <summary>True for a name that no plug-in's own assembly may have.</summary>
    public static bool Has(string name) => Files.ContainsKey(name) || IsOurs(name);

    /// <summary>What is wrong with a reference from outside the plug-in; null when nothing is.</summary>
    public static string? Fault(AssemblyName wanted)
    {
        if (IsSdk(wanted.Name!))
        {
            return TooNew(wanted, Sdk.GetName().Version!);
        }

        return Files.TryGetValue(wanted.Name!, out var file) && !IsOurs(wanted.Name!)
            ? TooNew(wanted, AssemblyName.GetAssemblyName(file).Version!)
            : $"it references {wanted.Name}";
    }

    public static bool IsSdk(string name) => string.Equals(name, Sdk.GetName().Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsOurs(string name) => name.StartsWith("Jingwei.", StringComparison.OrdinalIgnoreCase);

    private static string? TooNew(AssemblyName wanted, Version here) =>
        wanted.Version > here ? $"it was built against {wanted.Name} {wanted.Version}, here is {here}" : null;
}

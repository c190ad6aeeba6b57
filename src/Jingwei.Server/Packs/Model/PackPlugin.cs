using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.Loader;
using Jingwei.Cel;
using Jingwei.Sdk;

namespace Jingwei.Server.Packs.Model;

/// <summary>A decoder of messages that a plug-in declares.</summary>
/// <param name="Documentation">One sentence.</param>
public sealed record PluginDecoder(string Name, string Documentation, PayloadDecoder Body);

/// <summary>The plug-in of a pack, loaded. It works as long as anything refers to this, and leaves the memory when nothing does, nor to a function or decoder of it.</summary>
/// <param name="Assemblies">Names and versions.</param>
/// <param name="Digest">SHA-256 of its assemblies.</param>
/// <param name="Functions">For the expressions of the pack.</param>
/// <param name="Decoders">By name, for its channels.</param>
public sealed record PackPlugin(ImmutableArray<string> Assemblies, string Digest, ImmutableArray<CelFunction> Functions, FrozenDictionary<string, PluginDecoder> Decoders)
{
    /// <summary>What holds its code: let go, it would load nothing more.</summary>
    internal AssemblyLoadContext? Context { get; init; }

    /// <summary>True when a program calls a function of it.</summary>
    public bool IsIn(CelProgram program) => program.Calls.Any(call => Functions.Any(function => function.Name == call.Function));
}

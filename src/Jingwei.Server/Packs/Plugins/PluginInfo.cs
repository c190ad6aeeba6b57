using Jingwei.Cel;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>A function of a plug-in as the API shows it.</summary>
/// <param name="Signature">As `dew_point(double, double) -> double`.</param>
public sealed record PluginFunctionInfo(string Name, string Signature, string Documentation);

/// <summary>A decoder of a plug-in as the API shows it.</summary>
public sealed record PluginDecoderInfo(string Name, string Documentation);

/// <summary>A plug-in as the API shows it.</summary>
/// <param name="Assemblies">Names and versions.</param>
/// <param name="Digest">SHA-256 of its assemblies.</param>
public sealed record PluginInfo(IReadOnlyList<string> Assemblies, string Digest, IReadOnlyList<PluginFunctionInfo> Functions, IReadOnlyList<PluginDecoderInfo> Decoders)
{
    public static PluginInfo Of(PackPlugin plugin) => new(
        plugin.Assemblies,
        plugin.Digest,
        [.. plugin.Functions.Select(function => new PluginFunctionInfo(function.Name, SignatureOf(function), function.Documentation))],
        [.. plugin.Decoders.Values.OrderBy(decoder => decoder.Name, StringComparer.Ordinal).Select(decoder => new PluginDecoderInfo(decoder.Name, decoder.Documentation))]);

    public static string SignatureOf(CelFunction function) =>
        $"{function.Name}({string.Join(", ", function.Overloads[0].Parameters)}) -> {function.Overloads[0].Result}";
}

namespace Jingwei.Server.Packs;

/// <summary>
/// What a folder of packs may cost to read. The defaults are some ten times what a large pack needs; a pack beyond them is
/// refused with the limit's name rather than read in part.
/// </summary>
/// <param name="FileBytes">Largest YAML file in bytes.</param>
/// <param name="Files">Most YAML files in a pack.</param>
/// <param name="Packs">Most packs in a folder.</param>
/// <param name="Depth">Deepest nesting of mappings and lists in a file. The deepest that the format itself has is 6.</param>
/// <param name="Nodes">Most keys, values, mappings and lists in a file.</param>
/// <param name="PluginBytes">Largest assembly of a plug-in in bytes.</param>
/// <param name="PluginFiles">Most assemblies of a plug-in.</param>
public sealed record PackLimits(
    int FileBytes = 1024 * 1024, int Files = 2000, int Packs = 200, int Depth = 20, int Nodes = 100_000, int PluginBytes = 16 << 20, int PluginFiles = 20)
{
    /// <summary>Bytes of the largest file that a case type can ask for: some minutes of video. 1 GiB.</summary>
    public const long EvidenceBytes = 1L << 30;

    public static PackLimits Default { get; } = new();
}

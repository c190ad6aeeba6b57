namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>The industry's association, which makes statistics over all.</summary>
internal static class Association
{
    public const string Id = "pcb-association";
    public const string Name = "电子电路行业协会（样例）";

    /// <summary>A party is known to others by the prefix that it holds.</summary>
    public const string Prefix = $"{Network.Node}.100";

    public const string Analyst = "pcb-association-analyst";
}

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>The industry's association, which counts over all and sees nobody's objects.</summary>
internal static class Association
{
    public const string Id = "pcb-association";
    public const string Name = "电子电路行业协会（样例）";
    public const string Analyst = "pcb-association-analyst";
}

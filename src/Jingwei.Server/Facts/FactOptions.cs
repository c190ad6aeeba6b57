using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Server.Facts;

/// <summary>Limits of the store of facts, and what the operator knows of company prefixes.</summary>
public sealed record FactOptions
{
    // Beside identifiers, which take a quarter of the memory at most, and the engine of readings, which takes half.
    private const int PartOfMemory = 8;
    private const ulong LeastCache = 64 << 20;

    /// <summary>Most bytes of the store's blocks in memory. By default an eighth of what the process may use.</summary>
    public ulong CacheBytes { get; init; } = Math.Max(LeastCache, (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / PartOfMemory);

    /// <summary>How long GS1 Company Prefixes are; null where only those that are registered here are known.</summary>
    public CompanyPrefixTable? CompanyPrefixes { get; init; }
}

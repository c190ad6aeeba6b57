using Jingwei.Server.Identifiers.Node;

namespace Jingwei.Server.Identifiers;

/// <summary>Limits of the identifier node.</summary>
public sealed record IdentifierOptions
{
    // Blocks that were read are worth as much of the memory as is to spare beside the engine of readings, which takes half at most.
    private const int PartOfMemory = 4;
    private const ulong LeastCache = 64 << 20;

    /// <summary>Most bytes of the store's blocks in memory. By default a quarter of what the process may use.</summary>
    public ulong CacheBytes { get; init; } = Math.Max(LeastCache, (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / PartOfMemory);

    /// <summary>Most bytes of the records that were asked for of late; taken as they come. 192 MiB: some 800,000 identifiers of two short values.</summary>
    public long HotBytes { get; init; } = 192 << 20;

    /// <summary>Whether anybody may resolve identifiers without signing in; he reads the values that are for everybody.</summary>
    public bool PublicValues { get; init; }

    /// <summary>What Digital Links and codes of this node begin with, as `https://id.example.cn`; null for the address that was called.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>How the node speaks the Handle protocol.</summary>
    internal NodeOptions Node { get; init; } = NodeOptions.None;
}

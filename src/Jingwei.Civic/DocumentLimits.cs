namespace Jingwei.Civic;

/// <summary>What a document may cost. What goes over a limit is a problem that is returned, never a crash and never silence.</summary>
public sealed record DocumentLimits
{
    /// <summary>For single alerts: 5 MiB, an alert with a photograph in it (`derefUri`).</summary>
    public static DocumentLimits Alert { get; } = new() { Bytes = 5 << 20 };

    /// <summary>For feeds: 16 MiB, a feed of some hundred alerts with outlines.</summary>
    public static DocumentLimits Feed { get; } = new() { Bytes = 16 << 20 };

    /// <summary>Longest document in bytes.</summary>
    public int Bytes { get; init; } = 5 << 20;

    /// <summary>Deepest nesting of elements. Default 64: a signed alert inside an entry takes about 16.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Most elements and attributes. Default 500,000: of the smallest elements 16 MiB hold some two million.</summary>
    public int Nodes { get; init; } = 500_000;

    /// <summary>Most attributes of one element. Default 256; signatures have one or two.</summary>
    public int Attributes { get; init; } = 256;

    /// <summary>Most entries of a feed. Default 5,000.</summary>
    public int Entries { get; init; } = 5_000;

    /// <summary>Most entries of a feed that are skipped because they are not well-formed; each costs one more pass over the feed. Default 20.</summary>
    public int DamagedEntries { get; init; } = 20;

    /// <summary>Most problems that are listed. Default 200.</summary>
    public int Problems { get; init; } = 200;
}

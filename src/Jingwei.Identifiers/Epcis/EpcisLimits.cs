namespace Jingwei.Identifiers.Epcis;

/// <summary>What a document may cost. What goes over a limit is a problem that is returned, never a crash and never silence.</summary>
public sealed record EpcisLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static EpcisLimits Default { get; } = new();

    /// <summary>Longest document in bytes. Default 64 MiB: the 100,000 events below at some 650 bytes each.</summary>
    public int Bytes { get; init; } = 64 << 20;

    /// <summary>Most events of a document. Default 100,000.</summary>
    public int Events { get; init; } = 100_000;

    /// <summary>Longest `@context` in bytes. Default: any; who keeps events one by one keeps it with each.</summary>
    public int ContextBytes { get; init; } = int.MaxValue;

    /// <summary>Longest namespace of a prefix in characters. Default: any; it is written out for every short form.</summary>
    public int NamespaceCharacters { get; init; } = int.MaxValue;

    /// <summary>Deepest nesting. Default 64, the default of System.Text.Json; the deepest published example has 16.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Most elements and attributes of an XML document. Default 4,000,000: of the smallest ones 64 MiB hold some eight million.</summary>
    public int Nodes { get; init; } = 4_000_000;

    /// <summary>Most problems that are listed. Default 100: enough to mend a document by, little enough for an answer.</summary>
    public int Problems { get; init; } = 100;
}

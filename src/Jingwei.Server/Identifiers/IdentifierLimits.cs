namespace Jingwei.Server.Identifiers;

/// <summary>Limits of what an identifier is.</summary>
internal static class IdentifierLimits
{
    /// <summary>Most bytes of an identifier, in UTF-8. 512: four times what a two-dimensional code on a label takes, a quarter of what the protocol's library allows.</summary>
    public const int NameBytes = 512;

    /// <summary>Most bytes of all values of one identifier together. 64 KiB: what the protocol's servers send without splitting it too often; documents belong behind a URL.</summary>
    public const int ValueBytes = 64 << 10;

    /// <summary>Most bytes of a value's type: as a prefix with a name behind it.</summary>
    public const int TypeBytes = 128;

    /// <summary>Most UTF-16 units of the reason of an erasure, which is kept with each value that it took: a sentence or two.</summary>
    public const int ReasonLength = 200;

    /// <summary>Longest TTL in seconds: 31 days, so that what is changed is known everywhere a month later.</summary>
    public const uint LongestTtl = 31 * 86_400;

    /// <summary>TTL of a value that says nothing: a day, as the protocol's library has it.</summary>
    public const uint UsualTtl = 86_400;
}

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>The OpFlag of a header (RFC 3652, 2.2.2.3), and the last three that Handle.Net added.</summary>
[Flags]
public enum MessageOptions : uint
{
    None = 0,

    /// <summary>Ask primary sites, no cache.</summary>
    Authoritative = 0x8000_0000,

    /// <summary>The server is to sign its answer.</summary>
    Certify = 0x4000_0000,

    /// <summary>The server is to encrypt its answer, which takes a session.</summary>
    Encrypt = 0x2000_0000,

    /// <summary>The server may ask others for what it does not have.</summary>
    Recursive = 0x1000_0000,

    /// <summary>A cache is to sign its answer.</summary>
    CacheCertify = 0x0800_0000,

    /// <summary>More messages of this answer follow.</summary>
    Continuous = 0x0400_0000,
    KeepAlive = 0x0200_0000,

    /// <summary>Only values that anybody may read.</summary>
    PublicOnly = 0x0100_0000,

    /// <summary>The answer is to begin with a digest of the request; in an answer: it does.</summary>
    RequestDigest = 0x0080_0000,

    /// <summary>What is created or added may take the place of what is there.</summary>
    Overwrite = 0x0040_0000,

    /// <summary>The server is to choose the suffix of the handle that it creates.</summary>
    Mint = 0x0020_0000,
    DoNotRefer = 0x0010_0000,

    /// <summary>What an answer says again of its request.</summary>
    Echoed = Authoritative | Certify | CacheCertify | PublicOnly | Overwrite | DoNotRefer,
}

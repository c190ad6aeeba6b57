namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>Sizes that the protocol fixes, and bounds on what is read. The numbers are those of the Handle.Net library where no clause is named.</summary>
public static class WireLimits
{
    /// <summary>Bytes of an envelope (RFC 3652, 2.2.1).</summary>
    public const int Envelope = 20;

    /// <summary>Bytes of a header (RFC 3652, 2.2.2).</summary>
    public const int Header = 24;

    /// <summary>Bytes of a message behind its envelope.</summary>
    public const int Message = 262_144;

    /// <summary>Bytes of a datagram, envelope included (RFC 3652, 2.3).</summary>
    public const int Datagram = 512;

    /// <summary>Bytes of a message that a datagram carries: all but the last of one message carry as many.</summary>
    public const int DatagramPart = Datagram - Envelope;

    /// <summary>Values of a handle in one message.</summary>
    public const int Values = 2048;

    /// <summary>Bytes of a value's type. 1,024: the longest registered type is a handle and a dot.</summary>
    public const int Type = 1024;

    /// <summary>Elements of any other list, as references and indexes. As <see cref="Values"/>; a message holds no more handles of 100 bytes than that.</summary>
    public const int Elements = 2048;

    /// <summary>Handles of a list in one message. 262,144 bytes hold no more than 32,768 handles of four bytes.</summary>
    public const int Handles = 32_768;
}

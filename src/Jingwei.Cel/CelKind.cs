namespace Jingwei.Cel;

/// <summary>What a <see cref="CelValue"/> holds. <see cref="Unset"/> is the default value of the struct.</summary>
public enum CelKind : byte
{
    /// <summary>No value: a variable that is bound to nothing yet. Reading it gives an error value.</summary>
    Unset,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,
    Type,
    Object,
    Optional,
    /// <summary>An IP address (net.IP).</summary>
    Address,
    /// <summary>A block of IP addresses (net.CIDR).</summary>
    Network,
    Error,
}

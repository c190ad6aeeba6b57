namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>What can be wrong with bytes.</summary>
public enum WireFaultCode
{
    None,

    /// <summary>They end inside a field.</summary>
    Truncated,

    /// <summary>A length or count below zero, over its limit, or over what is left.</summary>
    LengthOutOfRange,

    /// <summary>Bytes behind the end of what they are.</summary>
    TrailingBytes,

    /// <summary>No UTF-8 where text must be, or no handle where one must be.</summary>
    InvalidText,

    /// <summary>An operation, response code, algorithm or form that is not known.</summary>
    Unknown,

    /// <summary>A protocol version older than 2.1.</summary>
    UnsupportedVersion,

    /// <summary>A value outside of its range.</summary>
    OutOfRange,
}

/// <summary>Where bytes are not what they should be.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Position">The field's first byte, counted from 0 in what was read.</param>
public readonly record struct WireFault(WireFaultCode Code, int Position)
{
    public bool IsNone => Code == WireFaultCode.None;

    public override string ToString() => IsNone ? "no fault" : $"{Code} at byte {Position}";
}

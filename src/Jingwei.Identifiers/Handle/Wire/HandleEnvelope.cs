using System.Buffers.Binary;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>What goes before every message and every part of one (RFC 3652, 2.2.1).</summary>
public readonly record struct HandleEnvelope
{
    private const byte CompressedBit = 0x80;
    private const byte EncryptedBit = 0x40;
    private const byte TruncatedBit = 0x20;
    private const byte SuggestedMajorBits = 0x03;

    /// <summary>In which version the message is.</summary>
    public HandleVersion Version { get; init; }

    /// <summary>
    /// The newest version that the sender can do. RFC 3652 has 16 bits of flags here; practice keeps three, and puts the major version
    /// into the lowest two bits of their byte and the minor one into the next byte. Zero means <see cref="Version"/>.
    /// </summary>
    public HandleVersion Suggested { get; init; }

    public bool IsCompressed { get; init; }

    public bool IsEncrypted { get; init; }

    /// <summary>Whether this is one of several datagrams of a message. Handle.Net says so of requests; of answers their length tells.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The session, or the challenge that an answer belongs to; 0 for none.</summary>
    public int SessionId { get; init; }

    public int RequestId { get; init; }

    /// <summary>Which part of the message this is; from 0.</summary>
    public int Sequence { get; init; }

    /// <summary>Bytes of the whole message, without envelopes.</summary>
    public int MessageLength { get; init; }

    /// <summary>Reads an envelope; what is behind it is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HandleEnvelope envelope, out WireFault fault)
    {
        envelope = default;
        if (bytes.Length < WireLimits.Envelope)
        {
            fault = new(WireFaultCode.Truncated, bytes.Length);
            return false;
        }

        var version = new HandleVersion(bytes[0], bytes[1]);
        var suggested = new HandleVersion((byte)(bytes[2] & SuggestedMajorBits), bytes[3]);
        envelope = new()
        {
            Version = version,
            Suggested = suggested.Major == 0 ? version : suggested,
            IsCompressed = (bytes[2] & CompressedBit) != 0,
            IsEncrypted = (bytes[2] & EncryptedBit) != 0,
            IsTruncated = (bytes[2] & TruncatedBit) != 0,
            SessionId = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
            RequestId = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
            Sequence = BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
            MessageLength = BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
        };
        fault = envelope switch
        {
            { Version.Major: not 2 } => new(WireFaultCode.UnsupportedVersion, 0),
            _ when version < HandleVersion.Oldest => new(WireFaultCode.UnsupportedVersion, 0),
            { MessageLength: < 0 or > WireLimits.Message } => new(WireFaultCode.LengthOutOfRange, 16),
            { Sequence: < 0 or > WireLimits.Message / WireLimits.DatagramPart } => new(WireFaultCode.OutOfRange, 12),
            _ => default,
        };
        return fault.IsNone;
    }

    /// <summary>Writes <see cref="WireLimits.Envelope"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = Version.Major;
        bytes[1] = Version.Minor;
        bytes[2] = (byte)((IsCompressed ? CompressedBit : 0) | (IsEncrypted ? EncryptedBit : 0) | (IsTruncated ? TruncatedBit : 0) | (Suggested.Major & SuggestedMajorBits));
        bytes[3] = Suggested.Minor;
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], SessionId);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], RequestId);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], MessageLength);
    }
}

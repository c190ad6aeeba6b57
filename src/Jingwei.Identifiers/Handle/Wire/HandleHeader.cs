using System.Buffers.Binary;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>What a message is about (RFC 3652, 2.2.2).</summary>
public readonly record struct HandleHeader
{
    public HandleOperation Operation { get; init; }

    /// <summary><see cref="HandleResponseCode.Request"/> in a request.</summary>
    public HandleResponseCode Code { get; init; }

    public MessageOptions Flags { get; init; }

    /// <summary>Serial number of the site information that the client goes by; 65,535 when it goes by none.</summary>
    public ushort SiteSerial { get; init; }

    /// <summary>How many servers asked each other before this one.</summary>
    public byte RecursionCount { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00:00Z after which the message must not be heeded; 0 for never.</summary>
    public uint Expiration { get; init; }

    public int BodyLength { get; init; }

    /// <summary>Reads a header and checks that its body is there.</summary>
    /// <param name="message">A whole message: header, body, credential.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out HandleHeader header, out WireFault fault)
    {
        header = default;
        if (message.Length < WireLimits.Header)
        {
            fault = new(WireFaultCode.Truncated, message.Length);
            return false;
        }

        header = new()
        {
            Operation = (HandleOperation)BinaryPrimitives.ReadInt32BigEndian(message),
            Code = (HandleResponseCode)BinaryPrimitives.ReadInt32BigEndian(message[4..]),
            Flags = (MessageOptions)BinaryPrimitives.ReadUInt32BigEndian(message[8..]),
            SiteSerial = BinaryPrimitives.ReadUInt16BigEndian(message[12..]),
            RecursionCount = message[14],
            Expiration = BinaryPrimitives.ReadUInt32BigEndian(message[16..]),
            BodyLength = BinaryPrimitives.ReadInt32BigEndian(message[20..]),
        };
        fault = header.BodyLength < 0 || header.BodyLength > message.Length - WireLimits.Header ? new(WireFaultCode.LengthOutOfRange, 20) : default;
        return fault.IsNone;
    }

    /// <summary>Writes <see cref="WireLimits.Header"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Operation);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], (int)Code);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], (uint)Flags);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[12..], SiteSerial);
        bytes[14] = RecursionCount;
        bytes[15] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], Expiration);
        BinaryPrimitives.WriteInt32BigEndian(bytes[20..], BodyLength);
    }
}

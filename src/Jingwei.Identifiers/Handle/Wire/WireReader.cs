using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>
/// Reads fields one after the other: integers big-endian, strings as four bytes of length and UTF-8 (RFC 3652, 2.1). After the first
/// fault everything reads as empty, so that callers look at <see cref="Fault"/> once, at the end.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;

    /// <summary>The first thing that was wrong.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    public readonly int Left => data.Length - Position;

    public readonly bool IsSound => Fault.IsNone;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => data[Position..];

    public byte ReadByte() => Take(1) is [var value] ? value : (byte)0;

    public ushort ReadUInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    public int ReadInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;

    public uint ReadUInt32() => (uint)ReadInt32();

    /// <summary>Bytes behind their length.</summary>
    public ReadOnlySpan<byte> ReadBytes(int limit)
    {
        var at = Position;
        var length = ReadInt32();
        if (length < 0 || length > limit || length > Left)
        {
            Fail(length >= 0 && length <= limit ? WireFaultCode.Truncated : WireFaultCode.LengthOutOfRange, at);
            return [];
        }

        return Take(length);
    }

    /// <summary>Bytes without a length before them.</summary>
    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > Left)
        {
            Fail(WireFaultCode.Truncated, Position);
            return [];
        }

        var taken = data.Slice(Position, length);
        Position += length;
        return taken;
    }

    public ReadOnlySpan<byte> ReadUtf8(int limit)
    {
        var at = Position;
        var bytes = ReadBytes(limit);
        if (!Utf8.IsValid(bytes))
        {
            Fail(WireFaultCode.InvalidText, at);
            return [];
        }

        return bytes;
    }

    public string ReadText(int limit) => Encoding.UTF8.GetString(ReadUtf8(limit));

    /// <summary>The bytes of a handle; empty is no fault here, since a few messages are about none. Handle.Net's clients write a slash for none.</summary>
    public ReadOnlySpan<byte> ReadHandleBytes()
    {
        var at = Position;
        var bytes = ReadBytes(HandleName.MaxBytes);
        if (bytes is [(byte)'/'])
        {
            return [];
        }

        if (!bytes.IsEmpty && !HandleName.IsValid(bytes))
        {
            Fail(WireFaultCode.InvalidText, at);
            return [];
        }

        return bytes;
    }

    public HandleName ReadHandle() => ReadHandleBytes() is { IsEmpty: false } bytes ? HandleName.FromValid(bytes) : default;

    public HandleReference ReadReference() => new(ReadHandle(), ReadInt32());

    /// <summary>A count of elements, checked against what is left so that nobody makes us allocate for what never comes.</summary>
    /// <param name="limit">Most elements.</param>
    /// <param name="size">Fewest bytes of an element.</param>
    public int ReadCount(int limit, int size)
    {
        var at = Position;
        var count = ReadInt32();
        if (count < 0 || count > limit || (long)count * size > Left)
        {
            Fail(WireFaultCode.LengthOutOfRange, at);
            return 0;
        }

        return count;
    }

    /// <summary>Nothing may be left.</summary>
    public void ReadEnd()
    {
        if (IsSound && Left > 0)
        {
            Fail(WireFaultCode.TrailingBytes, Position);
        }
    }

    /// <summary>Remembers the first fault, and ends reading.</summary>
    public void Fail(WireFaultCode code, int position)
    {
        if (IsSound)
        {
            Fault = new(code, position);
        }

        Position = data.Length;
    }
}

using System.Buffers.Binary;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// When each value was last changed (RFC 3651, section 3.1): a value that comes without a time has the one that it had before where it is the
/// same, and the time of the write where it is not.
/// </summary>
internal static class ValueStamps
{
    // Index and time stand first in an encoded value.
    private const int At = 4;
    private const int Behind = 8;

    /// <summary>Takes over the times of values that did not change.</summary>
    public static void Carry(Span<byte> values, ReadOnlySpan<byte> before)
    {
        for (ReadOnlySpan<byte> rest = values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[At..]) == 0 && Same(value.Bytes, before) is { IsEmpty: false } same)
            {
                same.Slice(At, sizeof(uint)).CopyTo(values[(values.Length - rest.Length - value.Bytes.Length + At)..]);
            }
        }
    }

    /// <summary>Gives a time to values that have none.</summary>
    public static void Fill(Span<byte> values, uint at)
    {
        for (ReadOnlySpan<byte> rest = values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(value.Bytes[At..]) == 0)
            {
                BinaryPrimitives.WriteUInt32BigEndian(values[(values.Length - rest.Length - value.Bytes.Length + At)..], at);
            }
        }
    }

    private static ReadOnlySpan<byte> Same(scoped ReadOnlySpan<byte> value, ReadOnlySpan<byte> before)
    {
        for (var rest = before; HandleValueWire.TryNext(ref rest, out var earlier);)
        {
            if (earlier.Bytes.Length == value.Length && earlier.Bytes[..At].SequenceEqual(value[..At]) && earlier.Bytes[Behind..].SequenceEqual(value[Behind..]))
            {
                return before[..^rest.Length][^earlier.Bytes.Length..];
            }
        }

        return default;
    }
}

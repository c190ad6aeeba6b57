using System.Buffers.Binary;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>What a resolution asks for, where it lies in the message.</summary>
public readonly ref struct ResolutionQuery
{
    private readonly ReadOnlySpan<byte> indexes;
    private readonly ReadOnlySpan<byte> types;

    private ResolutionQuery(ReadOnlySpan<byte> handle, ReadOnlySpan<byte> indexes, ReadOnlySpan<byte> types, MessageOptions flags, byte recursionCount)
    {
        Handle = handle;
        this.indexes = indexes;
        this.types = types;
        Flags = flags;
        RecursionCount = recursionCount;
    }

    /// <summary>The handle as the client wrote it; UTF-8, never empty.</summary>
    public ReadOnlySpan<byte> Handle { get; }

    public MessageOptions Flags { get; }

    public byte RecursionCount { get; }

    /// <summary>Whether all values of the handle are asked for.</summary>
    public bool AsksForAll => indexes.IsEmpty && types.IsEmpty;

    /// <summary>Whether a value is asked for: by index or by type (RFC 3652, 3.2.1).</summary>
    public bool AsksFor(int index, scoped ReadOnlySpan<byte> type)
    {
        if (AsksForAll)
        {
            return true;
        }

        for (var at = 0; at < indexes.Length; at += 4)
        {
            if (BinaryPrimitives.ReadInt32BigEndian(indexes[at..]) == index)
            {
                return true;
            }
        }

        for (var rest = types; rest.Length >= 4;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            if (HandleTypes.Matches(rest.Slice(4, length), type))
            {
                return true;
            }

            rest = rest[(4 + length)..];
        }

        return false;
    }

    /// <summary>Reads a body without copying from it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, MessageOptions flags, byte recursionCount, out ResolutionQuery query, out WireFault fault)
    {
        var reader = new WireReader(body);
        var handle = reader.ReadHandleBytes();
        var indexes = reader.Take(reader.ReadCount(WireLimits.Elements, 4) * 4);
        var count = reader.ReadCount(WireLimits.Elements, 4);
        var types = reader.Rest;
        for (; count > 0 && reader.IsSound; count--)
        {
            reader.ReadUtf8(WireLimits.Type);
        }

        reader.ReadEnd();
        if (handle.IsEmpty)
        {
            reader.Fail(WireFaultCode.InvalidText, 0);
        }

        fault = reader.Fault;
        query = fault.IsNone ? new(handle, indexes, types, flags, recursionCount) : default;
        return fault.IsNone;
    }
}

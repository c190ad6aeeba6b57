using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Jingwei.Server.Facts.Store;

/// <summary>A fact as it is stored: who recorded it when, and the event, or what is left of it. Its commitment is a <see cref="FactCommitment"/>.</summary>
/// <remarks>
/// Layout, version 1; integers are big-endian: version (1), flags (1), party (4), author (4), record time (8, microseconds since 1970), then salt
/// (16) and the event in JSON without its record time. Where something was erased (flag 1) there stand in place of the salt the length (4) of what
/// <see cref="FactRemains"/> says, and that in JSON; of a fact that was erased whole no event comes behind it.
/// </remarks>
internal readonly ref struct FactRecord
{
    public const int SaltBytes = 16;
    public const int HeadBytes = FixedBytes + SaltBytes;

    private const int FixedBytes = 2 + 4 + 4 + 8;
    private const int LengthBytes = sizeof(uint);
    private const byte Version = 1;
    private const byte ErasedFlag = 1;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly int TimeLength = "2026-01-01T00:00:00.000000Z".Length;

    private readonly ReadOnlySpan<byte> bytes;

    private FactRecord(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    public uint Party => BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);

    public uint Author => BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]);

    /// <summary>Microseconds since 1970.</summary>
    public long RecordTime => BinaryPrimitives.ReadInt64BigEndian(bytes[10..]);

    /// <summary>Whether something of it was erased; then it has no salt but <see cref="Remains"/>.</summary>
    public bool HasErased => (bytes[1] & ErasedFlag) != 0;

    /// <summary>Whether all of it was erased: there is no event.</summary>
    public bool IsErased => HasErased && Event.IsEmpty;

    public ReadOnlySpan<byte> Salt => bytes.Slice(FixedBytes, SaltBytes);

    /// <summary>Who recorded it when, as the commitment has it: party, author, record time.</summary>
    public ReadOnlySpan<byte> Head => bytes[2..FixedBytes];

    /// <summary>The event without its record time, or what is left of it.</summary>
    public ReadOnlySpan<byte> Event => HasErased ? bytes[(FixedBytes + LengthBytes + RemainsLength)..] : bytes[HeadBytes..];

    private int RemainsLength => (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[FixedBytes..]);

    /// <summary>What is kept of what was erased; null where nothing was.</summary>
    public FactRemains? Remains() => HasErased ? JsonSerializer.Deserialize<FactRemains>(bytes.Slice(FixedBytes + LengthBytes, RemainsLength)) : null;

    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static FactRecord Read(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out var record) ? record : throw new InvalidDataException("A fact was written by a newer version.");

    /// <summary>Reads a record that may be damaged; false where it is none of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FactRecord record)
    {
        record = default;
        if (bytes.Length <= HeadBytes || bytes[0] != Version || bytes[1] > ErasedFlag)
        {
            return false;
        }

        record = new(bytes);
        return !record.HasErased || (uint)record.RemainsLength <= (uint)(bytes.Length - FixedBytes - LengthBytes);
    }

    /// <summary>Writes a record; its length is <see cref="HeadBytes"/> and the event's.</summary>
    public static void Write(Span<byte> destination, uint party, uint author, long recordTime, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> json)
    {
        (destination[0], destination[1]) = (Version, 0);
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], party);
        BinaryPrimitives.WriteUInt32BigEndian(destination[6..], author);
        BinaryPrimitives.WriteInt64BigEndian(destination[10..], recordTime);
        salt.CopyTo(destination[FixedBytes..]);
        json.CopyTo(destination[HeadBytes..]);
    }

    /// <summary>The record with what is left of its event, and no salt but those of what is left.</summary>
    public byte[] With(FactRemains remains, ReadOnlySpan<byte> json)
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes(remains);
        var length = new byte[LengthBytes];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)kept.Length);
        return [Version, ErasedFlag, .. Head, .. length, .. kept, .. json];
    }

    /// <summary>The event as it is told: with its record time, and where its own id was erased with the one that it got.</summary>
    public byte[] ToJson()
    {
        Span<byte> time = stackalloc byte[TimeLength];
        FactTime.ToTime(RecordTime).UtcDateTime.TryFormat(time, out _, TimeFormat, CultureInfo.InvariantCulture);
        return HasErased && Remains()!.EventId is { } id
            ? [.. "{\"recordTime\":\""u8, .. time, .. "\",\"eventID\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(id), .. "\","u8, .. Event[1..]]
            : [.. "{\"recordTime\":\""u8, .. time, .. "\","u8, .. Event[1..]];
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Jingwei.Server.Facts.Store;

/// <summary>A fact as it is stored: who recorded it when, and the event.</summary>
/// <remarks>
/// Layout, version 1; integers are big-endian: version (1), flags (1, none yet), party (4), author (4), record time (8, microseconds since 1970),
/// salt (16), then the event in JSON without its record time. The ledger's commitment to it is SHA-256( 01 || 20 || salt || all other bytes ).
/// </remarks>
internal readonly ref struct FactRecord
{
    public const int SaltBytes = 16;
    public const int HeadBytes = FixedBytes + SaltBytes;
    public const int CommitmentBytes = SHA256.HashSizeInBytes;

    private const int FixedBytes = 2 + 4 + 4 + 8;
    private const byte Version = 1;
    private const byte FactDomain = 0x20;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly int SplicedBytes = "{\"recordTime\":\"\",".Length + "2026-01-01T00:00:00.000000Z".Length - 1;

    private readonly ReadOnlySpan<byte> bytes;

    private FactRecord(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    public uint Party => BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);

    public uint Author => BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]);

    /// <summary>Microseconds since 1970.</summary>
    public long RecordTime => BinaryPrimitives.ReadInt64BigEndian(bytes[10..]);

    public ReadOnlySpan<byte> Salt => bytes.Slice(FixedBytes, SaltBytes);

    /// <summary>What stands before the salt: version, flags, party, author, record time.</summary>
    public ReadOnlySpan<byte> Head => bytes[..FixedBytes];

    /// <summary>The event without its record time.</summary>
    public ReadOnlySpan<byte> Event => bytes[HeadBytes..];

    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static FactRecord Read(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out var record) ? record : throw new InvalidDataException("A fact was written by a newer version.");

    /// <summary>Reads a record that may be damaged; false where it is none of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FactRecord record)
    {
        var isOne = bytes.Length > HeadBytes && bytes[0] == Version;
        record = isOne ? new(bytes) : default;
        return isOne;
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

    /// <summary>Commits to the fact without telling it.</summary>
    public void Commit(Span<byte> commitment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Version, FactDomain]);
        hash.AppendData(Salt);
        hash.AppendData(Head);
        hash.AppendData(Event);
        hash.GetHashAndReset(commitment);
    }

    /// <summary>The event as it is told: with its record time.</summary>
    public byte[] ToJson()
    {
        var json = new byte[SplicedBytes + Event.Length];
        "{\"recordTime\":\""u8.CopyTo(json);
        var at = "{\"recordTime\":\""u8.Length;
        FactTime.ToTime(RecordTime).UtcDateTime.TryFormat(json.AsSpan(at), out var written, TimeFormat, CultureInfo.InvariantCulture);
        at += written;
        "\","u8.CopyTo(json.AsSpan(at));
        Event[1..].CopyTo(json.AsSpan(at + 2));
        return json;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Server.Facts.Store;

/// <summary>What kind of name an index entry is of. The numbers stand in the store and never change.</summary>
internal enum FactNameKind : byte
{
    /// <summary>An EPC or a class, in its canonical form.</summary>
    Object = 1,
    BizTransaction = 2,
    Transformation = 3,
}

/// <summary>As what an object stands in an event. The numbers stand in the store and never change.</summary>
[Flags]
internal enum FactRoles : byte
{
    None = 0,

    /// <summary>In `epcList` or `quantityList`.</summary>
    Object = 1,
    Parent = 2,
    Child = 4,
    Input = 8,
    Output = 16,

    /// <summary>It is a class of objects, in one of the quantity lists.</summary>
    Class = 32,

    /// <summary>The lot that master data of the event say its objects are of.</summary>
    Lot = 64,
}

/// <summary>What lists of words and places there are. The numbers stand in the store and never change.</summary>
internal enum FactWordKind : byte
{
    EventType = 1,
    BizStep = 2,
    Disposition = 3,
    ReadPoint = 4,
    BizLocation = 5,

    /// <summary>EPCs and classes in their canonical form.</summary>
    Object = 6,
}

/// <summary>The keys of the store's tables. Integers are big-endian, so that keys stand in the order of what they say.</summary>
internal static class FactKeys
{
    /// <summary>Of an event: its number.</summary>
    public const int SequenceBytes = sizeof(ulong);

    /// <summary>Of an event in the order of time: event time, number.</summary>
    public const int TimeBytes = sizeof(ulong) + SequenceBytes;

    /// <summary>Of an event by its id: hash of the id (16), party (4), time of the error declaration (8, microseconds; 0 where it is none).</summary>
    public const int IdBytes = IdHashBytes + 4 + 8;

    public const int IdHashBytes = 16;

    /// <summary>Behind a name in the index come a zero, which no name holds, the party, the event time and the number.</summary>
    public const int AfterName = 1 + PartyBytes + TimeBytes;

    public const int PartyBytes = sizeof(uint);

    private const ulong SignBit = 1UL << 63;

    /// <summary>The order in which the store has words: that of their bytes in UTF-8, which beyond the basic plane is not that of .NET's strings.</summary>
    public static Comparer<string> WordOrder { get; } = Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    public static void WriteSequence(Span<byte> key, ulong sequence) => BinaryPrimitives.WriteUInt64BigEndian(key, sequence);

    public static ulong ReadSequence(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key);

    /// <param name="time">Microseconds since 1970; earlier times stand before.</param>
    public static void WriteTime(Span<byte> key, long time, ulong sequence)
    {
        BinaryPrimitives.WriteUInt64BigEndian(key, (ulong)time ^ SignBit);
        BinaryPrimitives.WriteUInt64BigEndian(key[sizeof(ulong)..], sequence);
    }

    public static (long Time, ulong Sequence) ReadTime(ReadOnlySpan<byte> key) =>
        ((long)(BinaryPrimitives.ReadUInt64BigEndian(key) ^ SignBit), BinaryPrimitives.ReadUInt64BigEndian(key[sizeof(ulong)..]));

    /// <summary>What stands before the party in an index entry: kind, name, zero.</summary>
    public static byte[] NameFront(FactNameKind kind, string name) => [(byte)kind, .. Encoding.UTF8.GetBytes(name), 0];

    public static void WriteId(Span<byte> key, string eventId, uint party, long declared)
    {
        WriteIdHash(key, eventId);
        BinaryPrimitives.WriteUInt32BigEndian(key[IdHashBytes..], party);
        BinaryPrimitives.WriteInt64BigEndian(key[(IdHashBytes + 4)..], declared);
    }

    public static void WriteIdHash(Span<byte> key, string eventId)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(eventId), digest);
        digest[..IdHashBytes].CopyTo(key);
    }
}

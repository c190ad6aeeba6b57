using System.Buffers.Binary;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// The part of an event by which most queries tell that they do not want it, so that it need not be read. Words and places are hashes: what
/// differs here differs, what is equal has to be looked at.
/// </summary>
internal readonly record struct FactHead(uint Party, EpcisEventType Type, EpcisAction? Action, uint BizStep, uint Disposition, uint ReadPoint, uint BizLocation)
{
    public const int Bytes = 4 + 1 + 1 + (4 * 4);

    private const byte NoAction = 0xFF;

    public static FactHead Of(EpcisEvent read, uint party) => new(
        party, read.Type, read.Action, HashOf(read.BizStep), HashOf(read.Disposition), HashOfPlace(read.ReadPoint), HashOfPlace(read.BizLocation));

    /// <summary>0 for none.</summary>
    public static uint HashOf(string? word)
    {
        if (word is null)
        {
            return 0;
        }

        // FNV-1a of its letters: isthe.com/chongo/tech/comp/fnv.
        var hash = 2166136261;
        foreach (var letter in word)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return Math.Max(1, hash);
    }

    /// <summary>The same for an EPC URI and its Digital Link; 0 for none.</summary>
    public static uint HashOfPlace(string? place) => place is null ? 0 : HashOf(CanonicalIdentifier.Of(place));

    public static FactHead Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (EpcisEventType)bytes[4],
        bytes[5] == NoAction ? null : (EpcisAction)bytes[5],
        BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[10..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[14..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[18..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Party);
        bytes[4] = (byte)Type;
        bytes[5] = Action is { } action ? (byte)action : NoAction;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[6..], BizStep);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[10..], Disposition);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[14..], ReadPoint);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[18..], BizLocation);
    }
}

using System.Buffers.Binary;

namespace Jingwei.Server.Transparency;

/// <summary>Whose history an entry of the ledger is from. The numbers stand in entries and never change.</summary>
internal enum LedgerSourceKind : byte
{
    /// <summary>Versions of identifiers, by the number of the write.</summary>
    Identifiers = 1,

    /// <summary>Events of cases, by their place in the history of all cases.</summary>
    Cases = 2,

    /// <summary>Facts, by their number.</summary>
    Facts = 3,

    /// <summary>Changes of sharing agreements, by their place in the history of all.</summary>
    Agreements = 4,
}

/// <summary>An entry of the ledger: that the history of a source has, at a place, what this commits to.</summary>
/// <remarks>
/// Layout, version 1, 42 bytes: version (1), source (1), place in the source's history (8, big-endian, from 1), commitment (32). Of an identifier
/// the commitment is that of its version (see <see cref="Identifiers.Registry.RecordCommitment"/>), of a case's event the link of the hash
/// chain (see <see cref="Ledger.HashChain"/>), which holds everything before it, of a fact that of its record (see
/// <see cref="Facts.Store.FactRecord"/>), of an agreement that of its version (see <see cref="Access.Agreements.AgreementBook.Commit"/>). The content may be erased; the commitment stays.
/// </remarks>
internal readonly record struct LedgerEntry(LedgerSourceKind Source, ulong Sequence, ReadOnlyMemory<byte> Commitment)
{
    public const int Bytes = 2 + sizeof(ulong) + CommitmentBytes;

    public const int CommitmentBytes = 32;

    private const byte Version = 1;

    public static void Write(Span<byte> destination, LedgerSourceKind source, ulong sequence, ReadOnlySpan<byte> commitment)
    {
        (destination[0], destination[1]) = (Version, (byte)source);
        BinaryPrimitives.WriteUInt64BigEndian(destination[2..], sequence);
        commitment.CopyTo(destination[(2 + sizeof(ulong))..]);
    }

    /// <summary>Reads an entry; null where it is none of this version.</summary>
    public static LedgerEntry? Read(ReadOnlyMemory<byte> bytes) => bytes.Length == Bytes && bytes.Span[0] == Version
        ? new((LedgerSourceKind)bytes.Span[1], BinaryPrimitives.ReadUInt64BigEndian(bytes.Span[2..]), bytes[(2 + sizeof(ulong))..])
        : null;
}

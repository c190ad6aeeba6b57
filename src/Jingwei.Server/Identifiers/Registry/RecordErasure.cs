using System.Buffers;
using System.Runtime.InteropServices;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>What is to be erased of an identifier.</summary>
/// <param name="Index">Of the value; null: all values of that version.</param>
/// <param name="Version">Null: of every version, the newest too.</param>
internal sealed record Erasure(int? Index, uint? Version, string Reason);

/// <summary>What came of an erasure.</summary>
internal enum ErasureOutcome
{
    Done,

    /// <summary>There is no such identifier.</summary>
    Missing,

    /// <summary>Nothing that is there was to be erased.</summary>
    Nothing,

    /// <summary>All of the newest version was to be erased; it has to be replaced or deleted before.</summary>
    IsNewest,
}

/// <summary>Takes values out of a record so that its commitment stays what it was.</summary>
internal static class RecordErasure
{
    /// <summary>Writes a record without values; null where it has none of them.</summary>
    /// <param name="index">Of the value; null for all.</param>
    /// <param name="note">Says when, by whom and why; its index is passed over.</param>
    public static byte[]? Of(in IdentifierRecord record, int? index, ErasureNote note)
    {
        var hashes = new byte[record.Places * RecordCommitment.Bytes];
        var notes = new List<ErasureNote?>(record.Places);
        var earlier = new Queue<ErasureNote>(record.Erased.Notes());
        var (left, values) = (new List<uint>(record.Places), new ArrayBufferWriter<byte>());
        var rest = record.Values;
        var audiences = record.Audiences;
        for (var place = 0; place < record.Places; place++)
        {
            var hash = hashes.AsSpan(place * RecordCommitment.Bytes, RecordCommitment.Bytes);
            if (record.Erased.Holds(place))
            {
                record.Erased.At(place).CopyTo(hash);
                notes.Add(earlier.Dequeue());
                continue;
            }

            RecordCommitment.SaltOfValue(record, place, hash);
            HandleValueWire.TryNext(ref rest, out var value);
            var audience = audiences.Next();
            if (index is null || value.Index == index)
            {
                RecordCommitment.OfValue(hash.ToArray(), audience, value.Bytes, hash);
                notes.Add(note with { Index = (uint)value.Index });
                continue;
            }

            notes.Add(null);
            left.Add(audience);
            values.Write(value.Bytes);
        }

        return left.Count == record.Count ? null : Write(record, hashes, notes, left, values.WrittenSpan);
    }

    /// <summary>The values of a record but for one, with their audiences; null where it does not have that one.</summary>
    public static (List<uint> Audiences, byte[] Values)? Without(in IdentifierRecord record, int index)
    {
        var (left, values) = (new List<uint>(record.Count), new ArrayBufferWriter<byte>());
        var audiences = record.Audiences;
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            var audience = audiences.Next();
            if (value.Index != index)
            {
                left.Add(audience);
                values.Write(value.Bytes);
            }
        }

        return left.Count == record.Count ? null : (left, values.WrittenSpan.ToArray());
    }

    private static byte[] Write(in IdentifierRecord record, byte[] hashes, List<ErasureNote?> notes, List<uint> left, ReadOnlySpan<byte> values)
    {
        Span<byte> salt = stackalloc byte[RecordCommitment.Bytes];
        RecordCommitment.SaltOfHead(record, salt);
        var erased = ErasedValues.Write(salt, hashes, notes);
        var written = new byte[IdentifierRecord.MostBytes(left.Count, values.Length) + erased.Length];
        var length = IdentifierRecord.Write(written, record.Head, record.Places, erased, CollectionsMarshal.AsSpan(left), values);
        return written[..length];
    }
}

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>What is kept of an identifier beside its values.</summary>
/// <param name="Version">Grows with each change; from 1.</param>
/// <param name="Sequence">Of the write in the registry; the ledger follows by it.</param>
/// <param name="At">When, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Author">Who wrote it: a number of the <see cref="NameBook"/>.</param>
/// <param name="Template">The product class whose template it keeps to: a number of the <see cref="NameBook"/>; 0 for none.</param>
internal readonly record struct RecordHead(uint Version, ulong Sequence, uint At, uint Author, uint Template, RecordFlags Flags);

[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>Deleted; only its version is kept, so that a name that comes again goes on where it was.</summary>
    Deleted = 1,
}

/// <summary>
/// An identifier as the store keeps it: a head, for each value who may read it, and the values as the Handle protocol sends them (RFC 3652,
/// section 3.2), so that an answer is a copy.
/// </summary>
/// <remarks>
/// Layout, version 1: format (1 byte), flags (1), count of values (1), then as variable-length integers (LEB128) version, sequence, time,
/// author and template, then the salt (16 bytes), then for each value its audience as a variable-length integer, then the values.
/// Version 2, of a record of which values were erased, has <see cref="ErasedValues"/> in place of the salt; the count is still of all that
/// it had, audiences and values are of those that are left.
/// </remarks>
internal readonly ref struct IdentifierRecord
{
    /// <summary>Most values of an identifier; a page of product data has some dozens.</summary>
    public const int MostValues = 255;

    /// <summary>Bytes of the salt that keeps erased contents from being guessed out of the ledger (NIST SP 800-132, 5.1: at least 16).</summary>
    public const int SaltBytes = 16;

    private const byte Format = 1;
    private const byte FormatWithErased = 2;
    private const int Fixed = 3;

    // Version, time, author and template of five bytes each at most, a sequence of ten.
    private const int MostHead = Fixed + (4 * 5) + 10 + SaltBytes;

    private readonly ReadOnlySpan<byte> audiences;

    private IdentifierRecord(RecordHead head, int places, ReadOnlySpan<byte> salt, ErasedValues erased, ReadOnlySpan<byte> audiences, ReadOnlySpan<byte> values)
    {
        Head = head;
        Places = places;
        Salt = salt;
        Erased = erased;
        this.audiences = audiences;
        Values = values;
    }

    public RecordHead Head { get; }

    /// <summary>Values that it had when it was written.</summary>
    public int Places { get; }

    /// <summary>Values that are there.</summary>
    public int Count => Places - Erased.Count;

    /// <summary>What all its commitments are made with; empty where a value was erased, which it would let be guessed.</summary>
    public ReadOnlySpan<byte> Salt { get; }

    /// <summary>What is left of values that were erased.</summary>
    public ErasedValues Erased { get; }

    /// <summary>The values that are there, one after the other.</summary>
    public ReadOnlySpan<byte> Values { get; }

    /// <summary>Walks the audiences, in the order of the values.</summary>
    public AudienceWalk Audiences => new(audiences);

    /// <summary>Most bytes of a record with so many values of so many bytes.</summary>
    public static int MostBytes(int count, int valueBytes) => MostHead + (count * 5) + valueBytes;

    /// <summary>Reads what the store gave.</summary>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static IdentifierRecord Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Fixed || bytes[0] is not (Format or FormatWithErased))
        {
            throw new InvalidDataException($"Records of format {(bytes.IsEmpty ? 0 : bytes[0])} are not known to this version.");
        }

        var (flags, places) = ((RecordFlags)bytes[1], bytes[2]);
        var rest = bytes[Fixed..];
        var head = new RecordHead((uint)Take(ref rest), Take(ref rest), (uint)Take(ref rest), (uint)Take(ref rest), (uint)Take(ref rest), flags);
        var isWhole = bytes[0] == Format;
        var salt = isWhole ? rest[..SaltBytes] : default;
        var erased = isWhole ? default : ErasedValues.Read(ref rest, places);
        rest = rest[salt.Length..];
        var values = rest;
        for (var at = erased.Count; at < places; at++)
        {
            Take(ref values);
        }

        return new(head, places, salt, erased, rest[..^values.Length], values);
    }

    /// <summary>Writes a record; returns its length.</summary>
    /// <param name="destination">At least <see cref="MostBytes"/>.</param>
    public static int Write(Span<byte> destination, RecordHead head, ReadOnlySpan<byte> salt, ReadOnlySpan<uint> audiences, ReadOnlySpan<byte> values)
    {
        var at = WriteHead(destination, Format, head, audiences.Length);
        salt.CopyTo(destination[at..]);
        at += SaltBytes;
        return WriteValues(destination, at, audiences, values);
    }

    /// <summary>Writes a record of which values were erased; returns its length.</summary>
    /// <param name="destination">At least <see cref="MostBytes"/> of what is left, and the length of <paramref name="erased"/>.</param>
    /// <param name="erased">As <see cref="ErasedValues.Write"/> made it.</param>
    public static int Write(Span<byte> destination, RecordHead head, int places, ReadOnlySpan<byte> erased, ReadOnlySpan<uint> audiences, ReadOnlySpan<byte> values)
    {
        var at = WriteHead(destination, FormatWithErased, head, places);
        erased.CopyTo(destination[at..]);
        return WriteValues(destination, at + erased.Length, audiences, values);
    }

    internal static ulong Take(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    internal static void Put(Span<byte> destination, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            destination[at++] = (byte)(value | 0x80);
        }

        destination[at++] = (byte)value;
    }

    private static int WriteHead(Span<byte> destination, byte format, RecordHead head, int places)
    {
        (destination[0], destination[1], destination[2]) = (format, (byte)head.Flags, (byte)places);
        var at = Fixed;
        Put(destination, ref at, head.Version);
        Put(destination, ref at, head.Sequence);
        Put(destination, ref at, head.At);
        Put(destination, ref at, head.Author);
        Put(destination, ref at, head.Template);
        return at;
    }

    private static int WriteValues(Span<byte> destination, int at, ReadOnlySpan<uint> audiences, ReadOnlySpan<byte> values)
    {
        foreach (var audience in audiences)
        {
            Put(destination, ref at, audience);
        }

        values.CopyTo(destination[at..]);
        return at + values.Length;
    }

    /// <summary>The audiences of the values, one after the other.</summary>
    public ref struct AudienceWalk(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public uint Next() => (uint)Take(ref rest);
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>That a value was erased.</summary>
/// <param name="Index">Its index in the identifier.</param>
/// <param name="At">When, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Author">Who: a number of the <see cref="NameBook"/>.</param>
internal readonly record struct ErasureNote(uint Index, uint At, uint Author, string Reason);

/// <summary>
/// What is left in a record of values that were erased: enough to prove what is still there, nothing to guess from what is not.
/// </summary>
/// <remarks>
/// Layout: the salt of the head (32 bytes), for each value of the record a bit that says whether it was erased, for each 32 bytes (of one
/// that was erased its commitment, else its salt), and for each that was erased, as variable-length integers, index, time, author, and
/// length of the reason, and then the reason in UTF-8.
/// </remarks>
internal readonly ref struct ErasedValues
{
    private const int Hash = SHA256.HashSizeInBytes;

    // Index, time and author of five bytes each at most, a length of three.
    private const int MostNote = (3 * 5) + 3;

    private readonly ReadOnlySpan<byte> mask;
    private readonly ReadOnlySpan<byte> hashes;
    private readonly ReadOnlySpan<byte> notes;

    private ErasedValues(int count, ReadOnlySpan<byte> saltOfHead, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> hashes, ReadOnlySpan<byte> notes)
    {
        Count = count;
        SaltOfHead = saltOfHead;
        this.mask = mask;
        this.hashes = hashes;
        this.notes = notes;
    }

    /// <summary>How many were erased.</summary>
    public int Count { get; }

    public ReadOnlySpan<byte> SaltOfHead { get; }

    /// <summary>Says of each that was erased when, by whom and why, in the order of the values.</summary>
    public List<ErasureNote> Notes()
    {
        var list = new List<ErasureNote>(Count);
        var rest = notes;
        while (list.Count < Count)
        {
            list.Add(TakeNote(ref rest));
        }

        return list;
    }

    /// <summary>Whether the value at a place was erased.</summary>
    public bool Holds(int place) => Count > 0 && (mask[place / 8] & (1 << (place % 8))) != 0;

    /// <summary>The commitment of the value at a place that was erased, the salt of one that is there.</summary>
    public ReadOnlySpan<byte> At(int place) => hashes.Slice(place * Hash, Hash);

    /// <summary>Takes it off the front of what is left of a record.</summary>
    public static ErasedValues Read(scoped ref ReadOnlySpan<byte> rest, int places)
    {
        var saltOfHead = rest[..Hash];
        var mask = rest.Slice(Hash, (places + 7) / 8);
        rest = rest[(Hash + mask.Length)..];
        var hashes = rest[..(places * Hash)];
        rest = rest[hashes.Length..];
        var count = 0;
        foreach (var bits in mask)
        {
            count += int.PopCount(bits);
        }

        var notes = rest;
        for (var at = 0; at < count; at++)
        {
            TakeNote(ref rest);
        }

        return new(count, saltOfHead, mask, hashes, notes[..^rest.Length]);
    }

    /// <summary>Writes it.</summary>
    /// <param name="hashes">As <see cref="At"/> gives them, one after the other.</param>
    /// <param name="notes">For each value what says that it was erased, or null.</param>
    public static byte[] Write(ReadOnlySpan<byte> saltOfHead, ReadOnlySpan<byte> hashes, IReadOnlyList<ErasureNote?> notes)
    {
        var written = new ArrayBufferWriter<byte>();
        written.Write(saltOfHead);
        var mask = new byte[(notes.Count + 7) / 8];
        for (var place = 0; place < notes.Count; place++)
        {
            mask[place / 8] |= (byte)(notes[place] is null ? 0 : 1 << (place % 8));
        }

        written.Write(mask);
        written.Write(hashes);
        foreach (var note in notes)
        {
            WriteNote(written, note);
        }

        return written.WrittenSpan.ToArray();
    }

    private static void WriteNote(ArrayBufferWriter<byte> written, ErasureNote? note)
    {
        if (note is not { } erased)
        {
            return;
        }

        var reason = Encoding.UTF8.GetBytes(erased.Reason);
        var bytes = written.GetSpan(MostNote);
        var length = 0;
        IdentifierRecord.Put(bytes, ref length, erased.Index);
        IdentifierRecord.Put(bytes, ref length, erased.At);
        IdentifierRecord.Put(bytes, ref length, erased.Author);
        IdentifierRecord.Put(bytes, ref length, (ulong)reason.Length);
        written.Advance(length);
        written.Write(reason);
    }

    private static ErasureNote TakeNote(ref ReadOnlySpan<byte> rest)
    {
        var (index, at, author) = ((uint)IdentifierRecord.Take(ref rest), (uint)IdentifierRecord.Take(ref rest), (uint)IdentifierRecord.Take(ref rest));
        var length = (int)IdentifierRecord.Take(ref rest);
        var reason = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return new(index, at, author, reason);
    }
}

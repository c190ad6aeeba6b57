using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Jingwei.Server.Facts.Queries;

/// <summary>Where a page ended: the next one begins behind it.</summary>
/// <param name="Time">Event time of the last fact that was looked at, in microseconds; 0 where the order is that of recording.</param>
/// <param name="Sequence">Its number; where an extension gives the order, how many events were told.</param>
/// <param name="Left">How many events may still be told; -1 for any number.</param>
internal readonly record struct FactCursor(long Time, ulong Sequence, int Left);

/// <summary>Writes cursors as tokens that tell nobody anything: the number of a fact would say how many facts others have.</summary>
internal sealed class CursorCipher(FactCiphers ciphers)
{
    private const int BlockBytes = 16;
    private const int Bytes = 2 * BlockBytes;
    private const int UsedBytes = 8 + 8 + 4;

    private readonly byte[] key = ciphers.KeyFor("cursors");

    public string Write(FactCursor cursor)
    {
        // The first block is what follows depends on; what is left over is zeros, by which a token is known again.
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, cursor.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], cursor.Time);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], cursor.Left);
        using var cipher = FactCiphers.With(key);
        return Base64Url.EncodeToString(cipher.EncryptCbc(bytes, new byte[BlockBytes], PaddingMode.None));
    }

    /// <summary>Reads what a page told; null where it is none.</summary>
    public FactCursor? Read(string token)
    {
        var sent = new byte[Bytes];
        if (!Base64Url.IsValid(token, out var length) || length != Bytes || !Base64Url.TryDecodeFromChars(token, sent, out _))
        {
            return null;
        }

        using var cipher = FactCiphers.With(key);
        var bytes = cipher.DecryptCbc(sent, new byte[BlockBytes], PaddingMode.None).AsSpan();
        return bytes[UsedBytes..].ContainsAnyExcept((byte)0)
            ? null
            : new(BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
    }
}

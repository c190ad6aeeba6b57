using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>What a witness signs: a checkpoint and when it was the largest that the witness had seen (tlog-cosignature).</summary>
public static class Cosignature
{
    /// <summary>Bytes of the time before a cosignature's signature.</summary>
    internal const int TimeSize = sizeof(ulong);

    // The longest string that the signed structure has room for: opaque <1..2^8-1>.
    private const int MaxName = byte.MaxValue;

    /// <summary>When the cosigner signed, to the second; null for a signature that is no cosignature, or has no time.</summary>
    /// <param name="type">The kind of the key that the signature names.</param>
    public static DateTimeOffset? TimeOf(SignatureType type, NoteSignature signature) =>
        type is SignatureType.Ed25519Cosignature or SignatureType.MlDsa44Cosignature && Seconds(signature.Value) is > 0 and var seconds
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The time in front of a cosignature, in seconds since 1970; below 0 for one that is too short or too large (above 2^63 - 1).</summary>
    internal static long Seconds(ReadOnlySpan<byte> signature) =>
        signature.Length < TimeSize ? -1 : BinaryPrimitives.ReadInt64BigEndian(signature);

    /// <summary>The bytes that are signed; null where the text is no checkpoint that this kind of signature can speak of.</summary>
    internal static byte[]? Message(SignatureType type, string cosigner, long seconds, ReadOnlySpan<byte> text)
    {
        if (type == SignatureType.Ed25519)
        {
            return text.ToArray();
        }

        if (Checkpoint.Read(text).Value is not { } checkpoint)
        {
            return null;
        }

        return type == SignatureType.MlDsa44Cosignature
            ? Subtree(cosigner, seconds, checkpoint)
            : [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. text];
    }

    // struct cosigned_message, of the whole tree: from leaf 0 on.
    private static byte[]? Subtree(string cosigner, long seconds, Checkpoint checkpoint)
    {
        var (name, origin) = (Encoding.UTF8.GetBytes(cosigner), Encoding.UTF8.GetBytes(checkpoint.Origin));
        if (name.Length > MaxName || origin.Length > MaxName)
        {
            return null;
        }

        return
        [
            .. "subtree/v1\n\0"u8,
            (byte)name.Length, .. name,
            .. Number(seconds),
            (byte)origin.Length, .. origin,
            .. Number(0),
            .. Number(checkpoint.Size),
            .. checkpoint.Root.ToArray(),
        ];
    }

    internal static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}

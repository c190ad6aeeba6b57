using System.Buffers.Binary;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>
/// The signature of a message (RFC 3652, 2.2.4). RFC 3652 signs header and body; practice signs the envelope's versions, session and
/// request with them, and keeps a counter where the RFC has the index of the signer.
/// </summary>
public static class HandleCredential
{
    private static ReadOnlySpan<byte> SignedKind => "HS_SIGNED"u8;

    private static ReadOnlySpan<byte> OldSignedKind => "HS_DSAPUBKEY"u8;

    /// <summary>Writes the credential of a message behind its length.</summary>
    /// <param name="writer">Behind header and body.</param>
    /// <param name="envelope">That the message will have.</param>
    /// <param name="headerAndBody">What is signed.</param>
    /// <param name="key">The server's.</param>
    public static void Write(ref WireWriter writer, HandleEnvelope envelope, ReadOnlySpan<byte> headerAndBody, RSA key)
    {
        var algorithm = envelope.Version.HasSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        var signature = key.SignData(Signed(envelope, 0, headerAndBody), algorithm, RSASignaturePadding.Pkcs1);
        var name = envelope.Version.HasSha256 ? "SHA-256"u8 : "SHA1"u8;
        var section = 8 + name.Length + signature.Length;
        writer.WriteInt32(4 + 8 + 4 + SignedKind.Length + 4 + section);
        writer.WriteInt32(0);
        writer.WriteBytes([]);
        writer.WriteInt32(0);
        writer.WriteBytes(SignedKind);
        writer.WriteInt32(section);
        writer.WriteBytes(name);
        writer.WriteBytes(signature);
    }

    /// <summary>Whether the message was signed by the owner of a key.</summary>
    /// <param name="envelope">As it came.</param>
    /// <param name="message">Header, body and credential.</param>
    /// <param name="key">The server's, of its HS_SITE.</param>
    public static bool Verify(HandleEnvelope envelope, ReadOnlySpan<byte> message, HandlePublicKey key)
    {
        if (!HandleHeader.TryRead(message, out var header, out _))
        {
            return false;
        }

        var headerAndBody = message[..(WireLimits.Header + header.BodyLength)];
        var credential = new WireReader(message[headerAndBody.Length..]);
        var reader = new WireReader(credential.ReadBytes(WireLimits.Message));
        reader.ReadInt32();
        reader.ReadBytes(HandleName.MaxBytes);
        var counter = reader.ReadInt32();
        var kind = reader.ReadBytes(WireLimits.Type);
        reader.ReadInt32();
        var algorithm = DigestNames.Find(reader.ReadBytes(WireLimits.Type));
        var signature = reader.ReadBytes(WireLimits.Message);
        return reader.IsSound
            && (kind.SequenceEqual(SignedKind) || kind.SequenceEqual(OldSignedKind))
            && algorithm is { } name
            && key.Verify(Signed(envelope, counter, headerAndBody), signature, name);
    }

    private static byte[] Signed(HandleEnvelope envelope, int counter, ReadOnlySpan<byte> headerAndBody)
    {
        if (!envelope.Version.HasSha256)
        {
            return headerAndBody.ToArray();
        }

        var versions = envelope.Version.SignsSuggestion ? 4 : 2;
        var signed = new byte[versions + 12 + headerAndBody.Length];
        (signed[0], signed[1]) = (envelope.Version.Major, envelope.Version.Minor);
        if (versions == 4)
        {
            (signed[2], signed[3]) = (envelope.Suggested.Major, envelope.Suggested.Minor);
        }

        BinaryPrimitives.WriteInt32BigEndian(signed.AsSpan(versions), envelope.SessionId);
        BinaryPrimitives.WriteInt32BigEndian(signed.AsSpan(versions + 4), envelope.RequestId);
        BinaryPrimitives.WriteInt32BigEndian(signed.AsSpan(versions + 8), counter);
        headerAndBody.CopyTo(signed.AsSpan(versions + 12));
        return signed;
    }
}

using System.Numerics;
using System.Security.Cryptography;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Records;

/// <summary>
/// The data of HS_PUBKEY: the key's kind, two reserved bytes, its numbers as signed big-endian (RFC 3651, 3.2.6, which has a flag
/// in the two bytes; practice leaves them zero). RSA is read and written, DSA is read.
/// </summary>
public sealed record HandlePublicKey
{
    private static ReadOnlySpan<byte> RsaKind => "RSA_PUB_KEY"u8;

    private static ReadOnlySpan<byte> DsaKind => "DSA_PUB_KEY"u8;

    private HandlePublicKey()
    {
    }

    /// <summary>Modulus and exponent, unsigned; null for a DSA key.</summary>
    public RSAParameters? Rsa { get; private init; }

    /// <summary>Null for an RSA key.</summary>
    public DSAParameters? Dsa { get; private init; }

    public static HandlePublicKey FromRsa(RSA key) => FromRsa(key.ExportParameters(includePrivateParameters: false));

    public static HandlePublicKey FromRsa(RSAParameters key) => new() { Rsa = new() { Modulus = Unsigned(key.Modulus), Exponent = Unsigned(key.Exponent) } };

    public static HandlePublicKey FromDsa(DSAParameters key) =>
        new() { Dsa = new() { P = Unsigned(key.P), Q = Unsigned(key.Q), G = Unsigned(key.G), Y = Unsigned(key.Y) } };

    public static bool TryRead(ReadOnlySpan<byte> data, out HandlePublicKey? key, out WireFault fault)
    {
        key = null;
        var reader = new WireReader(data);
        var kind = reader.ReadBytes(WireLimits.Type);
        reader.ReadUInt16();
        if (kind.SequenceEqual(RsaKind))
        {
            var exponent = ReadNumber(ref reader);
            key = FromRsa(new RSAParameters { Exponent = exponent, Modulus = ReadNumber(ref reader) });
        }
        else if (kind.SequenceEqual(DsaKind))
        {
            var q = ReadNumber(ref reader);
            key = FromDsa(new DSAParameters { Q = q, P = ReadNumber(ref reader), G = ReadNumber(ref reader), Y = ReadNumber(ref reader) });
        }
        else
        {
            reader.Fail(WireFaultCode.Unknown, 0);
        }

        fault = reader.Fault;
        key = fault.IsNone ? key : null;
        return fault.IsNone;
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(stackalloc byte[1024]);
        writer.WriteBytes(Rsa is null ? DsaKind : RsaKind);
        writer.WriteUInt16(0);
        if (Rsa is { } rsa)
        {
            WriteNumber(ref writer, rsa.Exponent);
            WriteNumber(ref writer, rsa.Modulus);
        }
        else if (Dsa is { } dsa)
        {
            WriteNumber(ref writer, dsa.Q);
            WriteNumber(ref writer, dsa.P);
            WriteNumber(ref writer, dsa.G);
            WriteNumber(ref writer, dsa.Y);
        }

        var bytes = writer.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>Whether a signature over data was made with the key's other half.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">PKCS #1 for RSA, a DER sequence for DSA.</param>
    /// <param name="algorithm">SHA-1 as before 2.7, or SHA-256.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName algorithm)
    {
        try
        {
            if (Rsa is { } rsa)
            {
                using var key = RSA.Create(rsa);
                return key.VerifyData(data, signature, algorithm, RSASignaturePadding.Pkcs1);
            }

            using var other = DSA.Create(Dsa!.Value);
            return other.VerifyData(data, signature, algorithm, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // Numbers that are no key verify nothing.
            return false;
        }
    }

    public bool Equals(HandlePublicKey? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    public override int GetHashCode() => Rsa is { Modulus: [.., var last] } ? last : 0;

    private static byte[] ReadNumber(ref WireReader reader)
    {
        var at = reader.Position;
        var bytes = reader.ReadBytes(WireLimits.Message).ToArray();
        if (reader.IsSound && bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            reader.Fail(WireFaultCode.OutOfRange, at);
        }

        return bytes;
    }

    private static void WriteNumber(ref WireWriter writer, byte[]? number) =>
        writer.WriteBytes(new BigInteger(number, isUnsigned: true, isBigEndian: true).ToByteArray(isBigEndian: true));

    private static byte[] Unsigned(byte[]? number) => number.AsSpan().TrimStart((byte)0).ToArray();
}

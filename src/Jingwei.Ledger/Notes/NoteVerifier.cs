using System.Globalization;
using System.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>A public key with its name: what a signature is checked by (signed-note, Verifier keys).</summary>
public sealed class NoteVerifier
{
    private readonly byte[] publicKey;

    internal NoteVerifier(string name, SignatureType type, byte[] publicKey)
    {
        (Name, Type, this.publicKey) = (name, type, publicKey);
        KeyId = KeyName.Id(name, type, publicKey);
    }

    public string Name { get; }

    /// <summary>Tells apart keys of one name; no proof of anything.</summary>
    public uint KeyId { get; }

    public SignatureType Type { get; }

    /// <summary>32 bytes of Ed25519 (RFC 8032) or 1312 of ML-DSA-44 (FIPS 204).</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>Reads a vkey: <c>name+ID in hexadecimal+base64 of type and key</c>.</summary>
    public static LedgerReading<NoteVerifier> Read(string vkey)
    {
        // The base64 may hold plus signs, name and ID may not.
        var parts = vkey.Split('+', 3);
        if (parts.Length < 3 || !KeyName.IsValid(parts[0]))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidKey, "A verifier key is name+ID+key, with a name without spaces.");
        }

        if (Lines.Base64(Encoding.UTF8.GetBytes(parts[2])) is not [var kind, .. var key])
        {
            return new LedgerProblem(LedgerProblemCode.InvalidBase64, $"The key of {parts[0]} is no base64.");
        }

        var type = (SignatureType)kind;
        if (SignatureScheme.PublicKeySize(type) is var size && size == 0)
        {
            return new LedgerProblem(LedgerProblemCode.UnknownSignatureType, $"The key of {parts[0]} is of kind {kind:x2}, which is not known here.");
        }

        if (key.Length != size)
        {
            return new LedgerProblem(LedgerProblemCode.InvalidKey, $"The key of {parts[0]} has {key.Length} bytes, not {size}.");
        }

        var verifier = new NoteVerifier(parts[0], type, key);
        return parts[1] == verifier.Id
            ? verifier
            : new LedgerProblem(LedgerProblemCode.InvalidKey, $"The key of {parts[0]} has the ID {verifier.Id}, not {parts[1]}.");
    }

    /// <summary>True for a signature that names this key.</summary>
    public bool IsNamedBy(NoteSignature signature) => signature.KeyId == KeyId && signature.Name == Name;

    /// <summary>True when the signature, named for this key, is by it and over this text.</summary>
    public bool Verify(ReadOnlySpan<byte> text, NoteSignature signature)
    {
        var value = signature.Value;
        var seconds = 0L;
        if (Type != SignatureType.Ed25519)
        {
            seconds = Cosignature.Seconds(value);
            if (seconds < 0)
            {
                return false;
            }

            value = value[Cosignature.TimeSize..];
        }

        return Cosignature.Message(Type, Name, seconds, text) is { } message && SignatureScheme.Verify(Type, publicKey, message, value);
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{Id}+{Convert.ToBase64String([(byte)Type, .. publicKey])}";

    private string Id => KeyId.ToString("x8", CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using System.Text;

namespace Jingwei.Ledger.Notes;

/// <summary>A private key with its name: what signs notes.</summary>
public sealed class NoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] seed;

    private NoteSigner(string name, SignatureType type, byte[] seed)
    {
        this.seed = seed;
        Verifier = new(name, type, SignatureScheme.PublicKey(type, seed));
    }

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a key from the system's cryptographic source.</summary>
    /// <param name="name">Not empty, without spaces and plus signs; a URL without scheme is recommended.</param>
    /// <exception cref="ArgumentException">The name or the type is none.</exception>
    public static NoteSigner Generate(string name, SignatureType type) =>
        !KeyName.IsValid(name) ? throw new ArgumentException("A key's name is not empty and has no spaces and plus signs.", nameof(name))
        : SignatureScheme.PublicKeySize(type) == 0 ? throw new ArgumentException($"{type} is no kind of signature.", nameof(type))
        : new(name, type, RandomNumberGenerator.GetBytes(SignatureScheme.SeedSize));

    /// <summary>
    /// Reads <c>PRIVATE+KEY+name+ID in hexadecimal+base64 of type and seed</c>, as golang.org/x/mod/sumdb/note writes
    /// Ed25519 keys; the kinds of cosignatures are written the same way.
    /// </summary>
    public static LedgerReading<NoteSigner> Read(string key)
    {
        var parts = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length < 3 || !KeyName.IsValid(parts[0]))
        {
            return new LedgerProblem(LedgerProblemCode.InvalidKey, "A signing key is PRIVATE+KEY+name+ID+seed, with a name without spaces.");
        }

        if (Lines.Base64(Encoding.UTF8.GetBytes(parts[2])) is not [var kind, .. { Length: SignatureScheme.SeedSize } seed])
        {
            return new LedgerProblem(LedgerProblemCode.InvalidBase64, $"The key of {parts[0]} is no base64 of a type and {SignatureScheme.SeedSize} bytes.");
        }

        if (SignatureScheme.PublicKeySize((SignatureType)kind) == 0)
        {
            return new LedgerProblem(LedgerProblemCode.UnknownSignatureType, $"The key of {parts[0]} is of kind {kind:x2}, which is not known here.");
        }

        var signer = new NoteSigner(parts[0], (SignatureType)kind, seed);
        return signer.Verifier.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) == parts[1]
            ? signer
            : new LedgerProblem(LedgerProblemCode.InvalidKey, $"The ID of {parts[0]} is not that of its key.");
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">Ends in a newline; a checkpoint, where this is a cosigner's key.</param>
    /// <param name="time">Gives a cosignature its time; an Ed25519 signature has none.</param>
    /// <exception cref="ArgumentException">The text is none that this kind of signature can speak of.</exception>
    public NoteSignature Sign(ReadOnlySpan<byte> text, TimeProvider time)
    {
        var type = Verifier.Type;
        var seconds = type == SignatureType.Ed25519 ? 0 : time.GetUtcNow().ToUnixTimeSeconds();
        var message = Cosignature.Message(type, Verifier.Name, seconds, text)
            ?? throw new ArgumentException("Only checkpoints are cosigned.", nameof(text));
        var signature = SignatureScheme.Sign(type, seed, message);
        return new(Verifier.Name, Verifier.KeyId, type == SignatureType.Ed25519 ? signature : [.. Cosignature.Number(seconds), .. signature]);
    }

    /// <summary>The key for keeping. Who reads it can sign.</summary>
    public string ToPrivateKey()
    {
        var id = Verifier.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        return $"{Prefix}{Verifier.Name}+{id}+{Convert.ToBase64String([(byte)Verifier.Type, .. seed])}";
    }

    /// <summary>The public key: a private one gets into no log by accident.</summary>
    public override string ToString() => Verifier.ToString();
}

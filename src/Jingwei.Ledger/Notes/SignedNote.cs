using System.Text;
using System.Text.Unicode;

namespace Jingwei.Ledger.Notes;

/// <summary>A text with signatures under it (C2SP signed-note). What it says counts only once a signature is verified.</summary>
/// <param name="Text">UTF-8 that ends in a newline.</param>
/// <param name="Signatures">One or more, by anyone.</param>
public sealed record SignedNote(ReadOnlyMemory<byte> Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Reads a note.</summary>
    public static LedgerReading<SignedNote> Read(ReadOnlySpan<byte> bytes, NoteLimits? limits = null)
    {
        limits ??= NoteLimits.Default;
        if (bytes.Length > limits.Bytes)
        {
            return new LedgerProblem(LedgerProblemCode.TooLarge, $"The note is longer than {limits.Bytes} bytes.");
        }

        if (FindIllegal(bytes) is var illegal && illegal >= 0)
        {
            return new LedgerProblem(LedgerProblemCode.IllegalCharacter, "The note is not in UTF-8, or has a control character other than newline.", illegal);
        }

        // The text may hold empty lines itself: the last one ends it.
        var end = bytes.LastIndexOf("\n\n"u8);
        if (end < 0)
        {
            return new LedgerProblem(LedgerProblemCode.Malformed, "No empty line stands between text and signatures.");
        }

        var (signatures, problem) = NoteSignature.ReadAll(bytes[(end + 2)..], end + 2, limits);
        return problem is null ? new SignedNote(bytes[..(end + 1)].ToArray(), signatures!) : problem;
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">UTF-8 without control characters, ending in a newline.</param>
    /// <exception cref="ArgumentException">The text is no note's, or none that one of the keys can sign, or there is no key.</exception>
    public static SignedNote Sign(ReadOnlySpan<byte> text, TimeProvider time, params IReadOnlyList<NoteSigner> signers)
    {
        if (signers.Count == 0 || FindIllegal(text) >= 0 || !text.EndsWith("\n"u8))
        {
            throw new ArgumentException("A note is UTF-8 without control characters, ends in a newline, and is signed by someone.", nameof(text));
        }

        var copy = text.ToArray();
        return new(copy, [.. signers.Select(signer => signer.Sign(copy, time))]);
    }

    /// <summary>
    /// The signatures by known keys, one a key. Signatures by others are passed over; one that names a known key and is
    /// not by it makes the whole note wrong, and so does the lack of any by a known key (signed-note, Signatures).
    /// </summary>
    public LedgerReading<IReadOnlyList<NoteSignature>> Verify(params IReadOnlyList<NoteVerifier> known)
    {
        var verified = new List<NoteSignature>();
        foreach (var signature in Signatures)
        {
            if (known.FirstOrDefault(key => key.IsNamedBy(signature)) is not { } verifier)
            {
                continue;
            }

            if (!verifier.Verify(Text.Span, signature))
            {
                return new LedgerProblem(LedgerProblemCode.WrongSignature, $"The signature of {signature.Name} is not by its key.");
            }

            if (!verified.Any(verifier.IsNamedBy))
            {
                verified.Add(signature);
            }
        }

        return verified.Count > 0
            ? new LedgerReading<IReadOnlyList<NoteSignature>>(verified, null)
            : new LedgerProblem(LedgerProblemCode.NoKnownSignature, "No signature is by a known key.");
    }

    /// <summary>The same text with more signatures under it; those that are there already are not added again.</summary>
    public SignedNote With(IEnumerable<NoteSignature> more) =>
        this with { Signatures = [.. Signatures, .. more.Where(one => Signatures.All(other => one.ToString() != other.ToString()))] };

    /// <summary>The note as it is stored and sent.</summary>
    public byte[] ToBytes() => [.. Text.Span, (byte)'\n', .. Encoding.UTF8.GetBytes(string.Concat(Signatures))];

    private static int FindIllegal(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] is < 0x20 and not (byte)'\n')
            {
                return at;
            }
        }

        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        var valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }

        return valid;
    }
}

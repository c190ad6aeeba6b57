using System.Globalization;
using System.Text;
using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Witnessing;

/// <summary>What a witness answers (C2SP tlog-witness, add-checkpoint).</summary>
/// <param name="Status">Of HTTP: 200, 400, 403, 404, 409 or 422.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Signature lines for 200, the size that was cosigned last for 409, and a sentence for people otherwise.</param>
public sealed record WitnessAnswer(int Status, string ContentType, byte[] Body)
{
    public const int Ok = 200;
    public const int BadRequest = 400;
    public const int Forbidden = 403;
    public const int NotFound = 404;
    public const int Conflict = 409;
    public const int Unprocessable = 422;

    /// <summary>The type of an answer of 409.</summary>
    public const string SizeType = "text/x.tlog.size";

    private const string TextType = "text/plain; charset=utf-8";

    internal static WitnessAnswer Cosigned(IEnumerable<NoteSignature> cosignatures) => new(Ok, TextType, Encoding.UTF8.GetBytes(string.Concat(cosignatures)));

    internal static WitnessAnswer Known(long size) =>
        new(Conflict, SizeType, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{size}\n")));

    internal static WitnessAnswer Refused(int status, string why) => new(status, TextType, Encoding.UTF8.GetBytes(why + '\n'));
}

/// <summary>What a log takes from a witness's answer: cosignatures, or the size to prove from, or why there is neither.</summary>
/// <param name="Cosignatures">Verified, with a time, by known witnesses.</param>
/// <param name="KnownSize">The size that the witness cosigned last, where it was another than the log thought: ask again from there.</param>
public sealed record WitnessReply(IReadOnlyList<NoteSignature> Cosignatures, long? KnownSize, LedgerProblem? Problem)
{
    // What a witness says of itself is cut here before it is told on.
    private const int Told = 200;

    /// <summary>Reads an answer.</summary>
    /// <param name="checkpoint">What was sent.</param>
    /// <param name="witness">The keys of the witness that was asked; lines by others are passed over.</param>
    public static WitnessReply Read(int status, ReadOnlySpan<byte> body, CheckpointNote checkpoint, params IReadOnlyList<NoteVerifier> witness)
    {
        if (status == WitnessAnswer.Conflict && body.EndsWith("\n"u8) && Lines.TryNumber(body[..^1], out var size))
        {
            return new([], size, null);
        }

        if (status != WitnessAnswer.Ok || body.Length > NoteLimits.Default.Bytes)
        {
            return Refuse(new(LedgerProblemCode.NoKnownSignature, $"The witness answered {status}: {Encoding.UTF8.GetString(body[..Math.Min(body.Length, Told)]).TrimEnd()}"));
        }

        var (lines, problem) = NoteSignature.ReadAll(body, 0, NoteLimits.Default);
        if (lines is null)
        {
            return Refuse(problem!);
        }

        (var verified, problem) = (checkpoint.Note with { Signatures = lines }).Verify(witness);
        if (verified is null)
        {
            return Refuse(problem!);
        }

        return verified.All(signature => Cosignature.Seconds(signature.Value) > 0)
            ? new(verified, null, null)
            : Refuse(new(LedgerProblemCode.WrongSignature, "A cosignature has no time."));
    }

    private static WitnessReply Refuse(LedgerProblem problem) => new([], null, problem);
}

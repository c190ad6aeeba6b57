namespace Jingwei.Ledger;

/// <summary>What can be wrong with something that a transparency log gives out or takes in.</summary>
public enum LedgerProblemCode
{
    /// <summary>Beyond <see cref="Notes.NoteLimits"/>; nothing of it was read.</summary>
    TooLarge,

    /// <summary>Bytes that are no UTF-8, or a control character where none may be (signed-note, Format).</summary>
    IllegalCharacter,

    /// <summary>Not laid out as its specification wants it: a line lacks, is empty, or is not ended.</summary>
    Malformed,

    /// <summary>No base64 (RFC 4648, 4), not in its one canonical form, or of the wrong length.</summary>
    InvalidBase64,

    /// <summary>No decimal number without leading zeroes, or beyond 2^63 - 1.</summary>
    InvalidNumber,

    /// <summary>A key that is not written as its specification wants it, or whose ID is not that of its name and bytes.</summary>
    InvalidKey,

    /// <summary>A kind of signature that is not known here.</summary>
    UnknownSignatureType,

    /// <summary>A policy's line that is none of those that there are, or says something twice.</summary>
    InvalidPolicy,

    /// <summary>No signature by a key that is known.</summary>
    NoKnownSignature,

    /// <summary>A signature that names a known key and is not by it.</summary>
    WrongSignature,

    /// <summary>A checkpoint of another log.</summary>
    OtherOrigin,

    /// <summary>The witnesses that cosigned are fewer than the policy asks for.</summary>
    NoQuorum,

    /// <summary>The hashes do not lead from the leaf to the root.</summary>
    WrongInclusion,

    /// <summary>The smaller tree is not the beginning of the larger one.</summary>
    Inconsistent,

    /// <summary>The checkpoint is of a tree smaller than one that is already known.</summary>
    RolledBack,

    /// <summary>A file that must be there is not.</summary>
    Missing,

    /// <summary>A file that could not be read.</summary>
    Unreadable,

    /// <summary>A file in the log's folder that no log puts there.</summary>
    UnexpectedFile,

    /// <summary>Shorter or longer than a tile of its width, or than the lengths in an entry bundle say.</summary>
    WrongLength,

    /// <summary>A hash that is not the one of what it stands for.</summary>
    WrongHash,

    /// <summary>The tiles make another root than the checkpoint has.</summary>
    WrongRoot,
}

/// <summary>Something that is not as its specification wants it.</summary>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Position">Where, as a byte's place from 0; below 0 where none makes sense.</param>
public sealed record LedgerProblem(LedgerProblemCode Code, string Message, long Position = -1)
{
    public override string ToString() => Position < 0 ? Message : $"{Position}: {Message}";
}

/// <summary>What was read, or why it was not: one of the two is null.</summary>
public readonly record struct LedgerReading<T>(T? Value, LedgerProblem? Problem)
    where T : class
{
    /// <summary>The value, where the caller knows that it is right, as with a key out of its own settings.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public T Require() => Value ?? throw new FormatException(Problem?.ToString());

    public static implicit operator LedgerReading<T>(T value) => new(value, null);

    public static implicit operator LedgerReading<T>(LedgerProblem problem) => new(null, problem);
}

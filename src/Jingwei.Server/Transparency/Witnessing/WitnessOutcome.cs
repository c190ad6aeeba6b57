namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>How it stands with a witness that is asked.</summary>
/// <param name="KnownSize">Entries that it cosigned last, as far as is known here.</param>
/// <param name="CosignedAt">When it cosigned last; null for never since the start.</param>
/// <param name="AskedAt">When it was asked last.</param>
/// <param name="Fault">Why it did not cosign when it was asked last, for people.</param>
/// <param name="Failures">How often in a row it did not.</param>
internal sealed record WitnessOutcome(long KnownSize, DateTimeOffset? CosignedAt, DateTimeOffset? AskedAt, string? Fault, int Failures)
{
    // A cosignature says that this was the newest then: a ledger at rest has it said again (tlog-witness asks for no more than an hour of delay).
    private static readonly TimeSpan RenewEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    // From here on the pause is the longest one.
    private const int MostDoublings = 6;

    public static WitnessOutcome None { get; } = new(0, null, null, null, 0);

    public static WitnessOutcome Cosigned(long size, DateTimeOffset at) => new(size, at, at, null, 0);

    public WitnessOutcome WithFault(long knownSize, string fault, DateTimeOffset at) => this with { KnownSize = knownSize, AskedAt = at, Fault = fault, Failures = Failures + 1 };

    /// <summary>Whether to ask for a checkpoint of so many entries now.</summary>
    public bool IsDue(long size, DateTimeOffset now) => Failures > 0
        ? now - AskedAt >= Pause
        : CosignedAt is null || KnownSize != size || now - CosignedAt >= RenewEvery;

    private TimeSpan Pause => Failures > MostDoublings ? LongestPause : Cosigning.AskEvery * (1 << (Failures - 1));
}

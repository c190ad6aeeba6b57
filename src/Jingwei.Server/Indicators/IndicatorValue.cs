namespace Jingwei.Server.Indicators;

/// <summary>An indicator of a thing over a window, with everything that made it.</summary>
/// <param name="Complete">The window is over and the value stands, unless late readings correct it.</param>
/// <param name="CorrectedAt">When late readings last changed a value that stood; null when none did.</param>
/// <param name="Version">1, and one more with each correction.</param>
public sealed record IndicatorValue(
    string Indicator, string Thing, WindowSpan Window, Outcome Outcome, DateTimeOffset ComputedAt, bool Complete,
    DateTimeOffset? CorrectedAt, long Version)
{
    /// <summary>What made it another value than the one that stood; null where none stood.</summary>
    public RevisionCause? Cause { get; init; }

    /// <summary>The digest of the definition that it was computed by; null for values older than definitions were kept.</summary>
    public string? Definition { get; init; }
}

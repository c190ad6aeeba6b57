namespace Jingwei.Server.Indicators;

/// <summary>
/// A period whose figures stay as they were reported: what late readings make of them later is shown beside them. It can be withdrawn, and
/// stays on record then.
/// </summary>
/// <param name="Party">Of it, and of all parties below it.</param>
/// <param name="From">The first day, in the zone of each party.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Indicator">Null: all indicators.</param>
/// <param name="Revision">The last change of any figure when it was signed off: what changed later changed after it.</param>
public sealed record SignOff(
    long Id, string Party, DateOnly From, DateOnly To, string? Indicator, string By, string ByName, DateTimeOffset At, string Note, long Revision,
    string? WithdrawnBy, DateTimeOffset? WithdrawnAt, string? WithdrawnNote);

/// <summary>That a figure is signed off, and what it would be by the readings that are there now.</summary>
/// <param name="Reported">False: it had not been computed when the period was signed off.</param>
/// <param name="Recomputed">The figure by all readings that are there now.</param>
/// <param name="Differs">The two are not the same.</param>
public sealed record SignedOffItem(long SignOff, string By, string ByName, DateTimeOffset At, bool Reported, double? Recomputed, Packs.Model.Band? RecomputedBand, bool Differs);

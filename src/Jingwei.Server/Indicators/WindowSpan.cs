using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>
/// The stretch of time that one value of an indicator is about, half-open: a reading at <paramref name="From"/> is in it,
/// one at <paramref name="To"/> is in the next. So windows that touch share nothing and their sums are the whole.
/// </summary>
/// <param name="From">Microseconds since the epoch, UTC.</param>
/// <param name="To">Microseconds since the epoch, UTC; greater than <paramref name="From"/>.</param>
/// <param name="Shift">The shift's id; null for all but shifts.</param>
public readonly record struct WindowSpan(IndicatorWindow Kind, long From, long To, string? Shift)
{
    /// <summary>True for windows that are made of days and counted in them: a correction counts one day anew, not a month.</summary>
    public static bool IsMadeOfDays(IndicatorWindow kind) => kind is IndicatorWindow.Week or IndicatorWindow.Month;

    /// <inheritdoc cref="IsMadeOfDays(IndicatorWindow)"/>
    public bool IsLong => IsMadeOfDays(Kind);

    public bool Contains(long time) => time >= From && time < To;

    /// <summary>Where counting stops as seen at <paramref name="now"/>: the future has not happened.</summary>
    public long EndAt(long now) => Math.Clamp(now, From, To);
}

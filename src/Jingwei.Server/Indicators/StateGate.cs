using System.Collections.Immutable;

namespace Jingwei.Server.Indicators;

/// <summary>
/// Open while one of the named states holds and for a while after it was left. What is counted at a time came to be before it, so the state
/// that begins at that very time does not judge it.
/// </summary>
internal struct StateGate(ImmutableHashSet<string> states, long within)
{
    private bool inside;
    private long seen = long.MinValue;
    private long left = long.MinValue;
    private (bool Inside, long Left) before = (false, long.MinValue);

    /// <summary>True when a state of that time may already have opened or closed it.</summary>
    public readonly bool Reaches(long time) => time <= seen;

    /// <param name="time">Not before the last state that it took.</param>
    public readonly bool IsOpen(long time)
    {
        var (isInside, leftAt) = time == seen ? before : (inside, left);
        return isInside || (leftAt != long.MinValue && time - leftAt <= within);
    }

    /// <summary>Takes the next state. False, with nothing changed, when it comes late or would change what was judged up to <paramref name="judged"/>.</summary>
    public bool Add(Sample sample, long judged)
    {
        var isInside = states.Contains(sample.Text ?? "");
        if (sample.Time < seen || (isInside != inside && (sample.Time == seen || sample.Time < judged)))
        {
            return false;
        }

        before = sample.Time > seen ? (inside, left) : before;
        left = inside && !isInside ? sample.Time : left;
        (inside, seen) = (isInside, sample.Time);
        return true;
    }

    /// <summary>What of it the next window starts with.</summary>
    public readonly StateGate Follow(long from) => seen < from - Tally.Memory ? new StateGate(states, within) : this;
}

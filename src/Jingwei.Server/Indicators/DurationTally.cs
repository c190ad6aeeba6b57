using System.Collections.Immutable;

namespace Jingwei.Server.Indicators;

/// <summary>
/// Seconds in the named states. A state holds from its reading until the next one; before the first known state nothing
/// counts, in no state.
/// </summary>
public sealed class DurationTally(WindowSpan window, ImmutableHashSet<string> states, bool except) : Tally
{
    private long counted;
    private bool known;
    private bool counts;
    private long since = long.MinValue;

    public override bool Add(string property, Sample sample)
    {
        if (sample.Time < since)
        {
            return false;
        }

        counted += Open(sample.Time);
        known = true;
        counts = states.Contains(sample.Text ?? "") != except;
        since = sample.Time;
        return true;
    }

    public override bool Reaches(string property, long time) => time <= since;

    public override Contribution At(long end) =>
        known ? Contribution.Known(ExactSum.Of(counted + Open(end))) : default;

    public override Tally Follow(WindowSpan next) =>
        since < next.From - Memory
            ? new DurationTally(next, states, except)
            : new DurationTally(next, states, except) { known = known, counts = counts, since = since };

    private long Open(long until) => counts ? Math.Max(0, until - Math.Max(since, window.From)) : 0;
}

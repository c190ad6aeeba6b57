using System.Collections.Immutable;

namespace Jingwei.Server.Indicators;

/// <summary>
/// How often the named states were entered from another one. The first reading ever says what holds, not when that began, and is no entry.
/// </summary>
public sealed class EntriesTally(WindowSpan window, ImmutableHashSet<string> states) : Tally
{
    private long entries;
    private bool known;
    private bool inside;
    private long since = long.MinValue;

    public override bool Add(string property, Sample sample)
    {
        var isInside = states.Contains(sample.Text ?? "");
        if (sample.Time <= since)
        {
            return sample.Time == since && isInside == inside;
        }

        entries += known && isInside && !inside && window.Contains(sample.Time) ? 1 : 0;
        (known, inside, since) = (true, isInside, sample.Time);
        return true;
    }

    public override bool Reaches(string property, long time) => time <= since;

    public override Contribution At(long end) => known ? Contribution.Known(ExactSum.Of(entries)) : default;

    public override Tally Follow(WindowSpan next) =>
        since < next.From - Memory ? new EntriesTally(next, states) : new EntriesTally(next, states) { known = known, inside = inside, since = since };
}

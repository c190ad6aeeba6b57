using System.Collections.Immutable;

namespace Jingwei.Server.Indicators;

/// <summary>
/// Growth of a counter. Each growth is that from one good reading to the next and belongs to the time of the later one; a fall
/// means that the counter was reset and counts from 0. The very first reading of a counter is where it starts, no growth.
/// With a property to multiply by, each growth is multiplied by its value as of the growth's time (a reading at the
/// same time included); growth before the first such value does not count. With states to come after, only growths in such a
/// state or soon after it count.
/// </summary>
public sealed class IncreaseTally(WindowSpan window, TallyKind kind, ImmutableHashSet<string> states) : Tally
{
    private ExactSum sum;
    private double? last;
    private long lastTime = long.MinValue;
    private double? factor = kind.Times is null ? 1 : null;
    private long factorSince = long.MinValue;
    private long factorSeen = long.MinValue;
    private StateGate gate = new(states, kind.Within);

    public override bool Add(string property, Sample sample) =>
        property == kind.Source ? AddSource(sample)
        : property == kind.Times ? AddFactor(sample)
        : gate.Add(sample, lastTime);

    public override bool Reaches(string property, long time) =>
        property == kind.Source ? time <= lastTime
        : property == kind.Times ? time <= factorSeen
        : gate.Reaches(time);

    public override Contribution At(long end) => last is not null && factor is not null ? Contribution.Known(sum) : default;

    public override Tally Follow(WindowSpan next)
    {
        var forgets = next.From - Memory;
        var (hasLast, hasFactor) = (lastTime >= forgets, kind.Times is null || factorSeen >= forgets);
        return new IncreaseTally(next, kind, states)
        {
            last = hasLast ? last : null,
            lastTime = hasLast ? lastTime : long.MinValue,
            factor = hasFactor ? factor : null,
            factorSince = hasFactor ? factorSince : long.MinValue,
            factorSeen = hasFactor ? factorSeen : long.MinValue,
            gate = gate.Follow(next.From),
        };
    }

    private bool AddSource(Sample sample)
    {
        if (sample.Time == lastTime && sample.Number == last)
        {
            return true;
        }

        // Equal: a correction of the last reading, whose growth is already in the sum.
        if (sample.Time <= lastTime || sample.Time < factorSince || (kind.After is not null && gate.Reaches(sample.Time + 1)))
        {
            return false;
        }

        if (last is { } before && factor is { } each && sample.Time >= window.From && (kind.After is null || gate.IsOpen(sample.Time)))
        {
            sum = sum.Plus((sample.Number >= before ? sample.Number - before : sample.Number) * each);
        }

        last = sample.Number;
        lastTime = sample.Time;
        return true;
    }

    private bool AddFactor(Sample sample)
    {
        // The same value again changes nothing, in whatever order it comes, as long as it held at that time.
        if (factor == sample.Number && sample.Time >= factorSince)
        {
            factorSeen = Math.Max(factorSeen, sample.Time);
            return true;
        }

        if (sample.Time < factorSeen || sample.Time <= lastTime)
        {
            return false;
        }

        factor = sample.Number;
        factorSince = factorSeen = sample.Time;
        return true;
    }
}

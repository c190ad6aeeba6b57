namespace Jingwei.Server.Indicators;

/// <summary>
/// Growth of a counter. Each growth is that from one good reading to the next and belongs to the time of the later one; a fall
/// means that the counter was reset and counts from 0. The very first reading of a counter is where it starts, no growth.
/// With <paramref name="times"/> each growth is multiplied by that property's value as of the growth's time (a reading at the
/// same time included); growth before the first such value does not count.
/// </summary>
public sealed class IncreaseTally(WindowSpan window, string source, string? times) : Tally
{
    private double sum;
    private double? last;
    private long lastTime = long.MinValue;
    private double? factor = times is null ? 1 : null;
    private long factorSince = long.MinValue;
    private long factorSeen = long.MinValue;

    public override bool Add(string property, Sample sample) =>
        property == source ? AddSource(sample) : AddFactor(sample);

    public override bool Reaches(string property, long time) => time <= (property == source ? lastTime : factorSeen);

    public override Contribution At(long end) =>
        last is not null && factor is not null ? new Contribution(sum, 1, 0, 0, 0, 0) : default;

    private bool AddSource(Sample sample)
    {
        if (sample.Time == lastTime && sample.Number == last)
        {
            return true;
        }

        // Equal: a correction of the last reading, whose growth is already in the sum.
        if (sample.Time <= lastTime || sample.Time < factorSince)
        {
            return false;
        }

        if (last is { } before && factor is { } each && sample.Time >= window.From)
        {
            sum += (sample.Number >= before ? sample.Number - before : sample.Number) * each;
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

    public override Tally Follow(WindowSpan next) => new IncreaseTally(next, source, times)
    {
        last = last,
        lastTime = lastTime,
        factor = factor,
        factorSince = factorSince,
        factorSeen = factorSeen,
    };
}

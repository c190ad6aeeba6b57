namespace Jingwei.Server.Indicators;

/// <summary>Mean, last, least, greatest, sum and number of the good readings inside the window, each reading with equal weight.</summary>
public sealed class StatisticTally(WindowSpan window) : Tally
{
    private Contribution total;
    private long lastTime = long.MinValue;
    private double last = double.NaN;

    public override bool Add(string property, Sample sample)
    {
        if (sample.Time <= lastTime)
        {
            // The last reading again changes nothing.
            return sample.Time == lastTime && sample.Number == last;
        }

        (lastTime, last) = (sample.Time, sample.Number);
        if (window.Contains(sample.Time))
        {
            total = total.Plus(new Contribution(ExactSum.Of(sample.Number), 1, sample.Number, sample.Number, sample.Number, sample.Time));
        }

        return true;
    }

    public override bool Reaches(string property, long time) => time <= lastTime;

    public override Contribution At(long end) => total;

    public override Tally Follow(WindowSpan next) => new StatisticTally(next) { lastTime = lastTime, last = last };
}

namespace Jingwei.Server.Rules.Trying;

/// <summary>Adds up what a try comes to.</summary>
/// <param name="rule">Id of the tried rule.</param>
/// <param name="by">What it is decided by.</param>
/// <param name="started">By the clock that <see cref="Line"/> is given.</param>
internal sealed class RuleTryProgress(string rule, TriedBy by, int ofThings, long started)
{
    // Alarms that are told one by one; the others are counted.
    private const int MostTold = 500;

    private RuleCounts counts = new RuleCounters().Of(rule);
    private int things;
    private int flooded;
    private int told;
    private long readings;
    private long summed;
    private long raised;
    private long both;
    private long missing;

    /// <summary>Whether alarms are still told one by one.</summary>
    public bool IsTelling => Volatile.Read(ref told) < MostTold;

    /// <summary>Whether the next alarm is told.</summary>
    public bool Tell() => Interlocked.Increment(ref told) <= MostTold;

    /// <summary>So many alarms are not told.</summary>
    public void LeaveOut(int alarms) => Interlocked.Add(ref told, alarms);

    /// <summary>A thing that the rule is not for.</summary>
    public void Skip() => things++;

    /// <summary>A thing that is done.</summary>
    public void Add(ThingPast past, bool[] was, bool[] gone)
    {
        things++;
        flooded += past.IsFlooded ? 1 : 0;
        readings += past.Readings + past.Summed;
        summed += past.Summed;
        raised += past.Alarms.Count;
        both += was.Count(each => each);
        missing += gone.Count(each => each);
    }

    /// <summary>What the rule did on things that are done.</summary>
    public void Add(RuleCounters counters) => counts = counts.With(counters.Of(rule));

    /// <summary>How far it is.</summary>
    /// <param name="current">The things at hand; their alarms are not compared yet, and so not counted.</param>
    public RuleTryTotals Line(IReadOnlyCollection<ThingPast> current, TimeProvider clock)
    {
        var passed = current.Sum(past => past.Summed);
        return Totals(clock, (things + current.Sum(past => past.Part)) / ofThings, readings + passed + current.Sum(past => past.Readings), summed + passed);
    }

    public RuleTryEnd End(TimeProvider clock) => new(Totals(clock, 1, readings, summed), counts, flooded, told > MostTold);

    private RuleTryTotals Totals(TimeProvider clock, double done, long read, long passed) => new(
        Math.Round(done, 4), things, ofThings, read, by, passed, raised, both, raised - both, missing, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 2));
}

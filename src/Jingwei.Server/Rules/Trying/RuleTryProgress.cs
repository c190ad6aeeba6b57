namespace Jingwei.Server.Rules.Trying;

/// <summary>Adds up what a try comes to.</summary>
/// <param name="rule">Id of the tried rule.</param>
/// <param name="started">By the clock that <see cref="Line"/> is given.</param>
internal sealed class RuleTryProgress(string rule, int ofThings, long started)
{
    private int things;
    private int flooded;
    private long readings;
    private long raised;
    private long both;
    private long missing;

    public RuleCounters Counters { get; } = new();

    /// <summary>A thing that the rule is not for.</summary>
    public void Skip() => things++;

    /// <summary>A thing that is done.</summary>
    public void Add(ThingPast past, bool[] was, bool[] gone)
    {
        things++;
        flooded += past.IsFlooded ? 1 : 0;
        readings += past.Readings;
        raised += past.Alarms.Count;
        both += was.Count(each => each);
        missing += gone.Count(each => each);
    }

    /// <summary>How far it is.</summary>
    /// <param name="current">The thing at hand; its alarms are not compared yet, and so not counted.</param>
    /// <param name="part">How much of it is done, 0 to 1.</param>
    public RuleTryTotals Line(ThingPast current, double part, TimeProvider clock) => Totals(clock, (things + part) / ofThings, readings + current.Readings);

    public RuleTryEnd End(TimeProvider clock, bool isCut) => new(Totals(clock, 1, readings), Counters.Of(rule), flooded, isCut);

    private RuleTryTotals Totals(TimeProvider clock, double done, long read) => new(
        Math.Round(done, 4), things, ofThings, read, raised, both, raised - both, missing, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 2));
}

using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Queries;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Rules.Trying;

/// <summary>
/// Runs a rule over what one thing read, piece by piece: it says what it needs next, and takes it. A reading counts as having arrived when it was
/// taken; of a corrected one the last word counts.
/// </summary>
internal sealed class ThingPast
{
    /// <summary>Alarms of a thing, more than anybody will look at: such a rule is given up for the thing.</summary>
    public const int MostAlarms = 10_000;

    // Events that are gathered before they are made alarms.
    private const int EventsAtOnce = 256;

    // A piece is this many times as long as the one before at most, when there was little in that.
    private const int Growth = 8;

    // Readings a microsecond of an input until it is known: one a second.
    private const double FirstRate = 1.0 / Instant.PerSecond;

    private static readonly long FirstPiece = Instant.Of(TimeSpan.FromDays(1));
    private static readonly long LongestPiece = Instant.Of(TimeSpan.FromDays(400));

    private readonly ThingRules rules;
    private readonly PastRun[] runs;
    private readonly bool watchesSilence;
    private readonly PastChunks? chunks;
    private readonly long from;
    private readonly long to;
    private readonly Func<bool> isTold;
    private readonly List<RuleEvent> events = [];
    private PastHours? hours;
    private long at;
    private long asked;
    private long longest = FirstPiece;
    private double rate;

    /// <param name="from">Where the period begins; silence counts from here.</param>
    /// <param name="to">Where it ends: delays and silences run up to there.</param>
    /// <param name="isTold">Whether alarms that are found now may be told one by one, so that their causes are wanted.</param>
    public ThingPast(Thing thing, TypeRules plan, RuleCounters counters, SeriesRegistry registry, long from, long to, Func<bool> isTold)
    {
        var lane = plan.Lanes[0];
        rules = new ThingRules(thing, lane, counters, new Neighbours((each, region) => each.Region == region), from);
        runs =
        [
            .. lane.Inputs.Select(slot => (Slot: slot, Series: registry.Find(thing.Id, plan.Type.Properties[slot].Id)))
                .Where(input => input.Series is not null).Select(input => PastRun.Of(plan.Type.Properties[input.Slot], input.Series!, input.Slot)),
        ];
        rate = FirstRate * Math.Max(1, runs.Length);
        watchesSilence = lane.Rules.Any(rule => rule.Rule.Absent is not null);
        chunks = lane.IsPassable ? new PastChunks(rules, runs, Each) : null;
        (this.from, this.to, this.isTold, at) = (from, to, isTold, from);
    }

    public Thing Thing => rules.Thing;

    /// <summary>Of what the rule reads of the thing, what there is.</summary>
    public IEnumerable<PastRun> Runs => runs;

    /// <summary>Whether sums of hours may decide about some of it.</summary>
    public bool AllowsHours => chunks is not null && runs.Length == rules.Lane.Inputs.Count() && !runs.Any(run => run.IsText);

    /// <summary>Whether the sums of hours may decide about some of the past of things of a type.</summary>
    public static bool MayUseHours(TypeRules plan) =>
        plan.Lanes[0].IsPassable && !plan.Lanes[0].Inputs.Any(slot => ReadingTable.IsText(plan.Type.Properties[slot].Kind));

    /// <summary>Alarms so far, in the order of time.</summary>
    public List<TriedAlarm> Alarms { get; } = [];

    /// <summary>It raised so many that the rest was left out.</summary>
    public bool IsFlooded => Alarms.Count >= MostAlarms;

    /// <summary>How much is done, 0 to 1.</summary>
    public double Part => (double)(Volatile.Read(ref at) - from) / (to - from);

    /// <summary>Readings that were read.</summary>
    public long Readings { get; private set; }

    /// <summary>Readings that were passed over, since the sums of their hours decide.</summary>
    public long Summed => hours?.Readings ?? 0;

    /// <summary>Begins with what held before the period.</summary>
    /// <param name="sums">Of the hours of its inputs; null when they are not to decide.</param>
    /// <param name="mostBetween">As <see cref="TryLimits.Between"/>.</param>
    public void Begin(ReadingWindow before, IReadOnlyDictionary<long, HourSums>? sums, int mostBetween)
    {
        foreach (var run in runs)
        {
            run.Seed(rules, before);
        }

        hours = sums is null ? null : new PastHours(rules, runs, sums, mostBetween);
        hours?.Read();
    }

    /// <summary>Goes on as far as it can, and says what it needs then; answers how many readings that may be, 0 when it has come to the end.</summary>
    /// <param name="most">Readings that it should not ask for many more than.</param>
    public long Ask(List<Stretch> numbers, List<Stretch> texts, long most)
    {
        if (!IsFlooded && runs.Length > 0)
        {
            Volatile.Write(ref at, hours?.Pass(at, events) ?? at);
            Keep();
        }

        if (IsFlooded || runs.Length == 0 || at >= to)
        {
            End();
            return 0;
        }

        var length = Math.Min(longest, (long)Math.Min(longest, most / rate));
        var (end, count) = hours?.Needed(at, most) ?? (at + Math.Max(1, length), 0);
        asked = Math.Min(Math.Min(to, end), at + (count > 0 ? longest : Math.Max(1, length)));
        for (var input = 0; input < runs.Length; input++)
        {
            (runs[input].IsText ? texts : numbers).Add(new Stretch(runs[input].Series.Number, hours?.PassedFrom(input) ?? at, asked));
        }

        return Math.Max(1, count > 0 ? count : (long)(rate * (asked - at)));
    }

    /// <summary>Takes what it asked for. False: some of that is missing, so nothing is taken, and it asks for less the next time.</summary>
    public bool Take(ReadingColumns numbers, ReadingTexts texts)
    {
        if (runs.Any(run => run.Series.Number >= ((run.IsText ? texts.Cut : numbers.Cut) ?? long.MaxValue)))
        {
            longest = Math.Max(1, (asked - at) / 2);
            return false;
        }

        var count = 0L;
        foreach (var run in runs)
        {
            run.Take(numbers, texts);
            // The hours just before, of which only the last value is needed.
            run.Pass(rules, run.Before(at));
            count += run.Before(asked) - run.At;
        }

        if (chunks is null)
        {
            Each(asked);
        }
        else
        {
            chunks.Judge(asked, events);
        }

        hours?.Read();
        Readings += count;
        rate = Math.Max(1.0, count) / (asked - at);
        longest = Math.Min(LongestPiece, Math.Max(longest, Growth * (asked - at)));
        Volatile.Write(ref at, asked);
        Keep();
        return true;
    }

    private void End()
    {
        if (!IsFlooded)
        {
            rules.Tick(to, events);
            Keep();
        }

        Volatile.Write(ref at, to);
    }

    // Judges picture by picture; false when it is flooded.
    private bool Each(long until)
    {
        while (!IsFlooded)
        {
            var time = long.MaxValue;
            foreach (var run in runs)
            {
                time = Math.Min(time, run.Time);
            }

            if (time >= until)
            {
                return true;
            }

            if (watchesSilence)
            {
                rules.Tick(time, events);
            }

            rules.Begin(time, time, long.MaxValue, events);
            foreach (var run in runs)
            {
                if (run.Time == time)
                {
                    run.Put(rules);
                }
            }

            rules.End(time, time, events);
            if (events.Count >= EventsAtOnce)
            {
                Keep();
            }
        }

        return false;
    }

    private void Keep()
    {
        foreach (var said in events)
        {
            if (said.Transition != RuleTransition.Raise)
            {
                if (Alarms.Count > 0)
                {
                    Alarms[^1] = Alarms[^1] with { Span = Alarms[^1].Span with { Cleared = Instant.Of(said.At) } };
                }
            }
            else if (!IsFlooded)
            {
                Alarms.Add(new TriedAlarm(new AlarmSpan(Instant.Of(said.At), null), isTold() ? Explanation.Of(said) : null));
            }
            else
            {
                break;
            }
        }

        events.Clear();
    }
}

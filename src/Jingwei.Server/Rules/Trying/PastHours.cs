using Jingwei.Cel;
using Jingwei.Server.Telemetry.Queries;

namespace Jingwei.Server.Rules.Trying;

/// <summary>
/// The hours of a thing's past by what they come to: those in which the rule cannot change are passed over, without a look at their readings. An hour
/// that holds a reading which is not good, or is not summed up for certain, is read.
/// </summary>
internal sealed class PastHours
{
    // Readings of an hour of all inputs together: one that holds more is not passed over, since all of it is read for the last of them.
    private const int MostPassed = 500_000;

    private readonly ThingRules rules;
    private readonly int mostBetween;
    private readonly Input[] inputs;
    private readonly CelRange[] ranges;

    /// <param name="hours">Of each of the numbers that the rule reads.</param>
    /// <param name="mostBetween">As <see cref="TryLimits.Between"/>.</param>
    public PastHours(ThingRules rules, IReadOnlyList<PastRun> runs, IReadOnlyDictionary<long, HourSums> hours, int mostBetween)
    {
        (this.rules, this.mostBetween) = (rules, mostBetween);
        inputs = [.. runs.Select(run => new Input(run.Slot, hours[run.Series.Number]))];
        ranges = new CelRange[rules.Lane.Slots];
    }

    /// <summary>Readings of all that was passed over.</summary>
    public long Readings { get; private set; }

    /// <summary>From where an input has to be read so that its last value is known again; null: it is.</summary>
    public long? PassedFrom(int input) => inputs[input].PassedFrom;

    /// <summary>What everything was last has been read.</summary>
    public void Read()
    {
        rules.Ranges(ranges);
        foreach (var input in inputs)
        {
            (input.Last, input.PassedFrom) = (ranges[input.Slot].Low, null);
        }
    }

    /// <summary>Passes over the next hours as long as that can be told; answers the time up to which all is taken.</summary>
    public long Pass(long at, List<RuleEvent> events)
    {
        while (at % HourSums.Width == 0 && inputs.All(input => input.Sums.Knows(at)))
        {
            var (count, pictures) = Look(at, static input => input.Last);
            // A raise shows the values just before it, so from where it may come all is read.
            if (count > MostPassed || count > 0 && (rules.Phase == RulePhase.Pending || !rules.TryPass(ranges, at, at + HourSums.Width - 1, pictures, events)))
            {
                break;
            }

            foreach (var input in inputs)
            {
                if (input.Sums.At(at) is { } sum)
                {
                    (input.Last, input.PassedFrom) = (sum.Last, at);
                }
            }

            Readings += count;
            at += HourSums.Width;
        }

        return at;
    }

    /// <summary>
    /// Up to where readings should be read from a time on: as far as the rule may change, with the first hour after that, and not much further than
    /// so many readings; and how many these are. Null when nothing is known of that time.
    /// </summary>
    public (long End, long Count)? Needed(long at, long most)
    {
        var known = inputs.Max(input => input.Sums.From);
        if (at < known)
        {
            return known == long.MaxValue ? null : (known, 0);
        }

        foreach (var input in inputs)
        {
            input.Ahead = input.Last;
        }

        var first = at / HourSums.Width * HourSums.Width;
        var (needed, rows, between) = ((End: at, Count: 0L), 0L, 0L);
        for (var hour = first; between <= mostBetween && inputs.All(input => input.Sums.Covers(hour)); hour += HourSums.Width)
        {
            var count = Look(hour, static input => input.Ahead).Count;
            rows += count;
            if (hour > first && rows > most)
            {
                break;
            }

            var isCalm = inputs.All(input => input.Sums.Knows(hour) && !double.IsNaN(input.Ahead)) && rules.WhenOver(ranges) == false;
            needed = !isCalm || between == 0 ? (hour + HourSums.Width, rows) : needed;
            between = isCalm ? between + Math.Max(1, count) : 0;
            foreach (var input in inputs)
            {
                input.Ahead = input.Sums.At(hour)?.Last ?? input.Ahead;
            }
        }

        return needed.End > at ? needed : null;
    }

    // Fills the ranges of an hour: what was there before is there until the first reading.
    private (long Count, long Pictures) Look(long hour, Func<Input, double> before)
    {
        var (count, pictures) = (0L, 0L);
        foreach (var input in inputs)
        {
            ref var range = ref ranges[input.Slot];
            range = new CelRange(before(input));
            if (input.Sums.At(hour) is { } sum)
            {
                range = range.With(sum.Low).With(sum.High);
                (count, pictures) = (count + sum.Count, Math.Max(pictures, sum.Count));
            }
        }

        return (count, pictures);
    }

    private sealed class Input(int slot, HourSums sums)
    {
        public int Slot => slot;

        public HourSums Sums => sums;

        /// <summary>NaN while it has none.</summary>
        public double Last { get; set; } = double.NaN;

        public double Ahead { get; set; }

        public long? PassedFrom { get; set; }
    }
}

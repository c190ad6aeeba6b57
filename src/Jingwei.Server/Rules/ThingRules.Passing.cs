using Jingwei.Cel;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>How readings are passed over of which it is enough to know within which ranges they lie. Only where the lane <see cref="RuleLane.IsPassable"/>.</summary>
internal sealed partial class ThingRules
{
    /// <summary>Where the rule stands.</summary>
    public RulePhase Phase => states[0].Phase;

    /// <summary>The ranges of all that expressions read, as long as nothing comes: of one value each, and of none where there is no number.</summary>
    /// <param name="into">As many as <see cref="RuleLane.Slots"/>.</param>
    public void Ranges(Span<CelRange> into)
    {
        FillParameters(0);
        for (var slot = 0; slot < values.Length; slot++)
        {
            into[slot] = values[slot].Kind switch
            {
                CelKind.Double => new CelRange(values[slot].AsDouble()),
                CelKind.Bool => new CelRange(values[slot].IsTrue ? 1 : 0),
                _ => new CelRange(double.NaN),
            };
        }
    }

    /// <summary>What the condition is, if it is that all the time, while the values stay within ranges.</summary>
    public bool? WhenOver(ReadOnlySpan<CelRange> ranges) => lane.Rules[0].When!.TruthOver!(ranges);

    /// <summary>
    /// Takes readings as taken, of which some are true for each moment of a time: that all values, those that are known included, lie within ranges.
    /// False when that does not say what the rule would come to, reading by reading; then nothing is taken but that time has come to the first.
    /// What they were at last is for <see cref="Pass"/>.
    /// </summary>
    /// <param name="ranges">Of each property from before the first reading to the last.</param>
    /// <param name="first">When the first comes, or before.</param>
    /// <param name="last">When the last comes, or later, but before whatever comes next.</param>
    /// <param name="pictures">How many times bear one or more of them.</param>
    public bool TryPass(ReadOnlySpan<CelRange> ranges, long first, long last, long pictures, List<RuleEvent> events)
    {
        var rule = lane.Rules[0];
        if (!IsKnown(rule.Inputs) || WhenOver(ranges) is not { } when)
        {
            return false;
        }

        var clear = rule.Clear is null ? !when : rule.Clear.TruthOver!(ranges);
        RunOut(first, events);
        var goesOn = states[0].Ends(rule.Delays) > last;
        var isPassed = states[0].Phase switch
        {
            RulePhase.Normal => !when,
            // What is shown of a raise is what was read just before.
            RulePhase.Pending => when && goesOn,
            RulePhase.Raised => clear == false,
            _ => clear == true && (goesOn || !when),
        };
        if (isPassed)
        {
            RunOut(last, events);
            counters[0].CountPassed(pictures, when);
            (judged, newest, lastArrived) = (Math.Max(judged, last), Math.Max(newest, last), Math.Max(lastArrived, last));
        }

        return isPassed;
    }

    /// <summary>A property's last value of those that were passed over.</summary>
    public void Pass(int slot, in ReadingValue value, long time)
    {
        Set(slot, value, time);
        arrivals[slot] = Math.Max(arrivals[slot], time);
    }
}

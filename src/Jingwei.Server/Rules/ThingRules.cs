using System.Globalization;
using Jingwei.Cel;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>The newest values of one thing and where each rule stands for it. One thread at a time.</summary>
internal sealed class ThingRules
{
    private readonly TypeRules plan;
    private readonly RuleCounters.Tally[] counters;
    private readonly CelValue[] values;
    private readonly ReadingValue[] raw;
    private readonly long[] times;
    private readonly long[] arrivals;
    private readonly RuleState[] states;
    private long lastEvent;
    private long lastArrived;

    /// <param name="since">Microseconds UTC from which silence counts while nothing has arrived: the later of the server's start and the thing's making.</param>
    public ThingRules(Thing thing, TypeRules plan, RuleCounters counters, long since)
    {
        (Thing, this.plan) = (thing, plan);
        this.counters = [.. plan.Rules.Select(rule => counters.For(rule.Rule.Id))];
        var properties = plan.Type.Properties.Length;
        (values, raw, times, arrivals) = (new CelValue[properties], new ReadingValue[properties], new long[properties], new long[properties]);
        states = new RuleState[plan.Rules.Length];
        Array.Fill(times, long.MinValue);
        Array.Fill(arrivals, since);
    }

    public Thing Thing { get; }

    public TypeRules Plan => plan;

    /// <summary>A value from before, which no rule is run for.</summary>
    public void Seed(string property, ReadingValue value, long time)
    {
        if (plan.SlotOf(property) is >= 0 and var slot && time > times[slot])
        {
            Set(slot, value, time);
        }
    }

    /// <summary>Hands the known values on to the same thing's rules after the packs changed.</summary>
    public void SeedInto(ThingRules next)
    {
        for (var slot = 0; slot < times.Length; slot++)
        {
            if (times[slot] != long.MinValue)
            {
                next.Seed(plan.Type.Properties[slot].Id, raw[slot], times[slot]);
            }
        }
    }

    /// <summary>An alarm of that rule is open from before.</summary>
    public void Restore(string rule, long raisedAt)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (plan.Rules[i].Rule.Id == rule)
            {
                states[i] = new RuleState(RulePhase.Raised, raisedAt);
            }
        }
    }

    /// <summary>Takes the readings of this thing that bear one time, then runs the rules that look at them.</summary>
    /// <param name="readings">All of one time.</param>
    public void Take(ReadOnlySpan<Reading> readings, long liveWindow, List<RuleEvent> events)
    {
        var (time, arrived) = (readings[0].Time, readings[0].Arrived);
        var live = arrived - time <= liveWindow;
        if (live)
        {
            // What held until now made what falls due before this time.
            TickConditions(Math.Max(time, lastEvent), events);
        }

        var changed = new HashSet<int>();
        foreach (var reading in readings)
        {
            if (plan.SlotOf(reading.Property.Id) is not (>= 0 and var slot))
            {
                continue;
            }

            arrivals[slot] = Math.Max(arrivals[slot], reading.Arrived);
            if (reading.Quality == Quality.Bad)
            {
                // It says that the thing is there, not what it measures.
                continue;
            }

            if (live && time >= times[slot])
            {
                Set(slot, reading.Value, time);
                changed.Add(slot);
            }
            else
            {
                CountLate(slot);
            }
        }

        if (changed.Count > 0)
        {
            (lastEvent, lastArrived) = (Math.Max(lastEvent, time), arrived);
            Run(changed, events);
        }

        EndAbsences(arrived, events);
    }

    /// <summary>Lets time pass: delays run out, silences become too long.</summary>
    /// <param name="now">The server's time, microseconds UTC.</param>
    public void Tick(long now, List<RuleEvent> events)
    {
        // The thing's own clock goes on from its last reading as ours does, however far apart the two are.
        TickConditions(lastEvent + Math.Max(0, now - lastArrived), events);
        for (var i = 0; i < states.Length; i++)
        {
            var rule = plan.Rules[i];
            if (rule.Rule.Absent is not null && states[i].Phase == RulePhase.Normal && !rule.Inputs.IsEmpty &&
                now - arrivals[rule.Inputs[0]] >= rule.AbsentFor)
            {
                states[i] = new RuleState(RulePhase.Raised, now);
                Raise(i, arrivals[rule.Inputs[0]] + rule.AbsentFor, arrivals[rule.Inputs[0]], events);
            }
        }
    }

    private void TickConditions(long at, List<RuleEvent> events)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (plan.Rules[i].Rule.Absent is null)
            {
                Apply(i, states[i].Tick(plan.Rules[i].Delays, at), events);
            }
        }
    }

    private void EndAbsences(long arrived, List<RuleEvent> events)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var rule = plan.Rules[i];
            if (rule.Rule.Absent is not null && states[i].Phase == RulePhase.Raised && arrivals[rule.Inputs[0]] >= arrived)
            {
                Apply(i, new RuleStep(new RuleState(RulePhase.Normal, arrived), RuleTransition.Clear, arrived, arrived), events);
            }
        }
    }

    private void Run(HashSet<int> changed, List<RuleEvent> events)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var rule = plan.Rules[i];
            if (rule.When is null || !rule.Inputs.Any(changed.Contains))
            {
                continue;
            }

            if (rule.WhenInputs.Any(slot => times[slot] == long.MinValue))
            {
                counters[i].CountUnknown();
                continue;
            }

            var when = Evaluate(i, rule.When);
            counters[i].CountEvaluated(when == true);
            var clear = rule.Clear is null ? !when
                : rule.Inputs.Any(slot => times[slot] == long.MinValue) ? null
                : Evaluate(i, rule.Clear);
            Apply(i, states[i].Observe(rule.Delays, when, clear, lastEvent), events);
        }
    }

    private bool? Evaluate(int rule, CelProgram program)
    {
        var result = program.Evaluate(values);
        if (result.Kind == CelKind.Bool)
        {
            return result.IsTrue;
        }

        counters[rule].CountError(result.ToString());
        return null;
    }

    private void Apply(int rule, RuleStep step, List<RuleEvent> events)
    {
        var raisedAt = states[rule].Since;
        states[rule] = step.State;
        if (step.Transition == RuleTransition.Raise)
        {
            Raise(rule, step.At, step.HeldSince, events);
        }
        else if (step.Transition == RuleTransition.Clear)
        {
            events.Add(new RuleEvent(plan.Rules[rule].Rule, Thing.Id, RuleTransition.Clear, Instant.ToTime(Math.Max(step.At, raisedAt)), null));
        }
    }

    private void Raise(int index, long at, long heldSince, List<RuleEvent> events)
    {
        var rule = plan.Rules[index];
        counters[index].CountRaised();
        var shown = rule.Rule.Absent is null ? rule.WhenInputs : rule.Inputs;
        var cause = new AlarmCause(
            rule.Rule.When ?? string.Create(CultureInfo.InvariantCulture, $"absent({rule.Rule.Absent!.Property}, {rule.Rule.Absent.For.TotalSeconds} s)"),
            [.. shown.Where(slot => times[slot] != long.MinValue).Select(slot => Explanation.Of(plan.Type.Properties[slot], raw[slot], times[slot]))],
            Instant.ToTime(heldSince));
        events.Add(new RuleEvent(rule.Rule, Thing.Id, RuleTransition.Raise, Instant.ToTime(at), cause));
    }

    private void CountLate(int slot)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (plan.Rules[i].When is not null && plan.Rules[i].Inputs.Contains(slot))
            {
                counters[i].CountLate();
            }
        }
    }

    private void Set(int slot, ReadingValue value, long time)
    {
        (raw[slot], times[slot]) = (value, time);
        values[slot] = value.Kind switch
        {
            PropertyKind.Number => CelValue.Of(value.Number),
            PropertyKind.Boolean => CelValue.Of(value.Number != 0),
            PropertyKind.Position => Position(value.Text),
            _ => CelValue.Of(value.Text ?? ""),
        };
    }

    private static CelValue Position(string? text)
    {
        var parts = (text ?? "").Split(' ');
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var lon) &&
            double.TryParse(parts[1], CultureInfo.InvariantCulture, out var lat)
            ? CelValue.Of(CelMap.FromText([new("lon", lon), new("lat", lat)]))
            : default;
    }
}

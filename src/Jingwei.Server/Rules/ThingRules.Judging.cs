using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>How one rule is judged over the values that are known.</summary>
internal sealed partial class ThingRules
{
    // Lets the windows take what the expressions that they follow are now.
    private void Follow(long at)
    {
        for (var window = 0; window < fed.Length; window++)
        {
            if (!fed[window])
            {
                continue;
            }

            fed[window] = false;
            if (lane.OwnerOfWindow(window) is >= 0 and var owner)
            {
                FillParameters(owner);
            }

            var value = lane.Windows[window].Of.Evaluate(values, this);
            if (value.Kind != CelKind.Error)
            {
                courses[window].Take(value, at);
                Mark(lane.RulesOfWindow(window));
                nextCourse = Math.Min(nextCourse, courses[window].NextChange);
            }
        }
    }

    private void Judge(int index, long at, List<RuleEvent> events)
    {
        var rule = lane.Rules[index];
        FillParameters(index);
        foreach (var use in rule.AllWindows)
        {
            values[use.Slot] = courses[use.Slot - lane.Windows[0].Slot].At(at);
        }

        if (!IsKnown(rule.WhenInputs) || !IsKnown(rule.WhenWindows))
        {
            counters[index].CountUnknown();
            return;
        }

        if (rule.During is not null && Evaluate(index, rule.During) == false)
        {
            counters[index].CountOutside();
            Apply(index, states[index].Observe(rule.Delays, null, null, at), events);
            return;
        }

        var began = counters[index].Begin();
        var when = Evaluate(index, rule.When!);
        counters[index].CountEvaluated(when == true, began);
        var clear = rule.Clear is null ? !when
            : IsKnown(rule.Inputs) ? Evaluate(index, rule.Clear)
            : null;
        Apply(index, states[index].Observe(rule.Delays, when, clear, at), events);
    }

    private bool IsKnown(ImmutableArray<int> slots)
    {
        foreach (var slot in slots)
        {
            if (times[slot] == long.MinValue)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsKnown(ImmutableArray<CelAggregateUse> windows)
    {
        foreach (var use in windows)
        {
            if (values[use.Slot].Kind == CelKind.Unset)
            {
                return false;
            }
        }

        return true;
    }

    private void FillParameters(int index)
    {
        var rule = lane.Rules[index];
        if (!rule.Defaults.IsEmpty)
        {
            (parameters[index] ?? rule.Defaults.AsSpan()).CopyTo(values.AsSpan(lane.FirstParameter));
        }
    }

    private bool? Evaluate(int rule, CelProgram program)
    {
        var result = program.Evaluate(values, this);
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
        Move(rule, step.State);
        if (step.Transition == RuleTransition.Raise)
        {
            Raise(rule, step.At, step.HeldSince, events);
        }
        else if (step.Transition == RuleTransition.Clear)
        {
            events.Add(new RuleEvent(lane.Rules[rule].Rule, Thing.Id, RuleTransition.Clear, Instant.ToTime(Math.Max(step.At, raisedAt)), null));
        }
    }

    private void Move(int rule, RuleState next)
    {
        running += (next.IsRunning ? 1 : 0) - (states[rule].IsRunning ? 1 : 0);
        states[rule] = next;
    }

    private void Raise(int index, long at, long heldSince, List<RuleEvent> events)
    {
        var rule = lane.Rules[index];
        counters[index].CountRaised();
        var shown = rule.Rule.Absent is null ? rule.WhenInputs : rule.Inputs;
        var cause = new AlarmCause(
            rule.Rule.When ?? string.Create(CultureInfo.InvariantCulture, $"absent({rule.Rule.Absent!.Property}, {rule.Rule.Absent.For.TotalSeconds} s)"),
            [
                .. shown.Where(slot => times[slot] != long.MinValue).Select(slot => Explanation.Of(lane.Type.Properties[slot], raw[slot], times[slot])),
                .. rule.WhenWindows.Select(use => Explanation.Of(use, courses[use.Slot - lane.Windows[0].Slot].At(at), judged)).OfType<CauseValue>(),
            ],
            Instant.ToTime(heldSince));
        events.Add(new RuleEvent(rule.Rule, Thing.Id, RuleTransition.Raise, Instant.ToTime(at), cause) { Severity = SeverityOf(index) });
    }

    private Band? SeverityOf(int index)
    {
        if (lane.Rules[index].SeverityBy is not { } program)
        {
            return null;
        }

        FillParameters(index);
        var result = program.Evaluate(values, this);
        if (result.Kind == CelKind.String && Enum.TryParse<Band>(result.AsString(), ignoreCase: true, out var band) && band != Band.Green)
        {
            return band;
        }

        counters[index].CountError(result.IsError ? result.ToString() : $"severityBy gives {result}, not red, orange, yellow or blue");
        return null;
    }

    private void Set(int slot, in ReadingValue value, long time)
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

using System.Globalization;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules.Windows;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>How what is known of a thing goes over to the rules of other packs, or of the next start.</summary>
internal sealed partial class ThingRules
{
    /// <summary>Hands on what is known. Where a rule is the same its delays go on, where a window is the same its content; this one is not used any more.</summary>
    public void HandOver(ThingRules next)
    {
        for (var slot = 0; slot < times.Length; slot++)
        {
            var to = next.lane.SlotOf(lane.Type.Properties[slot].Id);
            if (to >= 0 && lane.Type.Properties[slot].Kind == next.lane.Type.Properties[to].Kind)
            {
                next.arrivals[to] = Math.Max(next.arrivals[to], arrivals[slot]);
                if (times[slot] > next.times[to])
                {
                    next.Set(to, raw[slot], times[slot]);
                }
            }
        }

        if (lane.Lateness != next.lane.Lateness)
        {
            return;
        }

        (next.judged, next.newest, next.lastArrived) = (judged, newest, lastArrived);
        for (var rule = 0; rule < states.Length; rule++)
        {
            var to = next.PlaceOf(KeyOf(lane.Rules[rule].Rule));
            if (to >= 0)
            {
                next.Move(to, states[rule]);
                next.parameters[to] = parameters[rule];
            }
        }

        for (var window = 0; window < courses.Length; window++)
        {
            next.Keep(KeyOf(window), courses[window]);
        }

        foreach (var (time, slot, value) in waiting?.All ?? [])
        {
            if (next.lane.SlotOf(lane.Type.Properties[slot].Id) is >= 0 and var to)
            {
                next.waiting!.Add(to, value, time);
            }
        }
    }

    /// <summary>Writes what is known, for <see cref="Read"/> after the next start.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write(judged);
        to.Write(newest);
        to.Write(lastArrived);
        to.Write(times.Length);
        for (var slot = 0; slot < times.Length; slot++)
        {
            to.Write(lane.Type.Properties[slot].Id);
            to.Write(arrivals[slot]);
            to.Write(times[slot]);
            WriteValue(to, raw[slot]);
        }

        to.Write(states.Length);
        for (var rule = 0; rule < states.Length; rule++)
        {
            to.Write(KeyOf(lane.Rules[rule].Rule));
            to.Write((byte)states[rule].Phase);
            to.Write(states[rule].Since);
        }

        to.Write(courses.Length);
        for (var window = 0; window < courses.Length; window++)
        {
            WriteCourse(to, window);
        }

        var late = waiting?.All.ToList() ?? [];
        to.Write(late.Count);
        foreach (var (time, slot, value) in late)
        {
            to.Write(lane.Type.Properties[slot].Id);
            to.Write(time);
            WriteValue(to, value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, also when the rules were others then: what fits is kept.</summary>
    public void Read(BinaryReader from)
    {
        (judged, newest, lastArrived) = (from.ReadInt64(), from.ReadInt64(), from.ReadInt64());
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var slot = lane.SlotOf(from.ReadString());
            var (arrived, time, value) = (from.ReadInt64(), from.ReadInt64(), ReadValue(from));
            if (slot >= 0 && lane.Type.Properties[slot].Kind == value.Kind && time != long.MinValue)
            {
                arrivals[slot] = Math.Max(arrivals[slot], arrived);
                Set(slot, value, time);
            }
        }

        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var rule = PlaceOf(from.ReadString());
            var state = new RuleState((RulePhase)from.ReadByte(), from.ReadInt64());
            if (rule >= 0)
            {
                Move(rule, state);
            }
        }

        for (var count = from.ReadInt32(); count > 0; count--)
        {
            ReadCourse(from);
        }

        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var slot = lane.SlotOf(from.ReadString());
            var (time, value) = (from.ReadInt64(), ReadValue(from));
            if (slot >= 0)
            {
                waiting?.Add(slot, value, time);
            }
        }
    }

    private void WriteCourse(BinaryWriter to, int window)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        courses[window].Write(writer);
        writer.Flush();
        to.Write(KeyOf(window));
        to.Write((int)bytes.Length);
        to.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private void ReadCourse(BinaryReader from)
    {
        var key = from.ReadString();
        var bytes = from.ReadBytes(from.ReadInt32());
        for (var window = 0; window < courses.Length; window++)
        {
            if (KeyOf(window) == key)
            {
                using var reader = new BinaryReader(new MemoryStream(bytes));
                courses[window].Read(reader);
                nextCourse = Math.Min(nextCourse, courses[window].NextChange);
                return;
            }
        }
    }

    private void Keep(string key, Course course)
    {
        for (var window = 0; window < courses.Length; window++)
        {
            if (KeyOf(window) == key)
            {
                courses[window] = course;
                nextCourse = Math.Min(nextCourse, course.NextChange);
            }
        }
    }

    private int PlaceOf(string key)
    {
        for (var rule = 0; rule < states.Length; rule++)
        {
            if (KeyOf(lane.Rules[rule].Rule) == key)
            {
                return rule;
            }
        }

        return -1;
    }

    // What a state means hangs on all that decides about it.
    private static string KeyOf(Rule rule) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rule.Id}\n{rule.When}\n{rule.Clear}\n{rule.During}\n{rule.For}\n{rule.ClearFor}\n{rule.Absent?.Property}\n{rule.Absent?.For}");

    // A window over parameters belongs to its rule.
    private string KeyOf(int window) =>
        lane.OwnerOfWindow(window) is >= 0 and var owner ? $"{lane.Rules[owner].Rule.Id}\n{lane.Windows[window].Text}" : lane.Windows[window].Text;

    private static void WriteValue(BinaryWriter to, in ReadingValue value)
    {
        to.Write((byte)value.Kind);
        to.Write(value.Number);
        to.Write(value.Text is not null);
        if (value.Text is { } text)
        {
            to.Write(text);
        }
    }

    private static ReadingValue ReadValue(BinaryReader from) =>
        new((PropertyKind)from.ReadByte(), from.ReadDouble(), from.ReadBoolean() ? from.ReadString() : null);
}

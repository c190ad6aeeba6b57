using System.Numerics;
using Jingwei.Cel;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Rules.Windows;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>The newest values of one thing and where each rule of a lane stands for it. One thread at a time.</summary>
internal sealed partial class ThingRules : JudgedThing
{
    private readonly RuleLane lane;
    private readonly Neighbours neighbours;
    private readonly RuleCounters.Tally[] counters;
    private readonly CelValue[] values;
    private readonly ReadingValue[] raw;
    private readonly long[] times;
    private readonly long[] arrivals;
    private readonly RuleState[] states;
    private readonly CelValue[]?[] parameters;
    private readonly Course[] courses;
    private readonly ulong[] marked;
    private readonly bool[] fed;
    private readonly LateOnes? waiting;

    // Rules in a phase that time ends.
    private int running;
    private long nextCourse = long.MaxValue;

    // Event time up to which has been judged, the newest that came, and when that was.
    private long judged;
    private long newest;
    private long lastArrived;

    // The picture that is being put together.
    private bool isLive;
    private bool isChanged;

    /// <param name="since">Microseconds UTC from which silence counts while nothing has arrived: the later of the server's start and the thing's making.</param>
    public ThingRules(Thing thing, RuleLane lane, RuleCounters counters, Neighbours neighbours, long since)
    {
        (Thing, this.lane, this.neighbours) = (thing, lane, neighbours);
        this.counters = [.. lane.Rules.Select(rule => counters.For(rule.Rule.Id))];
        var properties = lane.Type.Properties.Length;
        (values, raw, times, arrivals) = (new CelValue[lane.Slots], new ReadingValue[properties], new long[properties], new long[properties]);
        (states, parameters, marked) = (new RuleState[lane.Rules.Length], new CelValue[]?[lane.Rules.Length], new ulong[lane.Words]);
        (courses, fed) = ([.. lane.Windows.Select(Course.Of)], new bool[lane.Windows.Length]);
        waiting = lane.Lateness > 0 ? new LateOnes() : null;
        Array.Fill(times, long.MinValue);
        Array.Fill(arrivals, since);
    }

    public Thing Thing { get; set; }

    public RuleLane Lane => lane;

    public override long Moment => judged;

    public override string Region => Thing.Region;

    public override string Party => Thing.Party;

    /// <summary>Where the engine has it in its order of what falls due; <see cref="long.MaxValue"/> for nowhere.</summary>
    public long DueAt { get; set; } = long.MaxValue;

    public override bool IsIn(string region) => neighbours.IsIn(Thing, region);

    public override CelValue OfParent(string property) => neighbours.OfParent(Thing, property);

    public override IReadOnlyList<CelValue> OfSiblings(string property) => neighbours.OfSiblings(Thing, property);

    /// <summary>The newest value; unset when there is none.</summary>
    public CelValue ValueOf(string property) => lane.SlotOf(property) is >= 0 and var slot ? values[slot] : default;

    /// <summary>A value from before, which no rule is run for.</summary>
    public void Seed(string property, ReadingValue value, long time)
    {
        if (lane.SlotOf(property) is >= 0 and var slot && time > times[slot])
        {
            Set(slot, value, time);
        }
    }

    /// <summary>An alarm of that rule is open from before.</summary>
    public void Restore(string rule, long raisedAt)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (lane.Rules[i].Rule.Id == rule && states[i].Phase is not (RulePhase.Raised or RulePhase.Clearing))
            {
                Move(i, new RuleState(RulePhase.Raised, raisedAt));
            }
        }
    }

    /// <summary>Values of a rule's parameters for this thing; those that are not there have their default.</summary>
    public void SetParameters(string rule, IReadOnlyDictionary<string, double> own)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (lane.Rules[i].Rule.Id == rule)
            {
                parameters[i] = [.. lane.Rules[i].Rule.Parameters.Select(parameter => CelValue.Of(own.GetValueOrDefault(parameter.Id, parameter.Default)))];
            }
        }
    }

    public void ResetParameters() => Array.Clear(parameters);

    /// <summary>Takes the readings of this thing that bear one time, then runs the rules that look at them.</summary>
    public void Take(ReadOnlySpan<Reading> readings, long liveWindow, List<RuleEvent> events)
    {
        Begin(readings[0].Time, readings[0].Arrived, liveWindow, events);
        foreach (ref readonly var reading in readings)
        {
            if (lane.SlotOf(reading.Property.Id) is >= 0 and var slot)
            {
                Put(slot, reading);
            }
        }

        End(readings[0].Time, readings[0].Arrived, events);
    }

    /// <summary>Begins a picture: readings that bear one time. Then <see cref="Put(int, in Reading)"/> for each, then <see cref="End"/>.</summary>
    public void Begin(long time, long arrived, long liveWindow, List<RuleEvent> events)
    {
        isLive = arrived - time <= liveWindow;
        isChanged = false;
        if (isLive && waiting is null)
        {
            // What held until now made what falls due before this time.
            Advance(Math.Max(time, judged), events);
        }
    }

    public void Put(int slot, in Reading reading) => Put(slot, reading.Value, reading.Quality, reading.Time, reading.Arrived);

    public void Put(int slot, in ReadingValue value, Quality quality, long time, long arrived)
    {
        arrivals[slot] = Math.Max(arrivals[slot], arrived);
        if (quality == Quality.Bad)
        {
            // It says that the thing is there, not what it measures.
            return;
        }

        if (!isLive || time < (waiting is null ? times[slot] : Math.Max(judged, newest - lane.Lateness)))
        {
            CountLate(slot);
            return;
        }

        isChanged = true;
        if (waiting is null)
        {
            Change(slot, value, time);
        }
        else
        {
            waiting.Add(slot, value, time);
        }
    }

    public void End(long time, long arrived, List<RuleEvent> events)
    {
        if (isChanged)
        {
            (newest, lastArrived) = (Math.Max(newest, time), arrived);
            if (waiting is null)
            {
                judged = Math.Max(judged, time);
                Follow(judged);
                RunMarked(judged, events);
            }
            else
            {
                JudgeUpTo(newest - lane.Lateness, events);
            }
        }

        EndAbsences(arrived, events);
    }

    /// <summary>Lets time pass: delays run out, windows move on, silences become too long.</summary>
    /// <param name="now">The server's time, microseconds UTC.</param>
    public void Tick(long now, List<RuleEvent> events)
    {
        // The thing's own clock goes on from its last reading as ours does, however far apart the two are.
        JudgeUpTo(newest - lane.Lateness + Math.Max(0, now - lastArrived), events);
        foreach (var i in lane.Absences)
        {
            var rule = lane.Rules[i];
            if (states[i].Phase == RulePhase.Normal && now - arrivals[rule.Absent] >= rule.AbsentFor)
            {
                Move(i, new RuleState(RulePhase.Raised, now));
                Raise(i, arrivals[rule.Absent] + rule.AbsentFor, arrivals[rule.Absent], events);
            }
        }
    }

    /// <summary>When <see cref="Tick"/> next has something to do, by the server's clock; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDue()
    {
        var due = Math.Min(nextCourse, waiting?.Oldest ?? long.MaxValue);
        for (var i = 0; running > 0 && i < states.Length; i++)
        {
            due = Math.Min(due, states[i].Ends(lane.Rules[i].Delays));
        }

        // From the thing's clock to ours.
        due = due == long.MaxValue ? due : due - newest + lane.Lateness + lastArrived;
        foreach (var i in lane.Absences)
        {
            due = states[i].Phase == RulePhase.Normal ? Math.Min(due, arrivals[lane.Rules[i].Absent] + lane.Rules[i].AbsentFor) : due;
        }

        return due;
    }

    /// <summary>Something that these rules read of the thing above is another value now.</summary>
    /// <param name="time">Of the change, by the thing above.</param>
    public void ParentChanged(string property, long time, List<RuleEvent> events)
    {
        if (lane.ByParent.TryGetValue(property, out var mask))
        {
            // Where late readings are waited for, what is judged has not come so far yet.
            judged = waiting is null ? Math.Max(judged, time) : judged;
            Advance(judged, events);
            Mark(mask);
            RunMarked(judged, events);
        }
    }

    private void JudgeUpTo(long watermark, List<RuleEvent> events)
    {
        while (waiting is not null && waiting.Oldest is var time && (time <= watermark || waiting.IsFull) && time != long.MaxValue)
        {
            Advance(time, events);
            while (waiting.Oldest == time)
            {
                var (slot, value) = waiting.Take();
                Change(slot, value, time);
            }

            judged = time;
            Follow(time);
            RunMarked(time, events);
        }

        Advance(watermark, events);
    }

    // Delays run out and windows move on in the order of their times.
    private void Advance(long to, List<RuleEvent> events)
    {
        while (nextCourse <= to)
        {
            var at = nextCourse;
            RunOut(at, events);
            nextCourse = long.MaxValue;
            for (var i = 0; i < courses.Length; i++)
            {
                if (courses[i].NextChange <= at)
                {
                    courses[i].At(at);
                    Mark(lane.RulesOfWindow(i));
                }

                nextCourse = Math.Min(nextCourse, courses[i].NextChange);
            }

            judged = Math.Max(judged, at);
            RunMarked(at, events);
        }

        RunOut(to, events);
    }

    private void RunOut(long at, List<RuleEvent> events)
    {
        for (var i = 0; running > 0 && i < states.Length; i++)
        {
            if (states[i].Phase is RulePhase.Pending or RulePhase.Clearing)
            {
                Apply(i, states[i].Tick(lane.Rules[i].Delays, at), events);
            }
        }
    }

    private void Change(int slot, in ReadingValue value, long time)
    {
        Set(slot, value, time);
        Mark(lane.RulesOfSlot(slot));
        foreach (var window in lane.WindowsOfSlot(slot))
        {
            fed[window] = true;
        }
    }

    private void Mark(ulong[] mask)
    {
        for (var word = 0; word < marked.Length; word++)
        {
            marked[word] |= mask[word];
        }
    }

    private void RunMarked(long at, List<RuleEvent> events)
    {
        for (var word = 0; word < marked.Length; word++)
        {
            var left = marked[word];
            marked[word] = 0;
            for (; left != 0; left &= left - 1)
            {
                Judge((word * 64) + BitOperations.TrailingZeroCount(left), at, events);
            }
        }
    }

    private void EndAbsences(long arrived, List<RuleEvent> events)
    {
        foreach (var i in lane.Absences)
        {
            if (states[i].Phase == RulePhase.Raised && arrivals[lane.Rules[i].Absent] >= arrived)
            {
                Apply(i, new RuleStep(new RuleState(RulePhase.Normal, arrived), RuleTransition.Clear, arrived, arrived), events);
            }
        }
    }

    private void CountLate(int slot)
    {
        var mask = lane.RulesOfSlot(slot);
        for (var i = 0; i < states.Length; i++)
        {
            if ((mask[i / 64] & (1ul << (i % 64))) != 0)
            {
                counters[i].CountLate();
            }
        }
    }
}

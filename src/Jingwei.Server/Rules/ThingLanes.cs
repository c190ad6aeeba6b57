using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Jingwei.Cel;
using Jingwei.Server.Directory;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>A reading of a batch that is being taken.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Slot">Its property's place among the values.</param>
internal readonly record struct WaitingReading(long Time, int Index, int Slot);

/// <summary>All rules of one thing, lane by lane.</summary>
/// <param name="rules">At least one.</param>
internal sealed class ThingLanes(ImmutableArray<ThingRules> rules)
{
    public ImmutableArray<ThingRules> Rules => rules;

    /// <summary>The thing as it is now.</summary>
    public Thing Thing
    {
        get => rules[0].Thing;
        set
        {
            foreach (var lane in rules)
            {
                lane.Thing = value;
            }
        }
    }

    /// <summary>Its readings of the batch that is being taken, in the order of their arrival.</summary>
    public List<WaitingReading> Waiting { get; } = [];

    public CelValue ValueOf(string property) => rules[0].ValueOf(property);

    /// <summary>Its readings in the order of their times; those of one time as they arrived.</summary>
    public ReadOnlySpan<WaitingReading> InOrder()
    {
        for (var i = 1; i < Waiting.Count; i++)
        {
            if (Waiting[i].Time < Waiting[i - 1].Time)
            {
                Waiting.Sort(static (one, other) => one.Time != other.Time ? one.Time.CompareTo(other.Time) : one.Index.CompareTo(other.Index));
                break;
            }
        }

        return CollectionsMarshal.AsSpan(Waiting);
    }

    /// <summary>Takes readings that bear one time.</summary>
    public void Take(ReadOnlySpan<WaitingReading> picture, ReadOnlySpan<Reading> readings, long liveWindow, List<RuleEvent> events)
    {
        var (time, arrived) = (picture[0].Time, readings[picture[0].Index].Arrived);
        foreach (var lane in rules)
        {
            lane.Begin(time, arrived, liveWindow, events);
            foreach (var each in picture)
            {
                lane.Put(each.Slot, readings[each.Index]);
            }

            lane.End(time, arrived, events);
        }
    }

    public void ParentChanged(string property, long time, List<RuleEvent> events)
    {
        foreach (var lane in rules)
        {
            lane.ParentChanged(property, time, events);
        }
    }
}

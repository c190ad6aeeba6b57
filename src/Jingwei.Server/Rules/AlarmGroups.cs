using System.Collections.Concurrent;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Rules;

/// <summary>
/// Which alarm another one belongs to, so that a flood is one line and one case: the cause that its rule names, or the first of many alike beside it.
/// </summary>
/// <param name="open">Alarms that stand.</param>
internal sealed class AlarmGroups(Things things, ConcurrentDictionary<(string Rule, string Thing), Alarm> open)
{
    /// <summary>Alarms of one rule on the parts of one thing within <see cref="FloodTime"/> that make a flood (ISA-18.2: more than ten in ten minutes).</summary>
    public const int FloodFrom = 10;

    public static readonly TimeSpan FloodTime = TimeSpan.FromMinutes(10);

    // Rules and places of which the last alarms are remembered; when there are more all is forgotten, and a flood is noticed later.
    private const int MostPlaces = 10_000;

    private readonly Dictionary<(string Rule, string Parent), Queue<(DateTimeOffset At, long Id)>> lately = [];

    /// <summary>The alarm that a new one belongs to; null: it stands for itself.</summary>
    /// <param name="id">Of the new one.</param>
    public long? Of(RuleEvent said, long id) => CauseOf(said) ?? FloodOf(said, id);

    private long? CauseOf(RuleEvent said)
    {
        if (said.Rule.CausedBy.IsEmpty || !things.TryGet(said.Thing, out var thing))
        {
            return null;
        }

        foreach (var place in things.Ancestors(thing).Select(above => above.Id).Append(thing.Id).Reverse())
        {
            foreach (var rule in said.Rule.CausedBy)
            {
                if (open.TryGetValue((rule, place), out var cause) && cause.State != AlarmState.Suppressed)
                {
                    return cause.Group ?? cause.Id;
                }
            }
        }

        return null;
    }

    private long? FloodOf(RuleEvent said, long id)
    {
        if (!things.TryGet(said.Thing, out var thing) || thing.Parent is not { } parent)
        {
            return null;
        }

        if (lately.Count > MostPlaces)
        {
            lately.Clear();
        }

        var key = (said.Rule.Id, parent);
        if (!lately.TryGetValue(key, out var alarms))
        {
            alarms = [];
            lately[key] = alarms;
        }

        while (alarms.TryPeek(out var oldest) && said.At - oldest.At > FloodTime)
        {
            alarms.Dequeue();
        }

        if (alarms.Count >= FloodFrom)
        {
            return alarms.Peek().Id;
        }

        alarms.Enqueue((said.At, id));
        return null;
    }
}

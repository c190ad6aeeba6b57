using System.Collections.Concurrent;
using Jingwei.Server.Directory;
using Jingwei.Server.Rules.Suppressing;

namespace Jingwei.Server.Rules;

/// <summary>
/// All alarms: those that are open in memory, all of them in the database. A change is told after it is on disk.
/// </summary>
public sealed class Alarms
{
    private readonly Lock gate = new();
    private readonly AlarmStore store;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<(string Rule, string Thing), Alarm> open = [];
    private long lastId;

    private readonly Suppressions? suppressions;
    private readonly AlarmGroups? groups;

    /// <param name="suppressions">What holds alarms back; null: nothing.</param>
    /// <param name="things">The tree that alarms are grouped by; null: each stands for itself.</param>
    public Alarms(Database database, TimeProvider time, Suppressions? suppressions = null, Things? things = null)
    {
        (store, this.time, this.suppressions) = (new AlarmStore(database), time, suppressions);
        groups = things is null ? null : new AlarmGroups(things, open);
        lastId = store.LastId();
        foreach (var alarm in store.Open())
        {
            open[(alarm.Rule, alarm.Thing)] = alarm;
        }
    }

    /// <summary>Alarms that were raised, acknowledged, cleared or given a case.</summary>
    public Feed<Alarm> Changes { get; } = new();

    /// <summary>Those that are raised or acknowledged, and those that would be if nothing held them back.</summary>
    public ICollection<Alarm> Open => open.Values;

    /// <summary>How far rules had judged when alarms were last stored; null for never.</summary>
    internal RuleProgress? Progress() => store.Progress();

    /// <summary>Those whose rule opens a case that is not linked yet; also cleared ones, and what a stop left undone.</summary>
    public IReadOnlyList<Alarm> AwaitingCase() => store.AwaitingCase();

    public Alarm? Find(long id) => store.Find(id);

    /// <summary>Those that were raised after the one with that id, in that order.</summary>
    public IReadOnlyList<Alarm> After(long id, int limit) => store.After(id, limit);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only alarms with smaller ids; null for all.</param>
    public IReadOnlyList<Alarm> List(AlarmFilter filter, long? before, int limit) => store.List(filter, before, limit);

    /// <summary>Those of a rule and thing that were raised in a period, in the order of time; microseconds UTC, <paramref name="to"/> exclusive.</summary>
    public IReadOnlyList<Alarm> Between(string rule, string thing, long from, long to) => store.Between(rule, thing, from, to);

    /// <summary>Takes what the rules say, in one transaction. A second raise of an open alarm and a clear of none change nothing.</summary>
    /// <param name="upTo">How far rules have judged with them.</param>
    public async Task<IReadOnlyList<Alarm>> ApplyAsync(IReadOnlyList<RuleEvent> events, CancellationToken cancellation, RuleProgress? upTo = null)
    {
        if (events.Count == 0)
        {
            return [];
        }

        List<Alarm> changed;
        lock (gate)
        {
            changed = [.. events.SelectMany(Next)];
            store.Save(changed, upTo);
        }

        await TellAsync(changed, cancellation);
        return changed;
    }

    /// <summary>Holds back what is to be held back now, and raises what is not any more.</summary>
    public async Task ReconsiderAsync(CancellationToken cancellation)
    {
        List<Alarm> changed = [];
        lock (gate)
        {
            foreach (var alarm in open.Values)
            {
                var holder = suppressions?.Of(alarm.Rule, alarm.Thing);
                if (holder is not null != (alarm.State == AlarmState.Suppressed))
                {
                    var next = alarm with { State = holder is null ? StateOf(alarm) : AlarmState.Suppressed, HeldBackBy = holder?.Id };
                    changed.Add(next);
                    Keep(next);
                }
            }

            store.Save(changed);
        }

        await TellAsync(changed, cancellation);
    }

    /// <summary>
    /// Somebody has seen it. An alarm that has cleared meanwhile stays cleared and is acknowledged too. The first
    /// acknowledgement stands; null when there is no such alarm.
    /// </summary>
    public Task<Alarm?> AcknowledgeAsync(long id, string by, string? comment, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            alarm => alarm.AcknowledgedAt is not null ? alarm : alarm with
            {
                State = alarm.State == AlarmState.Raised ? AlarmState.Acknowledged : alarm.State,
                AcknowledgedAt = time.GetUtcNow(),
                AcknowledgedBy = by,
                Comment = comment,
            },
            cancellation);

    /// <summary>The case that was opened for it.</summary>
    public Task<Alarm?> LinkCaseAsync(long id, string caseId, CancellationToken cancellation) =>
        ChangeAsync(id, alarm => alarm with { Case = caseId }, cancellation);

    private async Task<Alarm?> ChangeAsync(long id, Func<Alarm, Alarm> change, CancellationToken cancellation)
    {
        Alarm? after;
        lock (gate)
        {
            var before = store.Find(id);
            after = before is null ? null : change(before);
            if (after is null || after == before)
            {
                return after;
            }

            store.Save([after]);
            Keep(after);
        }

        await TellAsync([after], cancellation);
        return after;
    }

    private IEnumerable<Alarm> Next(RuleEvent said)
    {
        var isOpen = open.TryGetValue((said.Rule.Id, said.Thing), out var standing);
        if (said.Transition == RuleTransition.Raise && !isOpen)
        {
            return [Keep(Raised(said))];
        }

        if (said.Transition == RuleTransition.Clear && isOpen)
        {
            var cleared = Keep(standing! with { State = AlarmState.Cleared, ClearedAt = said.At });
            // What still stands when its cause is gone stands for itself.
            return [cleared, .. open.Values.Where(alarm => alarm.Group == cleared.Id).ToList().Select(alarm => Keep(alarm with { Group = null }))];
        }

        return [];
    }

    private Alarm Raised(RuleEvent said)
    {
        var holder = suppressions?.Of(said.Rule.Id, said.Thing);
        var id = ++lastId;
        return new Alarm(
            id, said.Rule.Id, said.Thing, said.Severity ?? said.Rule.Severity, holder is null ? AlarmState.Raised : AlarmState.Suppressed, said.At, AcknowledgedAt: null,
            AcknowledgedBy: null, Comment: null, ClearedAt: null, Case: null, said.Cause!, said.Rule.Name, said.Rule.Advice, Explanation.Of(said), said.Rule.Opens)
        {
            Group = holder is null ? groups?.Of(said, id) : null,
            HeldBackBy = holder?.Id,
        };
    }

    private static AlarmState StateOf(Alarm alarm) => alarm.AcknowledgedAt is null ? AlarmState.Raised : AlarmState.Acknowledged;

    private Alarm Keep(Alarm alarm)
    {
        if (alarm.State == AlarmState.Cleared)
        {
            open.TryRemove((alarm.Rule, alarm.Thing), out _);
        }
        else
        {
            open[(alarm.Rule, alarm.Thing)] = alarm;
        }

        return alarm;
    }

    private async Task TellAsync(IEnumerable<Alarm> changed, CancellationToken cancellation)
    {
        foreach (var alarm in changed)
        {
            await Changes.PublishAsync(alarm, cancellation);
        }
    }
}

using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What follows when a case gets another severity or other fields: other deadlines, other tasks.</summary>
internal static class CaseLevels
{
    /// <summary>The decision with what follows from it.</summary>
    public static Decision Follow(CaseType? type, Case state, Decision decision, DateTimeOffset now, WorkClock clock)
    {
        if (type is null || !Touches(decision.Events) || !(type.HasConditions() || type.DiffersBySeverity()))
        {
            return decision;
        }

        var after = Fold(state, decision.Events, now);
        if (after.Final)
        {
            return decision;
        }

        var events = decision.Events.ToBuilder();
        if (after.Severity != state.Severity)
        {
            events.AddRange(Retimed(type, after, now, clock));
        }

        if (type.HasConditions())
        {
            events.AddRange(Replanned(type, after, now, clock));
        }

        return events.ToImmutable();
    }

    /// <summary>True when nobody has begun a task: it waits, or nobody has it and nothing shows that it was worked on.</summary>
    public static bool IsUntouched(Case state, CaseTask task) =>
        task.Progress == TaskProgress.Waiting
        || (task.Progress == TaskProgress.Ready && task.Assignee is null && !state.Evidence.Any(each => each.Task == task.Id));

    private static bool Touches(ImmutableArray<CaseEvent> events)
    {
        foreach (var it in events)
        {
            if (it is CaseSeverityChanged or CaseEscalated { Severity: not null } or CaseFieldsChanged { Fields.IsEmpty: false })
            {
                return true;
            }
        }

        return false;
    }

    private static Case Fold(Case state, ImmutableArray<CaseEvent> events, DateTimeOffset now) => events.Aggregate(
        state, (each, it) => CaseFold.Apply(each, new PlacedEvent(state.Id, each.Version + 1, now, "", it)));

    private static IEnumerable<CaseEvent> Retimed(CaseType type, Case state, DateTimeOffset now, WorkClock clock)
    {
        if (type.States.FirstOrDefault(each => each.Id == state.State) is { } declared && declared.DiffersBySeverity())
        {
            var due = CaseTiming.DueIn(declared, state.Severity, state.EnteredAt, clock);
            var had = state.Timers.RemoveAll(timer => !CaseTiming.IsOfState(timer));
            var timers = Kept(had, CaseTiming.WithDue(due, CaseTiming.Of(declared, state.Severity, state.EnteredAt, clock)), due, now);
            if (due != state.Due || !timers.SequenceEqual(had))
            {
                yield return new CaseDueChanged(state.State, state.Due, due, timers);
            }
        }

        foreach (var task in state.Tasks)
        {
            if (task.Progress == TaskProgress.Ready && type.Plan.FirstOrDefault(each => each.Id == task.Id) is { } planned && planned.DiffersBySeverity())
            {
                var ready = task.ReadyAt ?? now;
                var due = CaseTiming.DueOf(planned, state.Severity, ready, clock);
                var had = state.Timers.RemoveAll(timer => !CaseTiming.IsOf(timer, task.Id));
                var timers = Kept(had, CaseTiming.Of(planned, state.Severity, ready, clock), due, now);
                if (due != task.Due || !timers.SequenceEqual(had))
                {
                    yield return new CaseTaskDueChanged(task.Id, task.Due, due, timers);
                }
            }
        }
    }

    // What has fired fires again only for a later time. Nobody is reminded of a deadline that has passed already, and who was told of the case is not told twice.
    private static ImmutableArray<CaseTimer> Kept(ImmutableArray<CaseTimer> had, ImmutableArray<CaseTimer> next, DateTimeOffset? due, DateTimeOffset now) =>
    [
        .. next
            .Select(timer => timer.At <= now && had.Any(each => each.Key == timer.Key && each.Fired) ? timer with { Fired = true } : timer)
            .Where(timer => timer.Fired || !CaseTiming.IsReminder(timer) || due > now),
        .. had.Where(timer => timer.Fired && CaseTiming.IsEscalation(timer) && !next.Any(each => each.Key == timer.Key)),
    ];

    private static IEnumerable<CaseEvent> Replanned(CaseType type, Case state, DateTimeOffset now, WorkClock clock)
    {
        var holding = CaseConditions.Holding(type, state);
        var gone = state.Tasks
            .Where(task => type.Plan.FirstOrDefault(each => each.Id == task.Id) is { When: not null } planned && !holding.Contains(planned) && IsUntouched(state, task))
            .Select(task => task.Id)
            .ToImmutableArray();
        var added = holding.RemoveAll(planned => state.Task(planned.Id) is not null);
        if (gone.IsEmpty && added.IsEmpty)
        {
            yield break;
        }

        var left = state.Tasks.RemoveAll(task => gone.Contains(task.Id));
        if (!gone.IsEmpty)
        {
            var ready = type.Plan.Where(planned => left.Any(task => task.Id == planned.Id && task.Progress == TaskProgress.Waiting && IsFree(task.After))).ToList();
            var timers = ready.SelectMany(planned => CaseTiming.Of(planned, state.Severity, now, clock)).ToImmutableArray();
            yield return new CaseTasksDropped(gone, [.. ready.Select(planned => new ReadyTask(planned.Id, CaseTiming.DueOf(planned, state.Severity, now, clock)))])
            {
                Timers = timers.IsEmpty ? null : timers,
            };
        }

        if (!added.IsEmpty)
        {
            var timers = added.Where(planned => IsFree(planned.After)).SelectMany(planned => CaseTiming.Of(planned, state.Severity, now, clock)).ToImmutableArray();
            yield return new CaseTasksAdded([.. added.Select(planned => CaseTaskDecider.Begin(planned, IsFree(planned.After), state.Severity, now, clock))])
            {
                Timers = timers.IsEmpty ? null : timers,
            };
        }

        bool IsFree(ImmutableArray<string> after) => CaseTaskDecider.IsFree(type, after, id =>
            left.FirstOrDefault(task => task.Id == id) is { } task ? task.IsOver : added.Any(planned => planned.Id == id) ? false : null);
    }
}

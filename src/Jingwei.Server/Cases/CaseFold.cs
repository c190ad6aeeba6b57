using System.Collections.Immutable;

namespace Jingwei.Server.Cases;

/// <summary>A case's state out of its events. Total: takes any history that <see cref="CaseDecider"/> can have made.</summary>
public static class CaseFold
{
    /// <exception cref="InvalidOperationException">The history has a gap, or does not begin with its opening.</exception>
    public static Case? Of(IEnumerable<PlacedEvent> history) =>
        history.Aggregate((Case?)null, (state, placed) => Apply(state, placed));

    /// <inheritdoc cref="Of"/>
    public static Case Apply(Case? state, PlacedEvent placed)
    {
        if (placed.Seq != (state?.Version ?? 0) + 1)
        {
            throw new InvalidOperationException($"Event {placed.Seq} of case {placed.Case} follows event {state?.Version ?? 0}.");
        }

        if (placed.Event is CaseOpened opened)
        {
            return Opened(opened, placed);
        }

        var next = state ?? throw new InvalidOperationException($"Case {placed.Case} does not begin with its opening.");
        return Changed(next with { Version = placed.Seq }, placed);
    }

    private static Case Changed(Case next, PlacedEvent placed) => placed.Event switch
    {
        CaseFieldsChanged changed => next with { Title = changed.Title ?? next.Title, Fields = Set(next.Fields, changed) },
        CaseSeverityChanged changed => next with { Severity = changed.To },
        CaseRegionChanged changed => next with { Region = changed.To },
        CaseDueChanged changed => DueChanged(next, changed, placed.At),
        CaseTransitioned moved => Moved(next, moved, placed.At),
        CaseAssigned assigned => Passed(next, assigned.Assignee),
        CasePassed { How: Passing.Returned } returned => Returned(next, returned),
        CasePassed passed => Passed(next, passed.To),
        CaseDelegated delegated => next with { Delegate = delegated.To },
        CaseAlarmLinked linked => next with { Alarms = next.Alarms.Add(linked.Alarm) },
        CaseOverdue => Fired(next, CaseTiming.Due) with { Late = true },
        CaseReminded reminded => Fired(next, reminded.Key),
        CaseEscalated escalated => Fired(next, escalated.Key) with { Level = escalated.Level, Severity = escalated.Severity ?? next.Severity },
        CaseChecked ticked => next with { Checks = ticked.Done ? next.Checks.Add(ticked.Item) : next.Checks.Remove(ticked.Item) },
        CaseEvidenceAdded added => next with { Evidence = next.Evidence.Add(added.Evidence) },
        CaseMerged merged => Closed(next, placed.At) with { MergedInto = merged.Into },
        CaseAbsorbed absorbed => next with { Alarms = [.. next.Alarms.Union(absorbed.Alarms)] },
        CaseRestored restored => Restored(next, restored, placed.At),
        CaseReleased released => next with { Alarms = next.Alarms.RemoveRange(released.Alarms) },
        CaseLinked linked => next with { Links = linked.Linked ? next.Links.Add(linked.Other) : next.Links.Remove(linked.Other) },
        CaseSupervised supervised => Supervised(next, supervised, placed),
        CaseSupervisionAnswered answered => Answered(next, answered.Seq),
        CaseAnswerOverdue overdue => AnswerOverdue(next, overdue.Seq),
        CaseRated rated => next with { Mark = rated.Mark },
        CaseMigrated migrated => Migrated(next, migrated, placed.At),
        _ => CaseTaskFold.Apply(next, placed),
    };

    /// <summary>The case with a timer that has done its work.</summary>
    internal static Case Fired(Case state, string key) => state with
    {
        Timers = [.. state.Timers.Select(timer => timer.Key == key ? timer with { Fired = true } : timer)],
    };

    private static Case Opened(CaseOpened opened, PlacedEvent placed) => new(
        placed.Case, opened.Type, null, opened.State, false, opened.Severity, opened.Thing, opened.Party, opened.Region,
        null, placed.At, placed.Actor, opened.Due, false, null, opened.Rule, [],
        ImmutableSortedDictionary.Create<string, FieldValue>(StringComparer.Ordinal), placed.Seq)
    {
        Definition = opened.Definition,
        Exercise = opened.Exercise,
        EnteredAt = placed.At,
        Timers = CaseTiming.WithDue(opened.Due, opened.Timers),
    };

    private static Case Moved(Case state, CaseTransitioned moved, DateTimeOffset at)
    {
        if (moved.Final)
        {
            return Closed(state, at) with { State = moved.To };
        }

        return moved.To == moved.From ? state : state with
        {
            State = moved.To,
            Due = moved.Due,
            Late = false,
            Level = 0,
            EnteredAt = at,
            Timers = [.. CaseTiming.WithDue(moved.Due, moved.Timers), .. state.Timers.Where(timer => !CaseTiming.IsOfState(timer))],
        };
    }

    private static Case DueChanged(Case state, CaseDueChanged changed, DateTimeOffset at) => state with
    {
        Due = changed.To,
        Late = state.Late && changed.To <= at,
        Timers = [.. changed.Timers, .. state.Timers.Where(timer => !CaseTiming.IsOfState(timer))],
    };

    private static Case Closed(Case state, DateTimeOffset at) => state with
    {
        Final = true,
        Due = null,
        Late = false,
        Level = 0,
        EnteredAt = at,
        ClosedAt = at,
        Delegate = null,
        Timers = [],
    };

    private static Case Restored(Case state, CaseRestored restored, DateTimeOffset at) => CaseTaskFold.Ready(
        state with
        {
            Final = false,
            MergedInto = null,
            ClosedAt = null,
            Due = restored.Due,
            EnteredAt = at,
            Timers = CaseTiming.WithDue(restored.Due, restored.Timers),
        },
        restored.Ready,
        at);

    private static Case Supervised(Case state, CaseSupervised supervised, PlacedEvent placed) => state with
    {
        Supervisions = state.Supervisions.Add(new(placed.Seq, supervised.Kind, placed.Actor, supervised.Due, false)),
        Timers = supervised.Due is { } due ? state.Timers.Add(new(CaseTiming.AnswerTo(placed.Seq), due)) : state.Timers,
    };

    private static Case Answered(Case state, long seq) => state with
    {
        Supervisions = state.Supervisions.RemoveAll(each => each.Seq == seq),
        Timers = state.Timers.RemoveAll(timer => timer.Key == CaseTiming.AnswerTo(seq)),
    };

    private static Case AnswerOverdue(Case state, long seq) => Fired(state, CaseTiming.AnswerTo(seq)) with
    {
        Supervisions = [.. state.Supervisions.Select(each => each.Seq == seq ? each with { Late = true } : each)],
    };

    private static Case Passed(Case state, string? to) => to == state.Assignee ? state : state with
    {
        Assignee = to,
        Delegate = null,
        // The first assignment comes from nobody, and goes back to nobody.
        Before = [.. state.Before.TakeLast(CaseLimits.Before - 1), state.Assignee],
    };

    private static Case Returned(Case state, CasePassed returned) => state with
    {
        Assignee = returned.To,
        Delegate = null,
        Before = state.Before.IsEmpty ? [] : state.Before.RemoveAt(state.Before.Length - 1),
    };

    private static Case Migrated(Case state, CaseMigrated migrated, DateTimeOffset at)
    {
        var next = state with { Definition = migrated.To, Tasks = migrated.Tasks, Timers = migrated.Timers };
        if (migrated.Final)
        {
            return Closed(next, at) with { State = migrated.State };
        }

        return next with
        {
            State = migrated.State,
            Due = migrated.Due,
            Late = migrated.State == state.State && state.Late && migrated.Due is { } due && due <= at,
            Level = migrated.State == state.State ? state.Level : 0,
            EnteredAt = migrated.State == state.State ? state.EnteredAt : at,
        };
    }

    private static ImmutableSortedDictionary<string, FieldValue> Set(
        ImmutableSortedDictionary<string, FieldValue> fields, CaseFieldsChanged changed)
    {
        foreach (var (id, value) in changed.Fields ?? ImmutableSortedDictionary<string, FieldValue?>.Empty)
        {
            fields = value is { } set ? fields.SetItem(id, set) : fields.Remove(id);
        }

        return fields;
    }
}

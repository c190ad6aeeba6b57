using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What cases have to do with each other.</summary>
internal static class CaseTies
{
    public static Decision Decide(CaseType? type, Case state, CaseSignal signal, CaseActor actor, DateTimeOffset now, WorkClock clock)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        return signal switch
        {
            MergeCase merge => Merge(state, merge),
            AbsorbCase absorb => Decision.Of(new CaseAbsorbed(absorb.From.Id, [.. absorb.From.Alarms.Except(state.Alarms)], absorb.Reason)),
            RestoreCase restore => Restore(type, state, restore, now, clock),
            ReleaseCase release => Decision.Of(new CaseReleased(release.Restored.Id, [.. state.Alarms.Intersect(release.Restored.Alarms)], release.Reason)),
            _ => Link(state, (LinkCase)signal),
        };
    }

    private static Decision Merge(Case state, MergeCase merge)
    {
        if (merge.Into is not { } into)
        {
            return CaseRefusals.NotFound;
        }

        if (!merge.MayOperate)
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (state.Final || into.Final)
        {
            return CaseRefusals.Closed;
        }

        if (into.Id == state.Id || into.Party != state.Party)
        {
            return CaseRefusals.MergeRefused;
        }

        if (!state.Supervisions.IsEmpty)
        {
            return CaseRefusals.AnswersOwed;
        }

        if (into.Exercise != state.Exercise)
        {
            return CaseRefusals.ExerciseApart;
        }

        return CaseDecider.TextFault(merge.Reason, required: true) ?? Decision.Of(new CaseMerged(into.Id, merge.Reason));
    }

    private static Decision Restore(CaseType? type, Case state, RestoreCase restore, DateTimeOffset now, WorkClock clock)
    {
        if (state.MergedInto is null)
        {
            return CaseRefusals.NotMerged;
        }

        if (restore.Other is not { } other)
        {
            return CaseRefusals.NotFound;
        }

        if (!restore.MayOperate)
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        // What became a part of a third case gave it the alarms: it is restored first.
        if (other.MergedInto is not null)
        {
            return CaseRefusals.MergedOn;
        }

        if (type is null)
        {
            return CaseRefusals.TypeUnknown;
        }

        return (restore.Taken ? CaseRefusals.Taken : CaseDecider.TextFault(restore.Reason, required: true))
            ?? Decision.Of(Restored(type, state, restore.Reason, now, clock));
    }

    private static CaseRestored Restored(CaseType type, Case state, string reason, DateTimeOffset now, WorkClock clock)
    {
        var declared = type.State(state.State);
        var ready = type.Plan.Where(task => state.Task(task.Id) is { Progress: TaskProgress.Ready }).ToList();
        ImmutableArray<CaseTimer> timers =
        [
            .. CaseTiming.Of(declared, state.Severity, now, clock) ?? [],
            .. ready.SelectMany(task => CaseTiming.Of(task, state.Severity, now, clock)),
        ];
        return new(
            state.MergedInto!, reason, CaseTiming.DueIn(declared, state.Severity, now, clock),
            [.. ready.Select(task => new ReadyTask(task.Id, CaseTiming.DueOf(task, state.Severity, now, clock)))])
        {
            Timers = timers.IsEmpty ? null : timers,
        };
    }

    private static Decision Link(Case state, LinkCase link)
    {
        if (link.Other == state.Id)
        {
            return CaseRefusals.MergeRefused;
        }

        if (link is { Linked: true, Across: true })
        {
            return CaseRefusals.ExerciseApart;
        }

        if (state.Links.Count >= CaseLimits.Links && link.Linked)
        {
            return CaseRefusals.LinksFull;
        }

        if (CaseDecider.TextFault(link.Reason, required: false) is { } fault)
        {
            return fault;
        }

        return state.Links.Contains(link.Other) == link.Linked
            ? Decision.Nothing
            : Decision.Of(new CaseLinked(link.Other, link.Linked, string.IsNullOrWhiteSpace(link.Reason) ? null : link.Reason));
    }
}

using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Takes a case that runs to another version of its type: what was done stays done, what has fired does not fire again.</summary>
internal static class CaseMigration
{
    public static Decision Decide(Case state, MigrateCase migrate, CaseActor actor, DateTimeOffset now, WorkClock clock)
    {
        if (!actor.May(Right.Configure))
        {
            return CaseRefusals.Lacks(Right.Configure);
        }

        if (state.Final)
        {
            return CaseRefusals.Closed;
        }

        if (migrate.To is not { } type || type.Id != state.Type)
        {
            return CaseRefusals.VersionUnknown;
        }

        if (migrate.Digest == state.Definition)
        {
            return Decision.Nothing;
        }

        if (type.States.FirstOrDefault(each => each.Id == (migrate.State ?? state.State)) is not { } to)
        {
            return CaseRefusals.StateUnknown(type.States.Select(each => each.Id));
        }

        if (to.Final && !state.Supervisions.IsEmpty)
        {
            return CaseRefusals.AnswersOwed;
        }

        return CaseDecider.TextFault(migrate.Reason, required: true) ?? Decision.Of(Migrated(state, migrate, type, to, now, clock));
    }

    private static CaseMigrated Migrated(Case state, MigrateCase migrate, CaseType type, CaseState to, DateTimeOffset now, WorkClock clock)
    {
        var stays = to.Id == state.State;
        var entered = stays ? state.EnteredAt : now;
        var due = to.Final ? null : CaseTiming.DueIn(to, state.Severity, entered, clock);
        var tasks = Tasks(state, type, now, clock);
        ImmutableArray<CaseTimer> timers = to.Final ? [] :
        [
            .. CaseTiming.WithDue(due, CaseTiming.Of(to, state.Severity, entered, clock)).Select(timer => stays ? Kept(state, timer) : timer),
            .. type.Plan
                .Where(task => tasks.Any(each => each.Id == task.Id && each.Progress == TaskProgress.Ready))
                .SelectMany(task => TimersOf(state, task, now, clock)),
            .. state.Timers.Where(timer => state.Supervisions.Any(each => timer.Key == CaseTiming.AnswerTo(each.Seq))),
        ];
        return new(state.Definition ?? "", migrate.Digest, migrate.Reason, to.Id, to.Final, due, tasks, timers);
    }

    // What is over stays, also where the new version does not ask for it.
    private static ImmutableArray<CaseTask> Tasks(Case state, CaseType type, DateTimeOffset now, WorkClock clock)
    {
        var over = state.Tasks.Where(task => task.IsOver && type.Plan.All(each => each.Id != task.Id)).ToList();
        // What somebody has begun goes on, also where the new version would not ask for it.
        var holding = CaseConditions.Holding(type, state);
        var plan = type.Plan.RemoveAll(planned => !holding.Contains(planned) && (state.Task(planned.Id) is not { } task || CaseLevels.IsUntouched(state, task)));
        return
        [
            .. plan.Select(planned =>
            {
                var had = state.Task(planned.Id);
                var free = CaseTaskDecider.IsFree(type, planned.After, id => plan.Any(each => each.Id == id) ? state.Task(id) is { IsOver: true } : null);
                return had switch
                {
                    { IsOver: true } or { Progress: TaskProgress.Ready } when free || had.IsOver => had with { Role = planned.Role, After = planned.After },
                    _ => CaseTaskDecider.Begin(planned, free, state.Severity, now, clock) with { Assignee = had?.Assignee },
                };
            }),
            .. over,
        ];
    }

    private static IEnumerable<CaseTimer> TimersOf(Case state, PlanTask task, DateTimeOffset now, WorkClock clock) =>
        state.Task(task.Id) is { Progress: TaskProgress.Ready }
            ? state.Timers.Where(timer => CaseTiming.IsOf(timer, task.Id))
            : CaseTiming.Of(task, state.Severity, now, clock);

    private static CaseTimer Kept(Case state, CaseTimer timer) =>
        state.Timers.Any(each => each.Key == timer.Key && each.Fired) ? timer with { Fired = true } : timer;
}

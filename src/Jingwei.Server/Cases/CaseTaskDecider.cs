using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>The tasks of a case: ended in their order, sent back, given to somebody.</summary>
internal static class CaseTaskDecider
{
    public static Decision Decide(CaseType type, Case state, CaseSignal signal, CaseActor actor, DateTimeOffset now, WorkClock clock)
    {
        var id = signal switch { EndTask end => end.Task, ReturnTask back => back.Task, _ => ((AssignTask)signal).Task };
        if (state.Task(id) is not { } task || type.Plan.FirstOrDefault(each => each.Id == id) is not { } planned)
        {
            return CaseRefusals.TaskUnknown;
        }

        if (state.Final)
        {
            return CaseRefusals.Closed;
        }

        return signal switch
        {
            EndTask end => End(new(type, state, planned, task, now, clock), end, actor),
            ReturnTask back => Return(new(type, state, planned, task, now, clock), back, actor),
            _ => Assign(state, task, (AssignTask)signal, actor),
        };
    }

    /// <summary>What a plan begins with.</summary>
    /// <param name="plan">The tasks of the type that are part of the case.</param>
    public static CasePlanned Begin(CaseType type, ImmutableArray<PlanTask> plan, Band severity, DateTimeOffset now, WorkClock clock)
    {
        var timers = plan.Where(IsReady).SelectMany(task => CaseTiming.Of(task, severity, now, clock)).ToImmutableArray();
        return new([.. plan.Select(task => Begin(task, IsReady(task), severity, now, clock))]) { Timers = timers.IsEmpty ? null : timers };

        bool IsReady(PlanTask task) => task.After.IsEmpty || IsFree(type, task.After, id => plan.Any(each => each.Id == id) ? false : null);
    }

    /// <summary>A task as it begins.</summary>
    public static CaseTask Begin(PlanTask task, bool ready, Band severity, DateTimeOffset now, WorkClock clock) => ready
        ? new(task.Id, task.Role, task.After, TaskProgress.Ready, null, CaseTiming.DueOf(task, severity, now, clock), false, null, null)
        {
            ReadyAt = task.DiffersBySeverity() ? now : null,
        }
        : new(task.Id, task.Role, task.After, TaskProgress.Waiting, null, null, false, null, null);

    /// <summary>True when nothing is in the way of a task: what it waits for is over, or no part of the case, and then what that would have waited for is.</summary>
    /// <param name="isOver">Of a task by its id; null for one that is no part of the case.</param>
    public static bool IsFree(CaseType type, ImmutableArray<string> after, Func<string, bool?> isOver)
    {
        foreach (var id in after)
        {
            if (!(isOver(id) ?? type.Plan.FirstOrDefault(each => each.Id == id) is not { } absent || IsFree(type, absent.After, isOver)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Why the actor may not end a task now; null when he may.</summary>
    public static Refusal? Forbids(CaseType type, CaseTask task, CaseActor actor)
    {
        if (!actor.May(type.RightOf(task.Role)))
        {
            return CaseRefusals.Lacks(type.RightOf(task.Role));
        }

        if (task.Progress != TaskProgress.Ready)
        {
            return CaseRefusals.TaskNotReady;
        }

        return task.Assignee is not null && task.Assignee != actor.Id && !actor.May(Right.Configure) ? CaseRefusals.NotAssignee : null;
    }

    private static Decision End(Moment moment, EndTask end, CaseActor actor)
    {
        var refusal = Forbids(moment.Type, moment.Task, actor)
            ?? (end.Skip && !actor.May(Right.Configure) ? CaseRefusals.Lacks(Right.Configure) : null)
            ?? CaseDecider.TextFault(end.Text, required: end.Skip)
            ?? (end.Skip ? null : CaseProofs.Missing(moment.Planned.Checks, moment.Planned.Evidence, moment.State, moment.Task.Id));
        if (refusal is not null)
        {
            return refusal;
        }

        var passed = CaseTiming.Pass(moment.Type, moment.State, moment.Now);
        var severity = CaseTiming.SeverityAfter(moment.State, passed);
        var begins = moment.Type.Plan.Where(each => Begins(moment.Type, each, moment.State, moment.Task.Id)).ToList();
        var timers = begins.SelectMany(each => CaseTiming.Of(each, severity, moment.Now, moment.Clock)).ToImmutableArray();
        // A task that ends late is late, even when nobody had come by to mark it.
        return passed.Add(new CaseTaskEnded(
            end.Task, end.Skip, string.IsNullOrWhiteSpace(end.Text) ? null : end.Text,
            [.. begins.Select(each => new ReadyTask(each.Id, CaseTiming.DueOf(each, severity, moment.Now, moment.Clock)))])
        {
            Timers = timers.IsEmpty ? null : timers,
        });
    }

    // By the tasks as the case has them, which a migration may have made differ from the plan.
    private static bool Begins(CaseType type, PlanTask planned, Case state, string ended) =>
        state.Task(planned.Id) is { Progress: TaskProgress.Waiting } task
        && IsFree(type, task.After, id => id == ended ? true : state.Task(id)?.IsOver);

    private static Decision Return(Moment moment, ReturnTask back, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (!moment.State.IsHeldBy(actor.Id) && !actor.May(Right.Configure))
        {
            return CaseRefusals.NotAssignee;
        }

        if (!moment.Task.IsOver)
        {
            return CaseRefusals.TaskNotDone;
        }

        if (CaseDecider.TextFault(back.Reason, required: true) is { } fault)
        {
            return fault;
        }

        var severity = moment.State.Severity;
        var timers = CaseTiming.Of(moment.Planned, severity, moment.Now, moment.Clock);
        return Decision.Of(new CaseTaskReturned(
            back.Task, back.Reason, CaseTiming.DueOf(moment.Planned, severity, moment.Now, moment.Clock), Followers(moment.Type, moment.State, back.Task))
        {
            Timers = timers.IsEmpty ? null : timers,
        });
    }

    // Every task that waits for it, directly or by others, also by some that are no part of the case, and has begun.
    private static ImmutableArray<string> Followers(CaseType type, Case state, string task)
    {
        var absent = type.HasConditions() ? type.Plan.Where(planned => state.Task(planned.Id) is null).Select(planned => (planned.Id, planned.After)) : [];
        var all = state.Tasks.Select(each => (each.Id, each.After)).Concat(absent).ToList();
        var found = new HashSet<string>(StringComparer.Ordinal) { task };
        int before;
        do
        {
            before = found.Count;
            found.UnionWith(all.Where(each => each.After.Any(found.Contains)).Select(each => each.Id).ToList());
        }
        while (found.Count > before);

        return [.. state.Tasks.Where(each => each.Id != task && found.Contains(each.Id) && each.Progress != TaskProgress.Waiting).Select(each => each.Id)];
    }

    private static Decision Assign(Case state, CaseTask task, AssignTask assign, CaseActor actor)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        var takes = assign.To?.Id == actor.Id && task.Assignee is null;
        if (!takes && !state.IsHeldBy(actor.Id) && task.Assignee != actor.Id && !actor.May(Right.Configure))
        {
            return CaseRefusals.NotAssignee;
        }

        if (task.IsOver)
        {
            return CaseRefusals.TaskNotReady;
        }

        if (assign.To is { MayOperate: false })
        {
            return CaseRefusals.AssigneeRefused;
        }

        return assign.To?.Id == task.Assignee ? Decision.Nothing : Decision.Of(new CaseTaskAssigned(task.Id, assign.To?.Id));
    }

    private readonly record struct Moment(CaseType Type, Case State, PlanTask Planned, CaseTask Task, DateTimeOffset Now, WorkClock Clock);
}

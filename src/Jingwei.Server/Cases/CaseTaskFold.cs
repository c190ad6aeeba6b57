using System.Collections.Immutable;

namespace Jingwei.Server.Cases;

/// <summary>What events of tasks make of a case.</summary>
internal static class CaseTaskFold
{
    public static Case Apply(Case state, PlacedEvent placed) => placed.Event switch
    {
        CasePlanned planned => state with { Tasks = planned.Tasks, Timers = [.. state.Timers, .. planned.Timers ?? []] },
        CaseTaskEnded ended => Ended(state, ended, placed),
        CaseTaskReturned returned => Returned(state, returned, placed.At),
        CaseTaskDueChanged changed => DueChanged(state, changed, placed.At),
        CaseTasksAdded added => state with { Tasks = [.. state.Tasks, .. added.Tasks], Timers = [.. state.Timers, .. added.Timers ?? []] },
        CaseTasksDropped dropped => Dropped(state, dropped, placed.At),
        CaseTaskAssigned assigned => With(state, assigned.Task, task => task with { Assignee = assigned.Assignee }),
        CaseTaskOverdue overdue => With(CaseFold.Fired(state, CaseTiming.DueOf(overdue.Task)), overdue.Task, task => task with { Late = true }),
        _ => state,
    };

    private static Case Ended(Case state, CaseTaskEnded ended, PlacedEvent placed)
    {
        var next = With(state, ended.Task, task => task with
        {
            Progress = ended.Skipped ? TaskProgress.Skipped : TaskProgress.Done,
            EndedAt = placed.At,
            EndedBy = placed.Actor,
        });
        next = Ready(next, ended.Ready, placed.At);
        return next with { Timers = [.. next.Timers.Where(timer => !CaseTiming.IsOf(timer, ended.Task)), .. ended.Timers ?? []] };
    }

    /// <summary>The case with tasks that can begin from now on.</summary>
    public static Case Ready(Case state, ImmutableArray<ReadyTask> tasks, DateTimeOffset at) => tasks.Aggregate(state, (next, ready) =>
        With(next, ready.Task, task => task with { Progress = TaskProgress.Ready, Due = ready.Due, Late = false, ReadyAt = at }));

    private static Case DueChanged(Case state, CaseTaskDueChanged changed, DateTimeOffset at) =>
        With(state, changed.Task, task => task with { Due = changed.To, Late = task.Late && changed.To <= at }) with
        {
            Timers = [.. state.Timers.Where(timer => !CaseTiming.IsOf(timer, changed.Task)), .. changed.Timers],
        };

    private static Case Dropped(Case state, CaseTasksDropped dropped, DateTimeOffset at) => Ready(
        state with
        {
            Tasks = [.. state.Tasks.Where(task => !dropped.Tasks.Contains(task.Id))],
            Timers = [.. state.Timers.Where(timer => !dropped.Tasks.Any(task => CaseTiming.IsOf(timer, task))), .. dropped.Timers ?? []],
        },
        dropped.Ready,
        at);

    private static Case Returned(Case state, CaseTaskReturned returned, DateTimeOffset at)
    {
        var next = With(state, returned.Task, task => Again(task) with { Progress = TaskProgress.Ready, Due = returned.Due, ReadyAt = at });
        foreach (var waiting in returned.Waiting)
        {
            next = With(next, waiting, Again);
        }

        return next with
        {
            Timers =
            [
                .. next.Timers.Where(timer => !returned.Waiting.Add(returned.Task).Any(task => CaseTiming.IsOf(timer, task))),
                .. returned.Timers ?? [],
            ],
        };
    }

    private static CaseTask Again(CaseTask task) =>
        task with { Progress = TaskProgress.Waiting, Due = null, Late = false, EndedAt = null, EndedBy = null, ReadyAt = null };

    private static Case With(Case state, string id, Func<CaseTask, CaseTask> change) => state with
    {
        Tasks = [.. state.Tasks.Select(task => task.Id == id ? change(task) : task)],
    };
}

namespace Jingwei.Server.Cases;

/// <summary>What events of tasks make of a case.</summary>
internal static class CaseTaskFold
{
    public static Case Apply(Case state, PlacedEvent placed) => placed.Event switch
    {
        CasePlanned planned => state with { Tasks = planned.Tasks, Timers = [.. state.Timers, .. planned.Timers ?? []] },
        CaseTaskEnded ended => Ended(state, ended, placed),
        CaseTaskReturned returned => Returned(state, returned),
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
        foreach (var ready in ended.Ready)
        {
            next = With(next, ready.Task, task => task with { Progress = TaskProgress.Ready, Due = ready.Due, Late = false });
        }

        return next with { Timers = [.. next.Timers.Where(timer => !CaseTiming.IsOf(timer, ended.Task)), .. ended.Timers ?? []] };
    }

    private static Case Returned(Case state, CaseTaskReturned returned)
    {
        var next = With(state, returned.Task, task => Again(task) with { Progress = TaskProgress.Ready, Due = returned.Due });
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
        task with { Progress = TaskProgress.Waiting, Due = null, Late = false, EndedAt = null, EndedBy = null };

    private static Case With(Case state, string id, Func<CaseTask, CaseTask> change) => state with
    {
        Tasks = [.. state.Tasks.Select(task => task.Id == id ? change(task) : task)],
    };
}

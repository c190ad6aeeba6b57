namespace Jingwei.Server.Cases.Review;

/// <summary>A task that a case has or had, as planned and as it went.</summary>
/// <param name="Planned">When it became part of the case.</param>
/// <param name="Due">Its deadline as it stood last; null: none, or it never began.</param>
/// <param name="Missed">That deadline passed.</param>
internal sealed record ReviewTask(
    string Id, DateTimeOffset Planned, DateTimeOffset? Due, bool Missed, TaskProgress Progress, DateTimeOffset? Ended, string? EndedBy, DateTimeOffset? Dropped)
{
    /// <summary>Every task that a case ever had, in the order in which they came to it.</summary>
    public static IEnumerable<ReviewTask> Of(IEnumerable<PlacedEvent> history)
    {
        var tasks = new Dictionary<string, ReviewTask>(StringComparer.Ordinal);
        var order = new List<string>();
        Case? state = null;
        foreach (var placed in history)
        {
            state = CaseFold.Apply(state, placed);
            foreach (var task in state.Tasks)
            {
                if (!tasks.TryGetValue(task.Id, out var known))
                {
                    order.Add(task.Id);
                    known = new(task.Id, placed.At, null, false, task.Progress, null, null, null);
                }

                var missed = known.Missed || (placed.Event is CaseTaskOverdue overdue && overdue.Task == task.Id);
                tasks[task.Id] = known with { Due = task.Due ?? known.Due, Missed = missed, Progress = task.Progress, Ended = task.EndedAt, EndedBy = task.EndedBy, Dropped = null };
            }

            if (placed.Event is CaseTasksDropped dropped)
            {
                foreach (var id in dropped.Tasks)
                {
                    tasks[id] = tasks[id] with { Dropped = placed.At };
                }
            }
        }

        return order.Select(id => tasks[id]);
    }
}

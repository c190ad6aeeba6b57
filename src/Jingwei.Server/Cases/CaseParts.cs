using System.Globalization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>The parts of one case as one caller sees them.</summary>
/// <param name="type">The version that it goes by; null when it is not known.</param>
internal sealed class CaseParts(CaseNames names, CaseType? type, Case state, CaseActor actor)
{
    public TransitionItem Step(CaseTransition transition)
    {
        var forbidden = CaseDecider.Forbids(transition, state, actor) ?? CaseProofs.Missing(transition, state) ?? CaseSupervision.Forbids(type!, transition, state);
        return new(
            transition.Id, transition.Name, transition.To, transition.Requires, transition.Assigns, transition.CommentRequired,
            forbidden is null, forbidden is null ? null : Why(forbidden));
    }

    /// <summary>The tasks of the case in the order of the plan, others behind.</summary>
    public IEnumerable<TaskItem> Tasks() =>
        state.Tasks.OrderBy(task => type?.Plan.FirstOrDefault(each => each.Id == task.Id) is { } planned ? type.Plan.IndexOf(planned) : int.MaxValue).Select(Task);

    private TaskItem Task(CaseTask task)
    {
        var planned = type?.Plan.FirstOrDefault(each => each.Id == task.Id);
        var role = type?.Roles.FirstOrDefault(each => each.Id == task.Role);
        var forbidden = type is null || planned is null || state.Final ? CaseRefusals.TaskNotReady
            : CaseTaskDecider.Forbids(type, task, actor) ?? CaseProofs.Missing(planned.Checks, planned.Evidence, state, task.Id);
        return new(
            task.Id, planned?.Name ?? Label.Of(task.Id), task.Role, role?.Name ?? Label.Of(task.Role),
            task.After.RemoveAll(id => state.Task(id) is null), task.Progress,
            task.Assignee, task.Assignee is { } assignee ? names.Person(assignee) : null, task.Due, task.Late,
            task.EndedAt, task.EndedBy is { } by ? names.Person(by) : null, planned?.Checks ?? [], planned?.Evidence ?? [],
            forbidden is null, forbidden is null ? null : Why(forbidden));
    }

    public EvidenceItem Evidence(CaseEventRow row)
    {
        var file = ((CaseEvidenceAdded)row.Placed.Event).Evidence;
        var kind = type?.Evidence.FirstOrDefault(each => each.Id == file.Kind)?.Name ?? Label.Of(file.Kind);
        return new(file.Kind, kind, file.Hash, file.Name, file.MediaType, file.Bytes, file.Task, CaseTime.Of(row.At), names.Person(row.Actor));
    }

    public TimerItem Timer(CaseTimer timer)
    {
        var parts = timer.Key.Split('/');
        var task = CaseTiming.IsOfTask(timer) ? parts[1] : null;
        var what = task is null ? parts[0] : parts[2];
        var seq = what == "answer" ? long.Parse(parts[1], CultureInfo.InvariantCulture) : (long?)null;
        var now = type?.States.FirstOrDefault(each => each.Id == state.State);
        var step = what == "escalate" && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var index) && index < now?.Escalations.Length
            ? now.Escalations[index]
            : null;
        return new(what, timer.At, timer.Fired, task, step is null ? null : CaseWording.Sentence(step, now!.Calendar is not null), seq);
    }

    // What is missing is named: that is what somebody has to do next.
    private Label Why(Refusal refusal)
    {
        var missing = refusal.Errors.Keys.Select(NameOf).ToList();
        return missing.Count == 0 ? refusal.Why : new(
            $"{refusal.Why.Zh}：{string.Join("、", missing.Select(each => each.Zh))}",
            $"{refusal.Why.En.TrimEnd('.')}: {string.Join(", ", missing.Select(each => each.En))}");
    }

    private Label NameOf(string id) =>
        type?.Plan.FirstOrDefault(each => each.Id == id)?.Name
        ?? type?.Checklist.FirstOrDefault(each => each.Id == id)?.Name
        ?? type?.Evidence.FirstOrDefault(each => each.Id == id)?.Name
        ?? Label.Of(id);
}

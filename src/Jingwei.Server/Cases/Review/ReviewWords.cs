using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases.Review;

/// <summary>Says an event of a case in words: what happened, and what about it.</summary>
internal sealed class ReviewWords(CaseNames names, CaseType? type, ReviewHtml page)
{
    private static readonly Dictionary<string, Label> Kinds = new(StringComparer.Ordinal)
    {
        ["opened"] = new("立案", "Opened"),
        [CaseEventText.Fields] = new("填写", "Filled in"),
        ["severity"] = new("级别变更", "Severity changed"),
        ["region"] = new("区域变更", "Region changed"),
        ["transition"] = new("流转", "Moved on"),
        ["assigned"] = new("指派", "Assigned"),
        ["passed"] = new("转交", "Passed on"),
        ["delegated"] = new("委托", "Delegated"),
        [CaseEventText.Comment] = new("备注", "Comment"),
        ["linked"] = new("关联告警", "Alarm linked"),
        ["overdue"] = new("超期", "Overdue"),
        ["reminded"] = new("提醒", "Reminded"),
        ["escalated"] = new("升级", "Escalated"),
        ["erased"] = new("清除内容", "Content erased"),
        ["planned"] = new("启动预案", "Plan begun"),
        ["task-ended"] = new("任务结束", "Task ended"),
        ["task-returned"] = new("任务退回", "Task sent back"),
        ["task-assigned"] = new("任务交办", "Task assigned"),
        ["task-overdue"] = new("任务超期", "Task overdue"),
        ["tasks-added"] = new("增加任务", "Tasks added"),
        ["tasks-dropped"] = new("取消任务", "Tasks dropped"),
        ["task-due-changed"] = new("任务期限变更", "Deadline of a task changed"),
        ["due-changed"] = new("期限变更", "Deadline changed"),
        ["checked"] = new("检查", "Checked"),
        ["evidence"] = new("添加证据", "Evidence added"),
        ["merged"] = new("并入其他事项", "Merged"),
        ["absorbed"] = new("并入了其他事项", "Absorbed"),
        ["restored"] = new("恢复", "Restored"),
        ["released"] = new("分出", "Released"),
        ["case-linked"] = new("关联事项", "Case linked"),
        ["rated"] = new("评价", "Rated"),
        ["migrated"] = new("换版本", "Migrated"),
        [CaseEventText.Supervised] = new("上级督办", "From above"),
        [CaseEventText.Answered] = new("答复上级", "Answered"),
        [CaseEventText.AnswerOverdue] = new("答复超期", "Answer overdue"),
    };

    /// <summary>The kind of an event; its name in the history where there are no words for it.</summary>
    public string Kind(CaseEventRow row) => Kinds.TryGetValue(row.Kind, out var words) ? page.Say(words) : row.Kind;

    public string State(string id) => page.Say(type?.States.FirstOrDefault(each => each.Id == id)?.Name ?? Label.Of(id));

    public string Task(string id) => page.Say(type?.Plan.FirstOrDefault(each => each.Id == id)?.Name ?? Label.Of(id));

    public string Severity(Band severity) => page.Say(CaseWording.Severity(severity));

    public string Supervision(SupervisionKind kind) => kind switch
    {
        SupervisionKind.Ask => page.Say("询问", "Ask"),
        SupervisionKind.Urge => page.Say("督办", "Urge"),
        _ => page.Say("指令", "Instruct"),
    };

    /// <summary>What an event says, by the version of the type that the case goes by now.</summary>
    public string About(CaseEventRow row) => row.Content is null ? page.Say("内容已清除", "content erased") : About(row.Placed.Event);

    private string About(CaseEvent it) => it switch
    {
        CaseOpened opened => Joined(State(opened.State), Severity(opened.Severity), opened.Thing),
        CaseFieldsChanged changed => Joined([changed.Title is { } title ? page.Say(title) : null, .. Fields(changed), changed.Reason]),
        CaseSeverityChanged changed => Joined($"{Severity(changed.From)} → {Severity(changed.To)}", changed.Reason),
        CaseRegionChanged changed => Joined($"{changed.From} → {changed.To}", changed.Reason),
        CaseTransitioned moved => $"{Transition(moved.Transition)}: {State(moved.From)} → {State(moved.To)}",
        CaseAssigned assigned => names.Person(assigned.Assignee),
        CasePassed passed => Joined($"{Person(passed.From)} → {Person(passed.To)}", passed.Reason),
        CaseDelegated delegated => Joined(Person(delegated.To), delegated.Reason),
        CaseCommented commented => commented.Text ?? "",
        CaseAlarmLinked linked => linked.Alarm,
        CaseOverdue overdue => Joined(State(overdue.State), page.Time(overdue.Due)),
        CaseReminded reminded => Joined(reminded.Task is { } task ? Task(task) : null, page.Time(reminded.Due)),
        CaseEscalated escalated => Joined(page.Say(CaseWording.Length(escalated.After)), escalated.Severity is { } raised ? $"→ {Severity(raised)}" : null),
        CaseErased erased => Joined($"#{erased.Seq}", erased.Reason),
        CaseDueChanged changed => $"{page.Time(changed.From)} → {page.Time(changed.To)}",
        CaseSupervised supervised => Joined(Supervision(supervised.Kind), supervised.Text),
        CaseSupervisionAnswered answered => Joined($"#{answered.Seq}", answered.Text),
        CaseAnswerOverdue overdue => Joined($"#{overdue.Seq}", page.Time(overdue.Due)),
        CaseEvidenceAdded added => Joined(added.Evidence.Name, added.Evidence.Hash),
        CaseMerged merged => Joined(merged.Into, merged.Reason),
        CaseAbsorbed absorbed => Joined(absorbed.From, absorbed.Reason),
        CaseRestored restored => Joined(restored.From, restored.Reason),
        CaseReleased released => Joined(released.To, released.Reason),
        CaseLinked linked => Joined(linked.Other, linked.Linked ? null : page.Say("取消", "taken away"), linked.Reason),
        CaseRated rated => Joined($"{rated.Mark}/5", rated.Text),
        CaseMigrated migrated => Joined(State(migrated.State), migrated.Reason),
        CaseChecked ticked => Joined(page.Say(type?.Checklist.FirstOrDefault(each => each.Id == ticked.Item)?.Name ?? Label.Of(ticked.Item)), ticked.Done ? "✓" : "—"),
        _ => AboutTask(it),
    };

    private string AboutTask(CaseEvent it) => it switch
    {
        CasePlanned planned => Joined([.. planned.Tasks.Select(task => Task(task.Id))]),
        CaseTaskEnded ended => Joined(Task(ended.Task), ended.Skipped ? page.Say("跳过", "skipped") : null, ended.Text),
        CaseTaskReturned returned => Joined(Task(returned.Task), returned.Reason),
        CaseTaskAssigned assigned => Joined(Task(assigned.Task), Person(assigned.Assignee)),
        CaseTaskOverdue overdue => Joined(Task(overdue.Task), page.Time(overdue.Due)),
        CaseTaskDueChanged changed => Joined(Task(changed.Task), $"{page.Time(changed.From)} → {page.Time(changed.To)}"),
        CaseTasksAdded added => Joined([.. added.Tasks.Select(task => Task(task.Id))]),
        CaseTasksDropped dropped => Joined([.. dropped.Tasks.Select(Task)]),
        _ => "",
    };

    private IEnumerable<string> Fields(CaseFieldsChanged changed) => (changed.Fields ?? System.Collections.Immutable.ImmutableSortedDictionary<string, FieldValue?>.Empty)
        .Select(field => $"{Field(field.Key)}: {(field.Value is { } value ? Value(field.Key, value) : "—")}");

    /// <summary>The name of a field.</summary>
    public string Field(string id) => page.Say(type?.Fields.FirstOrDefault(each => each.Id == id)?.Name ?? Label.Of(id));

    /// <summary>A field's value as people read it.</summary>
    public string Value(string field, FieldValue value)
    {
        var declared = type?.Fields.FirstOrDefault(each => each.Id == field);
        return declared?.Kind switch
        {
            PropertyKind.Enumeration => page.Say(declared.Values.FirstOrDefault(each => each.Id == value.Words)?.Name ?? Label.Of(value.Words)),
            PropertyKind.Boolean => value.Json == "true" ? page.Say("是", "yes") : page.Say("否", "no"),
            PropertyKind.Number => declared.Unit is { } unit ? $"{value.Json} {unit}" : value.Json,
            _ => value.Json.StartsWith('"') ? value.Words : value.Json,
        };
    }

    private string Transition(string id) => page.Say(type?.Transitions.FirstOrDefault(each => each.Id == id)?.Name ?? Label.Of(id));

    private string Person(string? id) => id is null ? page.Say("值班", "on duty") : names.Person(id);

    private string Joined(params string?[] parts) => string.Join(page.Say("，", ", "), parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}

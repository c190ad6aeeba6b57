using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Words;

/// <summary>What notifications say where no pack has words of its own; in the same form as a pack's.</summary>
internal static class DefaultWords
{
    public static (Label Subject, Label Body) Of(NotificationKind kind) => kind switch
    {
        NotificationKind.AlarmRaised => (
            new("【{{alarm.severity}}】{{thing.name}}：{{alarm.name}}", "[{{alarm.severity}}] {{thing.name}}: {{alarm.name}}"),
            new("{{alarm.explanation}}\n时间：{{local(alarm.raised)}}\n处置：{{alarm.advice}}", "{{alarm.explanation}}\nSince: {{local(alarm.raised)}}\nWhat to do: {{alarm.advice}}")),
        NotificationKind.AlarmCleared => (
            new("已恢复 {{thing.name}}：{{alarm.name}}", "Cleared: {{thing.name}}: {{alarm.name}}"),
            new("告警时间：{{local(alarm.raised)}}{{has(alarm.cleared) ? '\\n恢复时间：' + local(alarm.cleared) : ''}}", "Raised: {{local(alarm.raised)}}{{has(alarm.cleared) ? '\\nCleared: ' + local(alarm.cleared) : ''}}")),
        NotificationKind.CaseOpened => OfCase("新事项", "New case"),
        NotificationKind.CaseAssigned => OfCase("交办", "Assigned"),
        NotificationKind.CaseDue => OfCase("即将到期", "Due soon"),
        NotificationKind.CaseOverdue => OfCase("已超期", "Overdue"),
        NotificationKind.CaseEscalated => OfCase("已升级", "Escalated"),
        NotificationKind.CaseSupervised => OfCase("上级督办", "From above"),
        NotificationKind.CaseAnswered => OfCase("已答复", "Answered"),
        NotificationKind.CaseAnswerOverdue => OfCase("答复超期", "Answer overdue"),
        _ => OfCase("已办结", "Closed"),
    };

    private static (Label Subject, Label Body) OfCase(string zh, string en) => (
        new($"{zh} {{{{case.number}}}} {{{{case.title}}}}", $"{en}: {{{{case.number}}}} {{{{case.title}}}}"),
        new(
            "{{case.type}}，{{case.severity}}，{{case.state}}{{case.assignee == '' ? '' : '，经办人：' + case.assignee}}{{has(case.due) ? '\\n期限：' + local(case.due) : ''}}",
            "{{case.type}}, {{case.severity}}, {{case.state}}{{case.assignee == '' ? '' : ', assignee: ' + case.assignee}}{{has(case.due) ? '\\nDue: ' + local(case.due) : ''}}"));
}

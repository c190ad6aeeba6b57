using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Says in words what a case type declares.</summary>
public static class CaseWording
{
    /// <summary>An escalation as a sentence: "after 30 min, notify the engineers on duty of the county".</summary>
    public static Label Sentence(Escalation step, bool working)
    {
        var who = step.Notify switch
        {
            Recipient.Assignee => new Label("经办人", "the assignee"),
            Recipient.Opener => new Label("发起人", "whoever opened it"),
            _ => Place(step.Of) is { } place
                ? new Label($"{place.Zh}{Duty(step.Right).Zh}", $"the {Duty(step.Right).En} of the {place.En}")
                : new Label(Duty(step.Right).Zh, $"the {Duty(step.Right).En}"),
        };
        var raised = step.Severity is { } severity ? new Label($"，升为{Severity(severity).Zh}", $" and raise it to {Severity(severity).En}") : Label.Of("");
        var levels = step.Severities is { } severities
            ? new Label($"{string.Join("、", severities.Select(each => Severity(each).Zh))}：", $"for {string.Join(" and ", severities.Select(each => Severity(each).En))}: ")
            : Label.Of("");
        var time = working ? new Label("工作时间", " of working time") : Label.Of("");
        return new(
            $"{levels.Zh}{time.Zh}{Length(step.After).Zh}后仍未办，通知{who.Zh}{raised.Zh}",
            $"{levels.En}after {Length(step.After).En}{time.En}, notify {who.En}{raised.En}");
    }

    /// <summary>Words about an exercise: nobody is to take them for something real.</summary>
    public static Label OfExercise(Label words) => new($"【演练】{words.Zh}", $"[EXERCISE] {words.En}");

    /// <summary>Those who hold a right, as people call them.</summary>
    public static Label Duty(Right right) => right switch
    {
        Right.View => new("查看员", "viewers"),
        Right.Operate => new("值班操作员", "operators on duty"),
        Right.Configure => new("值班工程师", "engineers on duty"),
        _ => new("管理员", "administrators"),
    };

    /// <summary>A duration as people say it.</summary>
    public static Label Length(TimeSpan length)
    {
        var parts = new[]
        {
            (Count: length.Days, Zh: "天", En: "d"), (Count: length.Hours, Zh: "小时", En: "h"), (Count: length.Minutes, Zh: "分钟", En: "min"),
            (Count: length.Seconds, Zh: "秒", En: "s"),
        }.Where(part => part.Count > 0).ToList();
        return new(string.Join(' ', parts.Select(part => $"{part.Count} {part.Zh}")), string.Join(' ', parts.Select(part => $"{part.Count} {part.En}")));
    }

    private static Label? Place(string? kind) => kind switch
    {
        "country" => new("国家", "country"),
        "province" => new("省", "province"),
        "city" => new("市", "city"),
        "county" => new("县", "county"),
        "town" => new("镇", "town"),
        "site" => new("场站", "site"),
        _ => null,
    };

    /// <summary>A severity as people call it.</summary>
    public static Label Severity(Band severity) => severity switch
    {
        Band.Red => new("红色", "red"),
        Band.Orange => new("橙色", "orange"),
        Band.Yellow => new("黄色", "yellow"),
        _ => new("蓝色", "blue"),
    };
}

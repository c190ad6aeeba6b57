using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks notifications: kinds that go together, what they are narrowed to, and the expressions in their words.</summary>
internal sealed class NotificationCheck(PackDraft draft, ProblemList problems)
{
    public void Check()
    {
        foreach (var notification in draft.Files(Section.Notifications))
        {
            var kinds = Kinds(notification);
            if (kinds.Count == 0)
            {
                continue;
            }

            if (kinds.Select(MessageScope.IsOfAlarms).Distinct().Count() > 1)
            {
                problems.Add(notification["kinds"]!, "kinds of alarms and of cases together", "one notification for each");
            }

            Narrow(notification, "rule", Section.Rules, kinds.All(MessageScope.IsOfAlarms), "alarms");
            Narrow(notification, "case", Section.Cases, !kinds.Any(MessageScope.IsOfAlarms), "cases");
            CheckWords(notification, kinds);
        }
    }

    // What is no kind is the schema's to report.
    private static List<NotificationKind> Kinds(MapNode notification) =>
    [
        .. notification.TextsOf("kinds")
            .Where(kind => Enum.TryParse<NotificationKind>(kind, ignoreCase: true, out _))
            .Select(kind => Enum.Parse<NotificationKind>(kind, ignoreCase: true)),
    ];

    private void Narrow(MapNode notification, string key, Section section, bool fits, string what)
    {
        if (notification.Scalar(key) is not { } named)
        {
            return;
        }

        if (!fits)
        {
            problems.Add(named, $"{key} narrows {what} alone", $"no {key}");
        }

        draft.Knows(section, named, key == "case" ? "case type" : key, problems);
    }

    private void CheckWords(MapNode notification, List<NotificationKind> kinds)
    {
        if (!draft.KnowsFunctions)
        {
            return;
        }

        var scope = MessageScope.Of(kinds, draft.Plugin);
        foreach (var words in new[] { draft.Zh, draft.En }.Select(file => file.Map("notifications")?.Map(notification.Text("notification") ?? "")))
        {
            Expressions.CheckMessage(words?.Scalar("subject"), scope, problems);
            Expressions.CheckMessage(words?.Scalar("body"), scope, problems);
        }
    }
}

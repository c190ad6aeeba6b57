using Jingwei.Cel;
using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks what a case type says of roles, tasks, checklist, evidence, calendars and escalation.</summary>
internal sealed class CasePlanCheck(PackDraft draft, ProblemList problems)
{
    // What says whose duty it is.
    private static readonly string[] OfDuty = ["right", "of"];

    public void Check()
    {
        var calendars = CalendarCheck.Ids(draft);
        foreach (var type in draft.Files(Section.Cases))
        {
            var roles = Ids(type, "roles");
            foreach (var timed in type.EntriesOf("states").Concat(type.EntriesOf("plan")))
            {
                Require(timed.Map.Scalar("calendar"), calendars, "calendar");
                Require(timed.Map.Scalar("role"), roles, "role");
                CheckReminders(timed.Map);
            }

            CheckEscalations(type);
            CheckConditions(type);
            foreach (var user in type.EntriesOf("plan").Concat(type.EntriesOf("transitions")))
            {
                Require(user.Map.ScalarsOf("checks"), [.. type.TextsOf("checklist")], "item of the checklist");
                Require(user.Map.ScalarsOf("evidence"), Ids(type, "evidence"), "kind of evidence");
                Require(user.Map.ScalarsOf("tasks").Concat(user.Map.ScalarsOf("after")), Ids(type, "plan"), "task");
            }

            CheckCircle(type);
            CheckSizes(type);
        }
    }

    private static List<string> Ids(MapNode type, string key) => [.. type.EntriesOf(key).Select(entry => entry.Id)];

    private void CheckReminders(MapNode timed)
    {
        if (timed.Map("remind") is { } bySeverity)
        {
            foreach (var entry in bySeverity.Entries)
            {
                CheckReminders(timed, bySeverity.ScalarsOf(entry.Id), LongestOf(timed, entry.Id));
            }
        }

        CheckReminders(timed, timed.ScalarsOf("remind"), LongestOf(timed, null));
    }

    // The deadline for a severity; for all of them the longest.
    private static TimeSpan LongestOf(MapNode timed, string? severity) => timed.Map("within") is { } by
        ? by.Entries.Where(entry => severity is null || entry.Id == severity).Select(entry => Duration.Parse((entry.Value as ScalarNode)?.Text)).DefaultIfEmpty().Max()
        : Duration.Parse(timed.Text("within"));

    private void CheckReminders(MapNode timed, IEnumerable<ScalarNode> reminders, TimeSpan within)
    {
        foreach (var remind in reminders.Where(remind => Duration.Parse(remind.Text) >= within))
        {
            var isWithout = timed["within"] is null || within == TimeSpan.Zero;
            problems.Add(remind, isWithout ? "a reminder without a deadline" : $"{remind.Text} before the deadline is before the beginning", "less than within");
        }
    }

    private void CheckConditions(MapNode type)
    {
        var fields = type.EntriesOf("fields").Select(field => (field.Id, Enum.TryParse<PropertyKind>(field.Map.Text("type"), ignoreCase: true, out var kind) ? kind : PropertyKind.Text));
        var scope = new CaseScope(fields);
        foreach (var task in type.EntriesOf("plan"))
        {
            Expressions.Check(task.Map.Scalar("when"), scope.Environment, CelType.Bool, problems);
        }
    }

    private void CheckEscalations(MapNode type)
    {
        foreach (var state in type.EntriesOf("states"))
        {
            if (state.Map.IsTrue("final") && state.Map["escalate"] is { } steps)
            {
                problems.Add(steps, $"the final state {state.Id} escalates", "no escalate");
            }

            foreach (var step in state.Map.MapsOf("escalate").Where(step => step.Text("notify") is not (null or "duty")))
            {
                foreach (var key in OfDuty.Where(key => step[key] is not null))
                {
                    problems.Add(step[key]!, $"{key} beside notify: {step.Text("notify")}", $"{key} with notify: duty alone");
                }
            }
        }
    }

    // A task that waits for itself, directly or by others, never begins.
    private void CheckCircle(MapNode type)
    {
        var after = type.EntriesOf("plan").DistinctBy(task => task.Id).ToDictionary(task => task.Id, task => task.Map.TextsOf("after"), StringComparer.Ordinal);
        foreach (var task in type.EntriesOf("plan").Where(task => Reaches(task.Id)))
        {
            problems.Add(task.Key, $"{task.Id} waits for itself", "tasks without a circle");
        }

        bool Reaches(string goal)
        {
            var open = new Queue<string>(after[goal]);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (open.TryDequeue(out var next))
            {
                if (next == goal)
                {
                    return true;
                }

                foreach (var each in seen.Add(next) && after.TryGetValue(next, out var before) ? before : [])
                {
                    open.Enqueue(each);
                }
            }

            return false;
        }
    }

    private void CheckSizes(MapNode type)
    {
        foreach (var size in type.EntriesOf("evidence").Select(kind => kind.Map.Scalar("maxSize")).OfType<ScalarNode>())
        {
            if (size.Text.Length > 2 && char.IsAsciiDigit(size.Text[0]) && char.IsAsciiDigit(size.Text[^3]) && Building.CaseBuilder.Bytes(size.Text) > PackLimits.EvidenceBytes)
            {
                problems.Add(size, $"{size.Text} is larger than any file that is taken", "at most 1024MB");
            }
        }
    }

    private void Require(IEnumerable<ScalarNode> references, List<string> known, string what)
    {
        foreach (var reference in references)
        {
            Require(reference, known, what);
        }
    }

    private void Require(ScalarNode? reference, List<string> known, string what)
    {
        if (reference is not null && !known.Contains(reference.Text))
        {
            var expected = known.Count == 0 ? $"a {what} that is declared" : $"one of {string.Join(", ", known)}";
            problems.Add(reference, $"no {what} {reference.Text}{Nearest.Hint(reference.Text, known)}", expected);
        }
    }
}

using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Cases;

/// <summary>Puts names to what cases hold by id.</summary>
public sealed class CaseView(PackCatalog packs, CaseNames names, CaseStore cases)
{
    public CaseItem Item(CaseRow row)
    {
        var type = cases.Definitions.Of(row.Type, row.Definition) ?? packs.Current.CaseType(row.Type);
        var title = new Label(row.TitleZh, row.TitleEn);
        return new CaseItem(
            row.Id, row.Id, row.Type, type?.Name ?? packs.Current.CaseName(row.Type), title.Zh, title, row.State,
            type?.States.FirstOrDefault(state => state.Id == row.State)?.Name ?? packs.Current.StateName(row.Type, row.State), row.Final, row.Severity,
            row.Thing, row.Thing is { } thing ? names.Thing(thing) : null, row.Party, row.Region, row.Exercise,
            row.Assignee, row.Assignee is { } assignee ? names.Person(assignee) : null,
            row.Delegate, row.Delegate is { } acting ? names.Person(acting) : null,
            CaseTime.Of(row.OpenedAt), row.OpenedBy, CaseTime.Of(row.EnteredAt), row.Due is { } due ? CaseTime.Of(due) : null, row.Late, row.Level,
            row.ClosedAt is { } closed ? CaseTime.Of(closed) : null, row.Alarm, row.Tasks, row.TasksOver, row.Evidence, row.Supervisions, row.MergedInto, row.Mark,
            row.Version);
    }

    public CaseDetail Detail(Caller caller, CaseFile file)
    {
        var state = file.State;
        var type = cases.Definitions.Of(state.Type, state.Definition);
        var actor = CaseActor.Of(caller, cases.ScopeOf(state.Party, state.Region));
        var parts = new CaseParts(names, type, state, actor);
        return new CaseDetail(Item(CaseRow.Of(state, file.Ordinal)))
        {
            Fields = state.Fields,
            FieldInfo = [.. (type?.Fields ?? []).Select(FieldInfo.Of)],
            Transitions = [.. CaseNames.Leaving(type, state).Select(parts.Step)],
            Responsible = names.ResponsibleFor(type, state),
            ResponsibleOverTime = OverTime(file.History.Select(row => row.Placed)),
            Alarms = state.Alarms,
            Plan = [.. parts.Tasks()],
            Checklist = [.. (type?.Checklist ?? []).Select(item => new CheckLine(item.Id, item.Name, state.Checks.Contains(item.Id)))],
            EvidenceInfo = [.. (type?.Evidence ?? []).Select(kind => new EvidenceInfo(kind.Id, kind.Name, kind.Types, kind.MaxBytes))],
            Evidence = [.. file.History.Where(row => row.Kind == "evidence").Select(parts.Evidence)],
            Timers = [.. state.Timers.OrderBy(timer => timer.At).Select(parts.Timer)],
            Links = state.Links,
            MayPass = !state.Final && actor.May(Right.Operate) && (state.Assignee is null || state.IsHeldBy(actor.Id) || actor.May(Right.Configure)),
            Supervision = [.. Supervision(file.History)],
            MaySupervise = !state.Final && actor.Person && actor.May(Right.Configure),
            MayAnswer = !state.Supervisions.IsEmpty && CaseSupervision.Forbids(state, actor) is null,
            MayRevise = !state.Final && actor.May(Right.Operate),
            MayRate = type?.Rated == true && state is { Final: true, Mark: null, MergedInto: null } && state.Assignee != actor.Id,
            Definition = state.Definition,
            Outdated = !state.Final && state.Definition is { } digest && packs.Current.CaseType(state.Type) is { } now && CaseDefinitions.DigestOf(now) != digest,
            History = [.. file.History.Select(Line)],
        };
    }

    /// <summary>Who was responsible at every moment, out of the history: one stretch for each stay in a state in one's hands.</summary>
    public IReadOnlyList<ResponsibleSpan> OverTime(IEnumerable<PlacedEvent> history)
    {
        var spans = new List<ResponsibleSpan>();
        Case? state = null;
        foreach (var moment in history.GroupBy(placed => placed.At))
        {
            state = moment.Aggregate(state, CaseFold.Apply)!;
            var type = cases.Definitions.Of(state.Type, state.Definition);
            var now = names.ResponsibleFor(type, state);
            if (spans.Count > 0 && spans[^1] is { To: null } last)
            {
                if (last.Responsible == now && last.State == state.State)
                {
                    continue;
                }

                spans[^1] = last with { To = moment.Key };
            }

            if (now is not null)
            {
                var name = type?.States.FirstOrDefault(each => each.Id == state.State)?.Name ?? Label.Of(state.State);
                spans.Add(new(moment.Key, null, state.State, name, now));
            }
        }

        return spans;
    }

    /// <summary>What those above asked for and were answered, out of the history.</summary>
    public IEnumerable<SupervisionItem> Supervision(IReadOnlyList<CaseEventRow> history)
    {
        var placed = history.Where(row => row.Kind is CaseEventText.Supervised or CaseEventText.Answered or CaseEventText.AnswerOverdue).Select(row => row.Placed).ToList();
        foreach (var asked in placed)
        {
            if (asked.Event is CaseSupervised it)
            {
                var answer = placed.Find(each => each.Event is CaseSupervisionAnswered answered && answered.Seq == asked.Seq);
                var late = placed.Exists(each => each.Event is CaseAnswerOverdue overdue && overdue.Seq == asked.Seq);
                yield return new(
                    asked.Seq, it.Kind, it.Text, asked.Actor, names.Person(asked.Actor), it.Region, it.Above, asked.At, it.Due, late,
                    answer is null ? null : new(answer.Seq, ((CaseSupervisionAnswered)answer.Event).Text, answer.Actor, names.Person(answer.Actor), answer.At));
            }
        }
    }

    private HistoryItem Line(CaseEventRow row)
    {
        JsonElement? data = row.Content is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Content);
        return new HistoryItem(
            row.Seq, CaseTime.Of(row.At), row.Actor, names.Person(row.Actor), row.Kind, data, row.Content is null,
            Convert.ToHexStringLower(row.Link));
    }
}

using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Puts names to what cases hold by id.</summary>
public sealed class CaseView(PackCatalog packs, Things things, Users users, Parties parties, CaseStore cases)
{
    public CaseItem Item(CaseRow row)
    {
        var title = new Label(row.TitleZh, row.TitleEn);
        return new CaseItem(
            row.Id, row.Id, row.Type, packs.Current.CaseName(row.Type), title.Zh, title, row.State,
            packs.Current.StateName(row.Type, row.State), row.Final, row.Severity,
            row.Thing, row.Thing is { } thing ? ThingName(thing) : null, row.Party, row.Region,
            row.Assignee, row.Assignee is { } assignee ? PersonName(assignee) : null,
            CaseTime.Of(row.OpenedAt), row.OpenedBy, row.Due is { } due ? CaseTime.Of(due) : null, row.Late,
            row.ClosedAt is { } closed ? CaseTime.Of(closed) : null, row.Alarm, row.Version);
    }

    public CaseDetail Detail(Caller caller, CaseFile file)
    {
        var type = packs.Current.CaseType(file.State.Type);
        var actor = CaseActor.Of(caller, cases.ScopeOf(file.State.Party, file.State.Region));
        return new CaseDetail(Item(CaseRow.Of(file.State, file.Ordinal)))
        {
            Fields = file.State.Fields,
            FieldInfo = [.. (type?.Fields ?? []).Select(FieldInfo.Of)],
            Transitions = [.. Leaving(type, file.State).Select(transition => Step(transition, file.State, actor))],
            Responsible = ResponsibleFor(type, file.State),
            Alarms = file.State.Alarms,
            History = [.. file.History.Select(Line)],
        };
    }

    private Responsible? ResponsibleFor(CaseType? type, Case state)
    {
        if (state.Final)
        {
            return null;
        }

        if (state.Assignee is { } assignee)
        {
            var name = PersonName(assignee);
            return new Responsible("user", assignee, name, Label.Of(name));
        }

        // The duty is held by the least role that can move the case on.
        var right = Leaving(type, state).Select(transition => transition.Right).DefaultIfEmpty(Right.Operate).Min();
        var party = parties.Find(state.Party)?.Name ?? state.Party;
        var (zh, en) = Duty(right);
        return new Responsible("duty", state.Party, $"{party} {zh}", new Label($"{party} {zh}", $"{party} {en}"));
    }

    private static (string Zh, string En) Duty(Right right) => right switch
    {
        Right.View => ("查看员", "viewers"),
        Right.Operate => ("值班操作员", "operators on duty"),
        Right.Configure => ("值班工程师", "engineers on duty"),
        _ => ("管理员", "administrators"),
    };

    private static IEnumerable<CaseTransition> Leaving(CaseType? type, Case state) =>
        state.Final || type is null ? [] : type.Transitions.Where(transition => transition.From.Contains(state.State));

    private static TransitionItem Step(CaseTransition transition, Case state, CaseActor actor)
    {
        var forbidden = CaseDecider.Forbids(transition, state, actor);
        return new TransitionItem(
            transition.Id, transition.Name, transition.To, transition.Requires, transition.Assigns, transition.CommentRequired,
            forbidden is null, forbidden?.Why);
    }

    private HistoryItem Line(CaseEventRow row)
    {
        JsonElement? data = row.Content is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Content);
        return new HistoryItem(
            row.Seq, CaseTime.Of(row.At), row.Actor, PersonName(row.Actor), row.Kind, data, row.Content is null,
            Convert.ToHexStringLower(row.Link));
    }

    private string ThingName(string id) => things.TryGet(id, out var thing) ? thing.Name : id;

    private string PersonName(string id) => id == Caller.System.Id ? Caller.System.Name : users.Find(id)?.Name ?? id;
}

using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Names of things, people and parties, and who is responsible.</summary>
public sealed class CaseNames(Things things, Users users, Parties parties)
{
    public string Thing(string id) => things.TryGet(id, out var thing) ? thing.Name : id;

    public string Person(string id) => id == Caller.System.Id ? Caller.System.Name : users.Find(id)?.Name ?? id;

    /// <summary>Who has to move a case on; null once it is closed.</summary>
    public Responsible? ResponsibleFor(CaseType? type, Case state)
    {
        if (state.Final)
        {
            return null;
        }

        if (state.Assignee is { } assignee)
        {
            var name = Person(assignee);
            return new("user", assignee, name, Label.Of(name), state.Delegate);
        }

        var party = parties.Find(state.Party)?.Name ?? state.Party;
        var said = type?.States.FirstOrDefault(each => each.Id == state.State)?.Role;
        if (type?.Roles.FirstOrDefault(each => each.Id == said) is { } role)
        {
            return new("duty", state.Party, $"{party} {role.Name.Zh}", new($"{party} {role.Name.Zh}", $"{party} {role.Name.En}"));
        }

        // The duty is held by the least role that can move the case on.
        var right = Leaving(type, state).Select(transition => transition.Right).DefaultIfEmpty(Right.Operate).Min();
        var (zh, en) = CaseWording.Duty(right);
        return new("duty", state.Party, $"{party} {zh}", new($"{party} {zh}", $"{party} {en}"));
    }

    /// <summary>The transitions that lead out of the state that a case is in.</summary>
    public static IEnumerable<CaseTransition> Leaving(CaseType? type, Case state) =>
        state.Final || type is null ? [] : type.Transitions.Where(transition => transition.From.Contains(state.State));
}

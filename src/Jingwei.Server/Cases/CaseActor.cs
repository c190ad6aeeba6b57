using System.Collections.Immutable;
using Jingwei.Server.Access;

namespace Jingwei.Server.Cases;

/// <summary>Who signals, and the highest right that he holds over the case's party and region; null for none.</summary>
/// <param name="Person">True for a user: only users can be assignees.</param>
public readonly record struct CaseActor(string Id, bool Person, Right? Highest)
{
    public static CaseActor Of(Caller caller, Scope scope) =>
        new(caller.Id, caller.Kind == CallerKind.User, HighestOf(caller, scope));

    public bool May(Right right) => Highest >= right;

    private static Right? HighestOf(Caller caller, Scope scope)
    {
        for (var right = Right.Administer; right > Right.View; right--)
        {
            if (caller.May(right, scope))
            {
                return right;
            }
        }

        return caller.May(Right.View, scope) ? Right.View : null;
    }
}

/// <summary>Who is to be assigned, and whether he may operate on the case.</summary>
public sealed record CaseAssignee(string Id, bool MayOperate);

/// <summary>Why a signal was not taken.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Errors">By field, for those that can be mended; empty otherwise.</param>
public sealed record Refusal(int Status, string Code, Label Why, ImmutableSortedDictionary<string, string[]> Errors)
{
    public Refusal(int status, string code, string zh, string en)
        : this(status, code, new Label(zh, en), ImmutableSortedDictionary<string, string[]>.Empty)
    {
    }
}

/// <summary>What comes of a signal: events (none when there is nothing to do) or a refusal.</summary>
public sealed record Decision(ImmutableArray<CaseEvent> Events, Refusal? Refusal)
{
    public static Decision Nothing { get; } = new([], null);

    public static Decision Of(CaseEvent it) => new([it], null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    public static implicit operator Decision(ImmutableArray<CaseEvent> events) => new(events, null);
}

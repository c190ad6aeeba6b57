using System.Collections.Concurrent;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Facts;

/// <summary>Who may record and see whose facts. A fact is its party's, and in no region.</summary>
internal sealed class FactRights(Parties parties, Users users, Tokens tokens, NameBook names)
{
    /// <summary>Records facts of a party: whoever operates its things.</summary>
    public bool MayCapture(Caller caller, string party) => parties.Find(party) is not null && caller.May(Right.Operate, ScopeOf(party));

    public bool MaySee(Caller caller, string party) => caller.May(Right.View, ScopeOf(party));

    /// <summary>The party that a caller speaks for where he names none: that of the user, or what a token was made for.</summary>
    public string HomeOf(Caller caller) => caller.Kind switch
    {
        CallerKind.User => users.Find(caller.Id)!.Party,
        CallerKind.Token => tokens.ById(caller.Id)?.Grant?.Party ?? Parties.Root,
        _ => Parties.Root,
    };

    /// <summary>What a caller sees; for one request.</summary>
    public FactView ViewOf(Caller caller)
    {
        var known = new ConcurrentDictionary<uint, bool>();
        return new(party => known.GetOrAdd(party, number => names.TextOf(number) is { } id && MaySee(caller, id)));
    }

    /// <summary>The numbers of the parties whose facts a caller sees.</summary>
    public IEnumerable<uint> PartiesOf(Caller caller) => parties.All.Where(party => MaySee(caller, party.Id)).Select(party => names.NumberOf(party.Id));

    private Scope ScopeOf(string party) => new(parties.PathOf(party), TreePath.Root(Regions.Root));
}

/// <summary>Which facts somebody sees.</summary>
/// <param name="Sees">Whether he sees those of a party, by its number.</param>
internal sealed record FactView(Func<uint, bool> Sees);

using Jingwei.Server.Access;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>Who may see a prefix, apply for one, decide about one.</summary>
public sealed class PrefixRights(Prefixes prefixes, Parties parties)
{
    /// <summary>Where something that is a party's, and in no region, stands.</summary>
    public Scope ScopeOf(string party) => new(parties.PathOf(party), TreePath.Root(Regions.Root));

    public bool MaySee(Caller caller, Prefix prefix) => caller.May(Right.View, ScopeOf(prefix.Party)) || MayReview(caller, prefix.Name);

    /// <summary>Register below it, apply for it, give it back: whoever configures the party's things.</summary>
    public bool MayConfigure(Caller caller, string party) => caller.May(Right.Configure, ScopeOf(party));

    /// <summary>Approve, refuse, suspend, limit: whoever administers the party of the prefix above, and for one below none the platform's operator.</summary>
    public bool MayReview(Caller caller, string name) =>
        caller.May(Right.Administer, prefixes.Covering(name) is { } above ? ScopeOf(above.Party) : Scope.Everything);
}

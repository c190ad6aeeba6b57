using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;

namespace Jingwei.Server.Identifiers.CompanyPrefixes;

/// <summary>A GS1 Company Prefix as the API shows it.</summary>
/// <param name="Party">Whose prefix it is.</param>
/// <param name="MayReview">Whether the caller may approve or refuse it.</param>
/// <param name="MayConfigure">Whether the caller may give it back.</param>
public sealed record CompanyPrefixItem(
    string Digits, string Prefix, string Party, string? PartyName, CompanyPrefixState State, string? Why, string By, string ByName, DateTimeOffset Changed,
    bool MayReview, bool MayConfigure);

/// <summary>Why it is decided so.</summary>
public sealed record CompanyPrefixDecision(string? Why);

/// <summary>Makes what the API shows, and knows who may see and decide what.</summary>
public sealed class CompanyPrefixItems(Prefixes.Prefixes prefixes, PrefixRights rights, Parties parties, Actors actors)
{
    /// <summary>
    /// Approve, refuse: the platform's operator alone. GS1 gives its prefixes out for the whole world, so nobody who only holds a branch of this
    /// node's prefixes may decide whose one is.
    /// </summary>
    public static bool MayReview(Caller caller) => caller.May(Right.Administer, Scope.Everything);

    /// <summary>The prefix, where the caller may see it.</summary>
    public Prefix? Visible(Caller caller, string prefix) =>
        PrefixName.Of(prefix) is { } name && prefixes.Find(name) is { } found && (rights.MaySee(caller, found) || MayReview(caller)) ? found : null;

    public bool MayConfigure(Caller caller, Prefix prefix) => rights.MayConfigure(caller, prefix.Party);

    public CompanyPrefixItem Of(Caller caller, CompanyPrefix each, Prefix prefix) => new(
        each.Digits, each.Prefix, prefix.Party, parties.Find(prefix.Party)?.Name, each.State, each.Why, each.By, actors.NameOf(each.By), each.Changed,
        MayReview(caller), MayConfigure(caller, prefix));
}

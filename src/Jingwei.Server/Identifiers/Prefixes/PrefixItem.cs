using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>A prefix as the API shows it.</summary>
/// <param name="Above">The prefix that it stands below here; null: none.</param>
/// <param name="Identifiers">How many are registered below it.</param>
public sealed record PrefixItem(
    string Prefix, string Party, string? PartyName, PrefixState State, string? Above, PrefixApplicant? Applicant, PrefixDelegation? Delegation, long? Quota,
    long Identifiers, string? Why, string By, string ByName, DateTimeOffset Applied, DateTimeOffset Changed, long Version, bool MayReview, bool MayConfigure);

/// <summary>A change of a prefix as the API shows it.</summary>
public sealed record PrefixChangeItem(
    long Version, DateTimeOffset At, string By, string ByName, PrefixState State, string? Why, PrefixDelegation? Delegation, long? Quota);

/// <summary>Somebody asks for a prefix.</summary>
/// <param name="Prefix">The very one; or</param>
/// <param name="Below">the next number below this one.</param>
/// <param name="Applicant">Left out only by who may approve it himself: it is active at once.</param>
public sealed record PrefixApplication(string? Prefix, string? Below, string? Party, PrefixApplicant? Applicant);

/// <summary>What the reviewer sets; what is null is taken away.</summary>
public sealed record PrefixSettings(PrefixDelegation? Delegation, long? Quota);

public sealed record PrefixDecision(string? Why);

/// <summary>Makes what the API shows.</summary>
public sealed class PrefixItems(Prefixes prefixes, PrefixRights rights, PrefixCounts counts, Parties parties, Actors actors)
{
    public PrefixItem Of(Caller caller, Prefix prefix) => new(
        prefix.Name, prefix.Party, parties.Find(prefix.Party)?.Name, prefix.State, prefixes.Covering(prefix.Name)?.Name, prefix.Applicant, prefix.Delegation,
        prefix.Quota, counts.Of(prefix.Name), prefix.Why, prefix.By, actors.NameOf(prefix.By), prefix.Applied, prefix.Changed, prefix.Version,
        rights.MayReview(caller, prefix.Name), rights.MayConfigure(caller, prefix.Party));

    public PrefixChangeItem Of(PrefixChange change) => new(
        change.Version, change.At, change.By, actors.NameOf(change.By), change.State, change.Why, change.Delegation, change.Quota);
}

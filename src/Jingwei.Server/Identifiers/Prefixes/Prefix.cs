namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>Where a prefix stands.</summary>
public enum PrefixState
{
    /// <summary>Asked for, not yet looked at.</summary>
    Applied,

    /// <summary>Identifiers are registered and resolved below it.</summary>
    Active,

    /// <summary>Nothing is registered, and nothing of it resolves, until it is resumed.</summary>
    Suspended,

    /// <summary>Asked for and not given.</summary>
    Refused,

    /// <summary>Given back, or taken back by who applied; for good.</summary>
    Withdrawn,
}

/// <summary>Who stands behind a prefix, as the reviewer checks it against the papers.</summary>
/// <param name="Organisation">The registered name.</param>
/// <param name="CreditCode">Unified social credit code (GB 32100-2015); null for organisations abroad.</param>
/// <param name="Industry">In the applicant's words.</param>
/// <param name="Contact">A person.</param>
/// <param name="Phone">As it is dialled.</param>
/// <param name="Email">Where questions go.</param>
/// <param name="Purpose">What is going to be identified.</param>
public sealed record PrefixApplicant(
    string Organisation, string? CreditCode, string? Industry, string Contact, string? Phone, string? Email, string Purpose);

/// <summary>The enterprise's own node, to which everything below the prefix is referred.</summary>
/// <param name="Host">Name or address; the Handle protocol over TCP and UDP.</param>
/// <param name="Port">2641 is registered for it.</param>
/// <param name="Http">Its HTTP interface, as `https://id.example.cn`; null where there is none.</param>
public sealed record PrefixDelegation(string Host, int Port, Uri? Http)
{
    /// <summary>The port that IANA has registered for the Handle protocol.</summary>
    public const int RegisteredPort = 2641;
}

/// <summary>A prefix and who may register identifiers below it. Immutable.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Applicant">Null for a prefix that the operator of the node made himself.</param>
/// <param name="Delegation">Null: its identifiers are kept here.</param>
/// <param name="Quota">Most identifiers below it; null: as many as the node takes.</param>
/// <param name="Why">What was said at the last change of state.</param>
/// <param name="By">Who made the last change.</param>
/// <param name="Version">Grows with each change; from 1.</param>
public sealed record Prefix(
    string Name, string Party, PrefixState State, PrefixApplicant? Applicant, PrefixDelegation? Delegation, long? Quota, string? Why, string By,
    DateTimeOffset Applied, DateTimeOffset Changed, long Version)
{
    /// <summary>Whether identifiers can be registered below it here.</summary>
    public bool TakesIdentifiers => State == PrefixState.Active && Delegation is null;
}

/// <summary>A change of a prefix, as its history keeps it.</summary>
/// <param name="State">After it.</param>
public sealed record PrefixChange(long Version, DateTimeOffset At, string By, PrefixState State, string? Why, PrefixDelegation? Delegation, long? Quota);

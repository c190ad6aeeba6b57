using Jingwei.Server.Access;

namespace Jingwei.Server.Identifiers.Values;

/// <summary>Who asks for identifiers, and what for.</summary>
/// <param name="Caller">Null for anybody.</param>
/// <param name="PartyId">The party that he belongs to.</param>
/// <param name="Party">Where it stands among the parties.</param>
/// <param name="Purpose">What he says that he wants it for; null when he says nothing.</param>
public sealed record Asker(Caller? Caller, string? PartyId, TreePath Party, string? Purpose)
{
    /// <summary>Somebody who did not sign in.</summary>
    public static Asker Anybody { get; } = new(null, null, default, null);

    public bool BelongsTo(string party) => PartyId is not null && Party.Covers(party);

    public bool Holds(Role role) => Caller is { } caller && caller.Grants.Any(grant => grant.Role == role);
}

/// <summary>Finds out who asks.</summary>
public sealed class Askers(Users users, Tokens tokens, Parties parties)
{
    /// <param name="purpose">As the request says it.</param>
    public Asker Of(Caller? caller, string? purpose) => caller is null
        ? Asker.Anybody
        : PartyOf(caller) is { } party ? new(caller, party, parties.PathOf(party), purpose) : new(caller, null, default, purpose);

    /// <summary>The party of a user; of a token that of its grant; null for things, which read their own platform's identifiers by none.</summary>
    public string? PartyOf(Caller caller) => caller.Kind switch
    {
        CallerKind.User => users.Find(caller.Id)?.Party,
        CallerKind.Token => tokens.ById(caller.Id)?.Grant?.Party,
        _ => null,
    };
}

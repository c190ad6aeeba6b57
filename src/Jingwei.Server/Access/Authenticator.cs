using System.Collections.Immutable;

namespace Jingwei.Server.Access;

/// <summary>Turns what a client shows (token, or name and secret) into a caller; the one door for HTTP and MQTT.</summary>
public sealed class Authenticator(Users users, Tokens tokens, Parties parties, Regions regions)
{
    /// <summary>The user name under which an API token stands in for a password (MQTT, basic sign-in).</summary>
    public const string TokenUser = "token";

    private Func<string, string, Caller?> things = (_, _) => null;

    /// <summary>Lets things sign in with their secrets; set once by the slice that keeps the secrets.</summary>
    public void AddThings(Func<string, string, Caller?> verify) => things = verify;

    /// <summary>The caller behind a bearer token, or null.</summary>
    public Caller? ByToken(string secret) => tokens.Find(secret) is { } token ? Of(token) : null;

    /// <summary>The caller as he stands now, for connections that outlive a request; null when he may not come in any more.</summary>
    public Caller? Renew(Caller caller) => caller.Kind switch
    {
        CallerKind.User => users.Find(caller.Id) is { Disabled: false } user ? Of(user) : null,
        CallerKind.Token => tokens.ById(caller.Id) is { } token ? Of(token) : null,
        _ => caller,
    };

    // A token ends with the user who made it, and does no more than he may do now.
    private Caller? Of(Token token)
    {
        if (users.Find(token.User) is not { Disabled: false } user)
        {
            return null;
        }

        if (token.Grant is not { } grant)
        {
            return Of(user);
        }

        var within = Of(user).May((Right)grant.Role, new(parties.PathOf(grant.Party), regions.PathOf(grant.Region)));
        return new(CallerKind.Token, token.Id, token.Name, within ? [grant] : []);
    }

    /// <summary>A token under the name "token", or a thing with its secret. Users do not sign in this way.</summary>
    public Caller? ByNameAndSecret(string name, string secret) =>
        name == TokenUser ? ByToken(secret) : things(name, secret);

    public static Caller Of(User user) => new(CallerKind.User, user.Id, user.Name, user.Grants);

    /// <summary>A thing speaks for itself and holds no grants.</summary>
    public static Caller OfThing(string id, string name) => new(CallerKind.Thing, id, name, ImmutableArray<Grant>.Empty);
}

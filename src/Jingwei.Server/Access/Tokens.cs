using System.Collections.Concurrent;
using Dapper;

namespace Jingwei.Server.Access;

/// <summary>What stands behind a bearer token: a user's session, or an API token with one grant of its own.</summary>
/// <param name="User">The session's user, or who made the API token.</param>
/// <param name="Grant">Null for a session, which has its user's grants.</param>
/// <param name="Prefix">The first characters of the token, by which people tell tokens apart.</param>
public sealed record Token(
    string Id, string Name, string User, Grant? Grant, string Prefix, DateTimeOffset Created, DateTimeOffset? Expires)
{
    public bool IsSession => Grant is null;
}

/// <summary>Sessions and API tokens; only their hashes are stored.</summary>
public sealed class Tokens
{
    /// <summary>A session lasts a shift and the hand-over.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(14);

    // Screens that one user has open at once; the oldest session ends when there would be more.
    private const int MaximumSessions = 100;

    private const int PrefixLength = 6;
    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Token> byHash;

    public Tokens(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "access.tokens",
            """
            CREATE TABLE token (
                id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, user TEXT NOT NULL, role INTEGER, party TEXT, region TEXT,
                prefix TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER)
            """);
        database.Write((store, transaction) =>
            store.Execute("DELETE FROM token WHERE expires < @now", new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction));
        byHash = new(database.Read(store => store.Query<TokenRow>("SELECT * FROM token"))
            .Select(row => KeyValuePair.Create(row.Hash, row.ToToken())), StringComparer.Ordinal);
    }

    public IEnumerable<Token> ApiTokens => byHash.Values.Where(token => !token.IsSession);

    /// <summary>The live token with that secret, or null.</summary>
    public Token? Find(string secret)
    {
        var token = byHash.GetValueOrDefault(Key(secret));
        return token is null || IsOver(token) ? null : token;
    }

    /// <summary>The live API token of that id, or null.</summary>
    public Token? ById(string id) => ApiTokens.FirstOrDefault(token => token.Id == id && !IsOver(token));

    /// <summary>Starts a session; the secret is returned once and not kept.</summary>
    public (Token Token, string Secret) OpenSession(User user)
    {
        Remove(IsOver);
        var sessions = byHash.Values.Where(token => token.IsSession && token.User == user.Id).OrderByDescending(token => token.Created).ToList();
        foreach (var oldest in sessions.Skip(MaximumSessions - 1))
        {
            Remove(token => token.Id == oldest.Id);
        }

        return Add("session", user.Id, null, clock.GetUtcNow() + SessionLifetime);
    }

    /// <summary>Makes an API token; the secret is returned once and not kept.</summary>
    public (Token Token, string Secret) Add(string name, string user, Grant? grant, DateTimeOffset? expires)
    {
        var secret = "jw_" + Secret.New();
        var token = new Token(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), name, user, grant, secret[..PrefixLength], clock.GetUtcNow(), expires);
        database.Write((store, transaction) => store.Execute(
            """
            INSERT INTO token (id, hash, name, user, role, party, region, prefix, created, expires)
            VALUES (@Id, @hash, @Name, @User, @role, @Party, @Region, @Prefix, @created, @expires)
            """,
            new
            {
                token.Id,
                hash = Key(secret),
                token.Name,
                token.User,
                role = (int?)grant?.Role,
                grant?.Party,
                grant?.Region,
                token.Prefix,
                created = token.Created.ToUnixTimeMilliseconds(),
                expires = expires?.ToUnixTimeMilliseconds(),
            },
            transaction));
        byHash[Key(secret)] = token;
        return (token, secret);
    }

    public void Remove(Func<Token, bool> which)
    {
        foreach (var (hash, token) in byHash.Where(pair => which(pair.Value)))
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM token WHERE id = @Id", new { token.Id }, transaction));
            byHash.TryRemove(hash, out _);
        }
    }

    private bool IsOver(Token token) => token.Expires <= clock.GetUtcNow();

    private static string Key(string secret) => Convert.ToHexString(Secret.Hash(secret));

    private sealed record TokenRow(
        string Id, string Hash, string Name, string User, long? Role, string? Party, string? Region, string Prefix, long Created, long? Expires)
    {
        public Token ToToken() => new(
            Id, Name, User, Role is { } role ? new Grant(0, (Role)role, Party!, Region!) : null, Prefix,
            DateTimeOffset.FromUnixTimeMilliseconds(Created),
            Expires is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }
}

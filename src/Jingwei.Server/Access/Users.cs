using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Jingwei.Server.Access;

/// <summary>A person who signs in.</summary>
public sealed record User(string Id, string Name, string Party, bool Disabled, DateTimeOffset Created, DateTimeOffset? LastSignIn, ImmutableArray<Grant> Grants);

/// <summary>Everybody who may sign in and what each was granted; in memory, stored before it is seen.</summary>
public sealed class Users
{
    public const string First = "admin";

    // NIST SP 800-63B section 5.1.1.2: at least 8 characters for a memorised secret.
    public const int MinimumPasswordLength = 8;

    // Long enough for any passphrase, short enough that hashing it costs nobody anything (same section: accept at least 64).
    public const int MaximumPasswordLength = 256;

    private readonly PasswordHasher<User> hasher = new();
    private readonly ConcurrentDictionary<string, User> all;
    private readonly ConcurrentDictionary<string, string> hashes;
    private readonly string nobodysHash;
    private readonly Database database;
    private readonly TimeProvider clock;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public Users(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "access.users",
            """
            CREATE TABLE user (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, party TEXT NOT NULL REFERENCES party (id), password_hash TEXT NOT NULL,
                disabled INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, last_sign_in INTEGER);
            CREATE TABLE user_grant (
                id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
                role INTEGER NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, UNIQUE (user, role, party, region));
            """);
        var rows = database.Read(store => store.Query<UserRow>("SELECT * FROM user").AsList());
        var grants = database.Read(store => store.Query<GrantRow>("SELECT * FROM user_grant").ToLookup(row => row.User));
        all = new(rows.Select(row => KeyValuePair.Create(row.Id, row.ToUser(grants[row.Id]))), StringComparer.Ordinal);
        hashes = new(rows.Select(row => KeyValuePair.Create(row.Id, row.Password_Hash)), StringComparer.Ordinal);
        nobodysHash = hasher.HashPassword(null!, Secret.New());
    }

    public ICollection<User> All => all.Values;

    public User? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>The users whose grants give <paramref name="right"/> over <paramref name="scope"/>.</summary>
    public IEnumerable<User> WithRight(Right right, Scope scope) =>
        all.Values.Where(user => !user.Disabled && user.Grants.Any(grant => grant.Gives(right, scope)));

    /// <summary>The user with that password, or null; takes the same time whether he exists or not.</summary>
    public User? Verify(string id, string password)
    {
        var hash = hashes.GetValueOrDefault(id, nobodysHash);
        var fits = hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;
        return fits && Find(id) is { Disabled: false } user ? user : null;
    }

    /// <summary>Adds a user; false when the id is taken.</summary>
    public bool Add(string id, string name, string party, string password)
    {
        var user = new User(id, name, party, false, clock.GetUtcNow(), null, []);
        var hash = hasher.HashPassword(user, password);
        lock (gate)
        {
            if (all.ContainsKey(id))
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute(
                "INSERT INTO user (id, name, party, password_hash, created) VALUES (@id, @name, @party, @hash, @created)",
                new { id, name, party, hash, created = user.Created.ToUnixTimeMilliseconds() },
                transaction));
            hashes[id] = hash;
            return all.TryAdd(id, user);
        }
    }

    /// <summary>Changes what is not null; returns the user after it, null when there is none.</summary>
    public User? Update(string id, string? name, string? party, bool? disabled)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute(
                """
                UPDATE user SET name = COALESCE(@name, name), party = COALESCE(@party, party), disabled = COALESCE(@disabled, disabled)
                WHERE id = @id
                """,
                new { id, name, party, disabled },
                transaction));
            return Change(id, user => user with { Name = name ?? user.Name, Party = party ?? user.Party, Disabled = disabled ?? user.Disabled });
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM user WHERE id = @id", new { id }, transaction));
            all.TryRemove(id, out _);
            hashes.TryRemove(id, out _);
        }
    }

    public void SetPassword(string id, string password)
    {
        var hash = hasher.HashPassword(null!, password);
        lock (gate)
        {
            var found = database.Write((store, transaction) =>
                store.Execute("UPDATE user SET password_hash = @hash WHERE id = @id", new { id, hash }, transaction)) == 1;
            if (found)
            {
                hashes[id] = hash;
            }
        }
    }

    public void SignedIn(User user)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute(
                "UPDATE user SET last_sign_in = @now WHERE id = @Id", new { now = now.ToUnixTimeMilliseconds(), user.Id }, transaction));
            Change(user.Id, each => each with { LastSignIn = now });
        }
    }

    /// <summary>Grants a role; null when the user holds that very grant already.</summary>
    public Grant? AddGrant(string user, Role role, string party, string region)
    {
        lock (gate)
        {
            var id = database.Write((store, transaction) => store.ExecuteScalar<long?>(
                """
                INSERT INTO user_grant (user, role, party, region) SELECT @user, @role, @party, @region
                WHERE EXISTS (SELECT 1 FROM user WHERE id = @user)
                ON CONFLICT DO NOTHING RETURNING id
                """,
                new { user, role, party, region },
                transaction));
            if (id is null)
            {
                return null;
            }

            var grant = new Grant(id.Value, role, party, region);
            Change(user, each => each with { Grants = each.Grants.Add(grant) });
            return grant;
        }
    }

    public void RemoveGrant(string user, long id)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM user_grant WHERE id = @id AND user = @user", new { id, user }, transaction));
            Change(user, each => each with { Grants = each.Grants.RemoveAll(grant => grant.Id == id) });
        }
    }

    // Within the gate.
    private User? Change(string id, Func<User, User> change)
    {
        if (!all.TryGetValue(id, out var user))
        {
            return null;
        }

        return all[id] = change(user);
    }

    private sealed record UserRow(string Id, string Name, string Party, string Password_Hash, long Disabled, long Created, long? Last_Sign_In)
    {
        public User ToUser(IEnumerable<GrantRow> grants) => new(
            Id, Name, Party, Disabled != 0, DateTimeOffset.FromUnixTimeMilliseconds(Created),
            Last_Sign_In is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            [.. grants.Select(row => new Grant(row.Id, (Role)row.Role, row.Party, row.Region))]);
    }

    private sealed record GrantRow(long Id, string User, long Role, string Party, string Region);
}

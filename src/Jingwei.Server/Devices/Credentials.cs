using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>The secrets by which things sign in: one each, stored hashed, shown once.</summary>
public sealed class Credentials
{
    // ThingsBoard makes access tokens of 20 random letters and digits, some 119 bits, and takes up to 32 characters; MQTT libraries hold more.
    private const int ShortestGiven = 20;
    private const int LongestGiven = 128;

    private readonly Database database;
    private readonly Things things;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, byte[]> hashes;

    // The things by their secrets' hashes. Looking up a hash tells nothing of the secret, however long it takes.
    private readonly ConcurrentDictionary<string, string> owners;

    // One change at a time, so that memory and store end with the same secret.
    private readonly Lock gate = new();

    public Credentials(Database database, Things things, TimeProvider clock, Authenticator authenticator)
    {
        (this.database, this.things, this.clock) = (database, things, clock);
        database.Migrate(
            "devices.credentials",
            "CREATE TABLE credential (thing TEXT PRIMARY KEY, hash BLOB NOT NULL, created INTEGER NOT NULL)");
        hashes = new(database.Read(store => store.Query<(string Thing, byte[] Hash)>("SELECT thing, hash FROM credential"))
            .Select(row => KeyValuePair.Create(row.Thing, row.Hash)), StringComparer.Ordinal);
        owners = new(hashes.Select(each => KeyValuePair.Create(Key(each.Value), each.Key)), StringComparer.Ordinal);
        authenticator.AddThings(Verify);
        things.Removed += Remove;
    }

    public bool Has(string thing) => hashes.ContainsKey(thing);

    /// <summary>Makes the thing's secret; an older one ends.</summary>
    public string Renew(string thing)
    {
        var secret = Secret.New();
        return TrySet(thing, secret) ? secret : throw new InvalidOperationException("A random secret was made a second time.");
    }

    /// <summary>What is wrong with a secret that somebody brings along, or null.</summary>
    public static string? Fault(string secret) =>
        secret.Length is >= ShortestGiven and <= LongestGiven && secret.All(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_')
            ? null
            : $"A secret that is brought along has {ShortestGiven} to {LongestGiven} letters, digits, '-' or '_'.";

    /// <summary>Gives the thing a secret that it has already, elsewhere; an older one ends. False when it is another thing's.</summary>
    /// <param name="secret">One without <see cref="Fault"/>, made by chance: only its hash is kept, and a hash hides nothing that can be guessed.</param>
    public bool TrySet(string thing, string secret)
    {
        var hash = Secret.Hash(secret);
        lock (gate)
        {
            if (owners.TryGetValue(Key(hash), out var owner) && owner != thing)
            {
                return false;
            }

            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO credential (thing, hash, created) VALUES (@thing, @hash, @now)
                ON CONFLICT (thing) DO UPDATE SET hash = excluded.hash, created = excluded.created
                """,
                new { thing, hash, now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction));
            Forget(thing);
            hashes[thing] = hash;
            owners[Key(hash)] = thing;
        }

        return true;
    }

    public void Remove(string thing)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM credential WHERE thing = @thing", new { thing }, transaction));
            Forget(thing);
        }
    }

    /// <summary>The thing that has the secret, or null.</summary>
    public Caller? BySecret(string secret) =>
        owners.TryGetValue(Key(Secret.Hash(secret)), out var thing) ? Verify(thing, secret) : null;

    private static string Key(byte[] hash) => Convert.ToHexString(hash);

    private void Forget(string thing)
    {
        if (hashes.TryRemove(thing, out var hash))
        {
            owners.TryRemove(Key(hash), out _);
        }
    }

    private Caller? Verify(string thing, string secret) =>
        things.TryGet(thing, out var found) && hashes.TryGetValue(thing, out var hash) && Secret.Matches(secret, hash)
            ? Authenticator.OfThing(found.Id, found.Name)
            : null;
}

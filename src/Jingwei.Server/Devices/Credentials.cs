using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>The secrets by which things sign in: one each, stored hashed, shown once.</summary>
public sealed class Credentials
{
    private readonly Database database;
    private readonly Things things;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, byte[]> hashes;

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
        authenticator.AddThings(Verify);
        things.Removed += Remove;
    }

    public bool Has(string thing) => hashes.ContainsKey(thing);

    /// <summary>Makes the thing's secret; an older one ends.</summary>
    public string Renew(string thing)
    {
        var secret = Secret.New();
        var hash = Secret.Hash(secret);
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO credential (thing, hash, created) VALUES (@thing, @hash, @now)
                ON CONFLICT (thing) DO UPDATE SET hash = excluded.hash, created = excluded.created
                """,
                new { thing, hash, now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction));
            hashes[thing] = hash;
        }

        return secret;
    }

    public void Remove(string thing)
    {
        lock (gate)
        {
            database.Write((store, transaction) => store.Execute("DELETE FROM credential WHERE thing = @thing", new { thing }, transaction));
            hashes.TryRemove(thing, out _);
        }
    }

    private Caller? Verify(string thing, string secret) =>
        things.TryGet(thing, out var found) && hashes.TryGetValue(thing, out var hash) && Secret.Matches(secret, hash)
            ? Authenticator.OfThing(found.Id, found.Name)
            : null;
}

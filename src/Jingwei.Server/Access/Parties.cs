using System.Collections.Concurrent;
using Dapper;

namespace Jingwei.Server.Access;

/// <summary>An organisation or person; organisations form a tree. Its zone is an IANA name; days and shifts are local to it.</summary>
public sealed record Party(string Id, string Name, string? Parent, string Zone);

/// <summary>The tree of parties, in memory, stored before it is seen.</summary>
public sealed class Parties
{
    public const string Root = "root";

    private const string DefaultZone = "Asia/Shanghai";
    private readonly Database database;
    private readonly ConcurrentDictionary<string, Party> all;

    // One change at a time, so that memory and store take changes in the same order.
    private readonly Lock gate = new();

    public Parties(Database database)
    {
        this.database = database;
        database.Migrate(
            "access.parties",
            "CREATE TABLE party (id TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT REFERENCES party (id), zone TEXT NOT NULL)",
            $"INSERT INTO party (id, name, parent, zone) VALUES ('{Root}', 'Jingwei', NULL, '{DefaultZone}')");
        all = new(database.Read(store => store.Query<Party>("SELECT id, name, parent, zone FROM party"))
            .Select(party => KeyValuePair.Create(party.Id, party)), StringComparer.Ordinal);
    }

    public ICollection<Party> All => all.Values;

    public Party? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>Where a party stands; for an unknown one a path that no grant covers.</summary>
    public TreePath PathOf(string id) => Tree.PathOf(id, each => all.TryGetValue(each, out var party) ? (true, party.Parent) : (false, null));

    /// <summary>The zone that a party's days and shifts are counted in.</summary>
    public TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.FindSystemTimeZoneById(Find(id)?.Zone ?? DefaultZone);

    /// <summary>Adds a party; false when the id is taken.</summary>
    public bool Add(Party party)
    {
        lock (gate)
        {
            if (all.ContainsKey(party.Id))
            {
                return false;
            }

            database.Write((store, transaction) =>
                store.Execute("INSERT INTO party (id, name, parent, zone) VALUES (@Id, @Name, @Parent, @Zone)", party, transaction));
            return all.TryAdd(party.Id, party);
        }
    }

    public void Update(Party party)
    {
        lock (gate)
        {
            database.Write((store, transaction) =>
                store.Execute("UPDATE party SET name = @Name, zone = @Zone WHERE id = @Id", party, transaction));
            all[party.Id] = party;
        }
    }
}

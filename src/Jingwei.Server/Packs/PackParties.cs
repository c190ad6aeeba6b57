using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Packs;

/// <summary>
/// For which tenants, the parties at the top of the tree, a pack is enabled: for all, until somebody names some. Where it is not, no things of its
/// types are made, and its views are not shown; what is there stays.
/// </summary>
public sealed class PackParties
{
    private readonly Database database;
    private readonly Parties parties;
    private readonly PackCatalog catalog;
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> named = new(StringComparer.Ordinal);

    public PackParties(Database database, Parties parties, PackCatalog catalog)
    {
        (this.database, this.parties, this.catalog) = (database, parties, catalog);
        database.Migrate("packs.parties", "CREATE TABLE pack_party (pack TEXT NOT NULL, party TEXT NOT NULL REFERENCES party (id), PRIMARY KEY (pack, party))");
        foreach (var pack in database.Read(store => store.Query<(string Pack, string Party)>("SELECT pack, party FROM pack_party").AsList()).GroupBy(row => row.Pack, StringComparer.Ordinal))
        {
            named[pack.Key] = [.. pack.Select(row => row.Party).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The parties that a pack is enabled for; the root where it is for all.</summary>
    public IReadOnlyList<string> Of(string pack) => named.GetValueOrDefault(pack, [Parties.Root]);

    /// <summary>Whether things of that type may be made at that party; a type of no pack is another check's.</summary>
    public bool AllowsType(string type, string party) => catalog.Current.Type(type) is not { } known || Allows(known.Pack, party);

    public bool Allows(string pack, string party) =>
        !named.TryGetValue(pack, out var enabled) || parties.PathOf(party) is var path && enabled.Any(path.Covers);

    /// <summary>Whether a caller sees anything of a party that has the pack.</summary>
    public bool Shows(string pack, Caller caller) => !named.TryGetValue(pack, out var enabled) || caller.Kind == CallerKind.System ||
        caller.Grants.Any(grant => grant.Party == Parties.Root || Allows(pack, grant.Party) || enabled.Any(party => parties.PathOf(party).Covers(grant.Party)));

    /// <summary>Enables a pack for these tenants alone; for all when the root is among them.</summary>
    public void Set(string pack, IReadOnlyList<string> tenants)
    {
        var some = tenants.Contains(Parties.Root) ? [] : tenants.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        database.Write((store, transaction) =>
        {
            store.Execute("DELETE FROM pack_party WHERE pack = @pack", new { pack }, transaction);
            store.Execute("INSERT INTO pack_party (pack, party) VALUES (@pack, @party)", some.Select(party => new { pack, party }), transaction);
        });
        if (some.Count == 0)
        {
            named.TryRemove(pack, out _);
        }
        else
        {
            named[pack] = some;
        }
    }
}

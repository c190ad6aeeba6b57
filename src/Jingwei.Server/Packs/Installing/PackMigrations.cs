using Dapper;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Packs.Installing;

/// <summary>
/// Brings what is stored to the names of the packs as they are now: once for each version, all in one transaction, before anything reads it. There is
/// no way back, so an older version than the store has seen is refused.
/// </summary>
public sealed class PackMigrations
{
    private readonly Database database;
    private readonly TimeProvider clock;

    public PackMigrations(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate("packs.versions", "CREATE TABLE pack_version (pack TEXT PRIMARY KEY, version TEXT NOT NULL, at INTEGER NOT NULL)");
    }

    /// <summary>The version of a pack that what is stored follows; null for one that was never here.</summary>
    internal string? Followed(string pack) => Seen().GetValueOrDefault(pack);

    /// <summary>What speaks against putting a set in force while the server runs.</summary>
    internal IReadOnlyList<PackProblem> Problems(PackSet set)
    {
        var seen = Seen();
        return [.. set.Packs.Where(pack => seen.ContainsKey(pack.Id)).Select(pack => Problem(pack, seen[pack.Id])).OfType<PackProblem>()];
    }

    /// <summary>Renames what the set's newer versions call otherwise.</summary>
    /// <exception cref="CannotStartException">A pack is older than the store has seen it, or a new name is taken.</exception>
    internal void Apply(PackSet set)
    {
        var seen = Seen();
        if (set.Packs.FirstOrDefault(pack => seen.TryGetValue(pack.Id, out var version) && PackVersion.Compare(pack.Version, version) < 0) is { } old)
        {
            throw new CannotStartException(
                $"The pack {old.Id} is of version {old.Version}; what is stored follows {seen[old.Id]} already, and there is no way back. Install that version or a newer one.");
        }

        try
        {
            Note(set, seen);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new CannotStartException($"A pack renames something to a name that is taken in the store: {fault.Message}");
        }
    }

    /// <summary>Notes versions of a set that came into force while the server runs; it renames nothing.</summary>
    internal void Note(PackSet set) => Note(set, Seen());

    private void Note(PackSet set, Dictionary<string, string> seen)
    {
        var news = set.Packs.Where(pack => seen.GetValueOrDefault(pack.Id) != pack.Version).ToList();
        if (news.Count == 0)
        {
            return;
        }

        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        database.Write((store, transaction) =>
        {
            var renaming = new StoredNames(store, transaction, at);
            foreach (var pack in news)
            {
                foreach (var step in seen.TryGetValue(pack.Id, out var before) ? Steps(pack, before) : [])
                {
                    renaming.Apply(step, pack);
                }

                store.Execute(
                    "INSERT INTO pack_version (pack, version, at) VALUES (@Id, @Version, @at) ON CONFLICT (pack) DO UPDATE SET version = excluded.version, at = excluded.at",
                    new { pack.Id, pack.Version, at }, transaction);
            }

            KillPoint.Reach("pack-versions-written");
        });
        KillPoint.Reach("pack-versions-committed");
    }

    private static PackProblem? Problem(Pack pack, string seen)
    {
        PackProblem In(string message, string expected) => new($"{pack.Id}/pack.yaml", 1, 1, message, expected);

        return PackVersion.Compare(pack.Version, seen) < 0 ? In($"version {pack.Version} is older than {seen}, which what is stored follows", "the same or a newer version")
            : Steps(pack, seen).Any() ? In($"version {pack.Version} renames what is stored", "a restart of the server, which does that before anything reads it")
            : null;
    }

    private static IEnumerable<PackMigration> Steps(Pack pack, string seen) => pack.Migrations
        .Where(step => PackVersion.Compare(step.To, seen) > 0 && PackVersion.Compare(step.To, pack.Version) <= 0)
        .Order(Comparer<PackMigration>.Create((one, other) => PackVersion.Compare(one.To, other.To)));

    private Dictionary<string, string> Seen() => database.Read(store =>
        store.Query<(string Pack, string Version)>("SELECT pack, version FROM pack_version").ToDictionary(row => row.Pack, row => row.Version, StringComparer.Ordinal));
}

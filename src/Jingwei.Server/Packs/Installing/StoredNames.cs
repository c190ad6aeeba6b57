using Dapper;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Packs.Installing;

/// <summary>Renames in the tables of the slices that keep names of packs; a store that has no such table yet has nothing to rename.</summary>
internal sealed class StoredNames(SqliteConnection store, SqliteTransaction transaction, long at)
{
    public void Apply(PackMigration step, Pack pack)
    {
        foreach (var (from, to) in step.Types)
        {
            Run("thing_change", "INSERT INTO thing_change (thing, version, at, actor, deed, fields) SELECT id, version, @at, 'system', 'Changed', json_array(json_array('type', @from, @to)) FROM thing WHERE type = @from", new { at, from, to });
            Run("thing", "UPDATE thing SET type = @to WHERE type = @from", new { from, to });
            Run("pack_memory", "DELETE FROM pack_memory WHERE kind = 'type' AND id = @from", new { from });
        }

        foreach (var rename in step.Properties)
        {
            var types = pack.Types.Where(type => type.Is(rename.Type)).Select(type => type.Id).ToList();
            Run("series", "UPDATE series SET property = @To WHERE property = @From AND thing IN (SELECT id FROM thing WHERE type IN @types)", new { rename.From, rename.To, types });
        }

        foreach (var (from, to) in step.Indicators)
        {
            Run("indicator_value", "UPDATE indicator_value SET indicator = @to WHERE indicator = @from", new { from, to });
        }
    }

    private void Run(string table, string sql, object values)
    {
        if (store.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }, transaction) > 0)
        {
            store.Execute(sql, values, transaction);
        }
    }
}

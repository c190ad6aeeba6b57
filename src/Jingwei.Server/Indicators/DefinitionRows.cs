using Dapper;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Indicators;

/// <summary>Every definition that figures were computed by, in the database; rows are only added.</summary>
internal static class DefinitionRows
{
    public const string Table =
        "CREATE TABLE indicator_definition (digest TEXT NOT NULL, indicator TEXT NOT NULL, body TEXT NOT NULL, since_us BIGINT NOT NULL, PRIMARY KEY (digest))";

    public static void Add(SqliteConnection store, SqliteTransaction transaction, IEnumerable<IndicatorDefinition> definitions, DateTimeOffset at)
    {
        foreach (var definition in definitions)
        {
            store.Execute(
                "INSERT INTO indicator_definition (digest, indicator, body, since_us) VALUES (@Digest, @Indicator, @Body, @since) ON CONFLICT (digest) DO NOTHING",
                new { definition.Digest, definition.Indicator, definition.Body, since = Instant.Of(at) },
                transaction);
        }
    }

    public static (IndicatorDefinition Definition, DateTimeOffset Since)? Find(SqliteConnection store, string digest) =>
        store.QuerySingleOrDefault<Row>("SELECT digest, indicator, body, since_us FROM indicator_definition WHERE digest = @digest", new { digest }) is { } row
            ? (new IndicatorDefinition(row.Indicator, row.Digest, row.Body), Instant.ToTime(row.Since_us))
            : null;

    private sealed record Row(string Digest, string Indicator, string Body, long Since_us);
}

using System.Text.Json;
using Dapper;

namespace Jingwei.Server.Facts.Queries;

/// <summary>A query that was given a name.</summary>
/// <param name="Party">Whose it is: its users share it.</param>
/// <param name="Definition">The object `query` as it was sent.</param>
internal sealed record NamedQuery(string Party, string Name, JsonElement Definition, DateTimeOffset Created);

/// <summary>Named queries, each party's its own.</summary>
internal sealed class NamedQueries
{
    private readonly Database database;
    private readonly TimeProvider clock;

    public NamedQueries(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "facts.queries", "CREATE TABLE fact_query (party TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, created INTEGER NOT NULL, PRIMARY KEY (party, name)) WITHOUT ROWID");
    }

    public NamedQuery? Find(string party, string name) => database.Read(store => store.QueryFirstOrDefault<Row>(
        "SELECT * FROM fact_query WHERE party = @party AND name = @name", new { party, name }))?.ToQuery();

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<NamedQuery> After(string party, string? name, int most) => [.. database.Read(store => store.Query<Row>(
        "SELECT * FROM fact_query WHERE party = @party AND name > @after ORDER BY name LIMIT @most", new { party, after = name ?? "", most }).AsList()).Select(row => row.ToQuery())];

    public long Count(string party) => database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM fact_query WHERE party = @party", new { party }));

    /// <summary>Keeps a query; false where there is one of that name.</summary>
    public bool Add(string party, string name, JsonElement definition) => database.Write((store, transaction) => store.Execute(
        "INSERT INTO fact_query (party, name, definition, created) VALUES (@party, @name, @definition, @created) ON CONFLICT DO NOTHING",
        new { party, name, definition = definition.GetRawText(), created = clock.GetUtcNow().ToUnixTimeMilliseconds() },
        transaction)) == 1;

    /// <summary>Takes a query away; false where there is none.</summary>
    public bool Remove(string party, string name) => database.Write((store, transaction) => store.Execute(
        "DELETE FROM fact_query WHERE party = @party AND name = @name", new { party, name }, transaction)) == 1;

    private sealed record Row(string Party, string Name, string Definition, long Created)
    {
        public NamedQuery ToQuery() => new(Party, Name, JsonElement.Parse(Definition), DateTimeOffset.FromUnixTimeMilliseconds(Created));
    }
}

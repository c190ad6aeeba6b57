using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Relations;

/// <summary>What became of relating two things.</summary>
public enum RelationOutcome
{
    Done,

    /// <summary>It was so before.</summary>
    Same,

    /// <summary>One of them has as many relations as a thing may have.</summary>
    TooMany,
}

/// <summary>Which things have to do with which; both ends see it. What is removed from sight keeps its relations, unseen.</summary>
public sealed class Relations
{
    /// <summary>Most relations of a thing, both ways: the feeders of a substation and room to spare.</summary>
    public const int Most = 1_000;

    private readonly Database database;
    private readonly TimeProvider clock;

    public Relations(Database database, TimeProvider clock, Things things)
    {
        (this.database, this.clock) = (database, clock);
        _ = things; // Its tables come first: relations are written into the history of things.
        database.Migrate(
            "directory.relations",
            """
            CREATE TABLE thing_relation (thing TEXT NOT NULL, kind TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (thing, kind, other)) WITHOUT ROWID;
            CREATE INDEX thing_relation_back ON thing_relation (other);
            """);
    }

    /// <summary>The relations of a thing, both ways.</summary>
    public IReadOnlyList<Relation> Of(string thing) => database.Read(store => store.Query<Relation>(
        "SELECT thing, kind, other FROM thing_relation WHERE thing = @thing OR other = @thing ORDER BY kind, thing, other", new { thing })).AsList();

    public RelationOutcome Add(Relation relation, Caller by) => database.Write((store, transaction) =>
    {
        var many = store.ExecuteScalar<long>(
            "SELECT max((SELECT count(*) FROM thing_relation WHERE thing = @Thing OR other = @Thing), (SELECT count(*) FROM thing_relation WHERE thing = @Other OR other = @Other))",
            relation, transaction);
        if (many >= Most)
        {
            return RelationOutcome.TooMany;
        }

        if (store.Execute("INSERT INTO thing_relation (thing, kind, other) VALUES (@Thing, @Kind, @Other) ON CONFLICT DO NOTHING", relation, transaction) == 0)
        {
            return RelationOutcome.Same;
        }

        Note(new PreparedStatement(store, transaction, NoteSql), relation, by, added: true);
        return RelationOutcome.Done;
    });

    /// <summary>False when there was none.</summary>
    public bool Remove(Relation relation, Caller by) => database.Write((store, transaction) =>
    {
        var gone = store.Execute("DELETE FROM thing_relation WHERE thing = @Thing AND kind = @Kind AND other = @Other", relation, transaction) == 1;
        if (gone)
        {
            Note(new PreparedStatement(store, transaction, NoteSql), relation, by, added: false);
        }

        return gone;
    });

    private const string NoteSql =
        "INSERT INTO thing_change (thing, version, at, actor, deed, fields) SELECT $0, version, $1, $2, $3, $4 FROM thing WHERE id = $0";

    private void Note(PreparedStatement note, Relation relation, Caller by, bool added)
    {
        using (note)
        {
            Write(relation.Thing, $"relation.{relation.Kind}", relation.Other);
            Write(relation.Other, $"relation.{relation.Kind}.back", relation.Thing);
        }

        void Write(string thing, string field, string other) => note.Run(
            thing, clock.GetUtcNow().ToUnixTimeMilliseconds(), by.Actor, ThingDeed.Changed.ToString(),
            ThingFields.Write([new FieldChange(field, added ? null : other, added ? other : null)]));
    }
}

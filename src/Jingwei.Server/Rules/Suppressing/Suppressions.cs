using System.Collections.Immutable;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Rules.Suppressing;

/// <summary>All times for which alarms are held back: those that are not over in memory, all of them in the database.</summary>
public sealed class Suppressions
{
    /// <summary>Most that are not over yet: each is looked at for each alarm.</summary>
    public const int Most = 1_000;

    private readonly Database database;
    private readonly Things things;
    private readonly Regions regions;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private ImmutableArray<Suppression> standing;

    public Suppressions(Database database, Things things, Regions regions, TimeProvider clock)
    {
        (this.database, this.things, this.regions, this.clock) = (database, things, regions, clock);
        database.Migrate(
            "rules.suppressions",
            """
            CREATE TABLE alarm_suppression (
                id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, rule TEXT, thing TEXT, region TEXT, from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL,
                why TEXT NOT NULL, made_by TEXT NOT NULL, made_ms BIGINT NOT NULL, ended_ms BIGINT, ended_by TEXT)
            """,
            "CREATE INDEX alarm_suppression_to ON alarm_suppression (to_ms)");
        standing = [.. Rows("WHERE to_ms > @now AND ended_ms IS NULL ORDER BY id", new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() })];
    }

    /// <summary>What holds back the alarms of a rule on a thing now; null for nothing.</summary>
    public Suppression? Of(string rule, string thing)
    {
        var all = standing;
        if (all.IsEmpty)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        return all.FirstOrDefault(each => each.HoldsAt(now) && (each.Rule is null || each.Rule == rule) && Covers(each, thing));
    }

    /// <summary>Newest first.</summary>
    /// <param name="isStanding">True: only those that are not over.</param>
    public IReadOnlyList<Suppression> List(bool isStanding, long? before, int limit) => Rows(
        """
        WHERE (@before IS NULL OR id < @before) AND (@standing = 0 OR (to_ms > @now AND ended_ms IS NULL)) ORDER BY id DESC LIMIT @limit
        """,
        new { before, limit, standing = isStanding ? 1 : 0, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    public Suppression? Find(long id) => Rows("WHERE id = @id", new { id }).FirstOrDefault();

    /// <summary>Stores one; null when there are <see cref="Most"/> already.</summary>
    /// <param name="asked">Its id is given here.</param>
    public Suppression? Add(Suppression asked)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var left = standing.RemoveAll(each => each.To <= now || each.EndedAt is not null);
            if (left.Length >= Most)
            {
                return null;
            }

            var id = database.Write((store, transaction) => store.ExecuteScalar<long>(
                """
                INSERT INTO alarm_suppression (kind, rule, thing, region, from_ms, to_ms, why, made_by, made_ms)
                VALUES (@kind, @Rule, @Thing, @Region, @from, @to, @Why, @By, @made) RETURNING id
                """,
                new
                {
                    kind = (int)asked.Kind,
                    asked.Rule,
                    asked.Thing,
                    asked.Region,
                    from = asked.From.ToUnixTimeMilliseconds(),
                    to = asked.To.ToUnixTimeMilliseconds(),
                    asked.Why,
                    asked.By,
                    made = asked.MadeAt.ToUnixTimeMilliseconds(),
                },
                transaction));
            var added = asked with { Id = id };
            standing = left.Add(added);
            return added;
        }
    }

    /// <summary>Ends one before its time; one that is over stays as it is.</summary>
    public Suppression End(Suppression suppression, string by)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            database.Write((store, transaction) => store.Execute(
                "UPDATE alarm_suppression SET ended_ms = @now, ended_by = @by WHERE id = @Id AND ended_ms IS NULL AND to_ms > @now",
                new { suppression.Id, now = now.ToUnixTimeMilliseconds(), by },
                transaction));
            standing = standing.RemoveAll(each => each.Id == suppression.Id);
            return Find(suppression.Id)!;
        }
    }

    /// <summary>True when a thing's alarms, or those of a rule on it, are what it is about.</summary>
    public bool Covers(Suppression suppression, string id)
    {
        if (suppression is { Thing: null, Region: null })
        {
            return true;
        }

        return things.TryGet(id, out var thing)
            && (suppression.Region is not { } region || regions.PathOf(thing.Region).Covers(region))
            && (suppression.Thing is not { } above || thing.Id == above || things.Ancestors(thing).Any(each => each.Id == above));
    }

    private List<Suppression> Rows(string where, object parameters) => database.Read(store => store
        .Query<Row>($"SELECT id, kind, rule, thing, region, from_ms AS FromMs, to_ms AS ToMs, why, made_by AS MadeBy, made_ms AS MadeMs, ended_ms AS EndedMs, ended_by AS EndedBy FROM alarm_suppression {where}", parameters)
        .Select(row => row.ToSuppression())
        .ToList());

    private sealed record Row(
        long Id, long Kind, string? Rule, string? Thing, string? Region, long FromMs, long ToMs, string Why, string MadeBy, long MadeMs, long? EndedMs, string? EndedBy)
    {
        public Suppression ToSuppression() => new(
            Id, (SuppressionKind)Kind, Rule, Thing, Region, DateTimeOffset.FromUnixTimeMilliseconds(FromMs), DateTimeOffset.FromUnixTimeMilliseconds(ToMs), Why,
            MadeBy, DateTimeOffset.FromUnixTimeMilliseconds(MadeMs), EndedMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null, EndedBy);
    }
}

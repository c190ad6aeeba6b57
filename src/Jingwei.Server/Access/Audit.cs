using Dapper;

namespace Jingwei.Server.Access;

/// <summary>One thing that somebody did, or tried to do, to the platform.</summary>
/// <param name="Action">The method and route, as "POST /api/things".</param>
/// <param name="Outcome">The HTTP status that was answered.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Action, string Target, int Outcome);

/// <summary>Who did what and when; written for every request that changes anything, and for every refusal.</summary>
public sealed class Audit
{
    private readonly Database database;
    private readonly TimeProvider clock;

    public Audit(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "access.audit",
            """
            CREATE TABLE audit (
                id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
                target TEXT NOT NULL, outcome INTEGER NOT NULL)
            """,
            """
            CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'The audit only grows.'); END;
            CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit only grows.'); END;
            """);
    }

    public void Record(string actor, string action, string target, int outcome) =>
        database.Write((store, transaction) => store.Execute(
            "INSERT INTO audit (at, actor, action, target, outcome) VALUES (@at, @actor, @action, @target, @outcome)",
            new { at = clock.GetUtcNow().ToUnixTimeMilliseconds(), actor, action, target, outcome },
            transaction));

    /// <summary>Newest first, from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    public IReadOnlyList<AuditEntry> List(string? actor, string? action, DateTimeOffset? from, DateTimeOffset? to, long? before, int limit) =>
        database.Read(store => store.Query<AuditRow>(
            """
            SELECT id, at, actor, action, target, outcome FROM audit
            WHERE (@actor IS NULL OR actor = @actor) AND (@action IS NULL OR instr(action, @action) > 0)
                AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to) AND (@before IS NULL OR id < @before)
            ORDER BY id DESC LIMIT @limit
            """,
            new { actor, action, from = from?.ToUnixTimeMilliseconds(), to = to?.ToUnixTimeMilliseconds(), before, limit }))
            .Select(row => new AuditEntry(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, row.Action, row.Target, (int)row.Outcome))
            .ToList();

    private sealed record AuditRow(long Id, long At, string Actor, string Action, string Target, long Outcome);
}

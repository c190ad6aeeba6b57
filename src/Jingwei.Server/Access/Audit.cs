using Dapper;

namespace Jingwei.Server.Access;

/// <summary>One thing that somebody did, or tried to do, to the platform.</summary>
/// <param name="Action">The method and route, as "POST /api/things".</param>
/// <param name="Outcome">The HTTP status that was answered.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Action, string Target, int Outcome);

/// <summary>What came of something that was asked for.</summary>
public enum AuditOutcome
{
    Done,

    /// <summary>For want of a sign-in or a right.</summary>
    Refused,
    Failed,
}

/// <summary>Which entries are asked for; what is null does not narrow it.</summary>
/// <param name="Action">A part of the method and route.</param>
/// <param name="Target">A part of the path.</param>
/// <param name="To">The first moment that is left out.</param>
public sealed record AuditFilter(string? Actor, string? Action, string? Target, AuditOutcome? Outcome, DateTimeOffset? From, DateTimeOffset? To);

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

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AuditEntry> List(AuditFilter filter, long? before, int limit) =>
        database.Read(store => store.Query<AuditRow>(
            """
            SELECT id, at, actor, action, target, outcome FROM audit
            WHERE (@Actor IS NULL OR actor = @Actor) AND (@Action IS NULL OR instr(action, @Action) > 0) AND (@Target IS NULL OR instr(target, @Target) > 0)
                AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to) AND (@before IS NULL OR id < @before)
                AND (@outcome IS NULL OR @outcome = CASE WHEN outcome < 400 THEN 0 WHEN outcome IN (401, 403) THEN 1 ELSE 2 END)
            ORDER BY id DESC LIMIT @limit
            """,
            new
            {
                filter.Actor,
                filter.Action,
                filter.Target,
                from = filter.From?.ToUnixTimeMilliseconds(),
                to = filter.To?.ToUnixTimeMilliseconds(),
                outcome = (int?)filter.Outcome,
                before,
                limit,
            }))
            .Select(row => new AuditEntry(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, row.Action, row.Target, (int)row.Outcome))
            .ToList();

    private sealed record AuditRow(long Id, long At, string Actor, string Action, string Target, long Outcome);
}

using Dapper;

namespace Jingwei.Server.Access.Agreements;

/// <summary>By what somebody saw what an agreement shows him. The numbers stand in the store and never change.</summary>
public enum AgreementUseKind
{
    Query = 0,
    Trace = 1,
    Resolution = 2,
    Subscription = 3,
    Statistics = 4,
}

/// <summary>What somebody saw by an agreement on a day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Times">How often he asked and was shown something.</param>
/// <param name="Rows">How many events or values that were.</param>
public sealed record AgreementUse(DateOnly Day, string Actor, AgreementUseKind Use, long Times, long Rows);

/// <summary>What was seen by agreements: written before it is told, so that both sides know it.</summary>
public sealed class AgreementUses
{
    private readonly Database database;
    private readonly TimeProvider clock;

    public AgreementUses(Database database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        database.Migrate(
            "access.agreement_uses",
            """
            CREATE TABLE agreement_use (
                agreement TEXT NOT NULL, day INTEGER NOT NULL, actor TEXT NOT NULL, kind INTEGER NOT NULL, times INTEGER NOT NULL, rows INTEGER NOT NULL,
                PRIMARY KEY (agreement, day, actor, kind)) WITHOUT ROWID
            """);
    }

    /// <param name="rows">How many events or values each agreement showed.</param>
    public void Note(string actor, AgreementUseKind kind, IReadOnlyCollection<KeyValuePair<string, int>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;
        database.Write((store, transaction) => store.Execute(
            """
            INSERT INTO agreement_use (agreement, day, actor, kind, times, rows) VALUES (@agreement, @day, @actor, @kind, 1, @rows)
            ON CONFLICT (agreement, day, actor, kind) DO UPDATE SET times = times + 1, rows = rows + excluded.rows
            """,
            rows.Select(each => new { agreement = each.Key, day, actor, kind = (int)kind, rows = each.Value }),
            transaction));
    }

    /// <summary>Newest day first.</summary>
    public IReadOnlyList<AgreementUse> Of(string agreement, int skip, int most) => [.. database.Read(store => store.Query<Row>(
        "SELECT day, actor, kind, times, rows FROM agreement_use WHERE agreement = @agreement ORDER BY day DESC, actor, kind LIMIT @most OFFSET @skip",
        new { agreement, skip, most }).AsList()).Select(row => new AgreementUse(DateOnly.FromDayNumber((int)row.Day), row.Actor, (AgreementUseKind)row.Kind, row.Times, row.Rows))];

    private sealed record Row(long Day, string Actor, long Kind, long Times, long Rows);
}

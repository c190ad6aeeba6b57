using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>What a client sends so that a request he repeats, not knowing how it went, is done once.</summary>
/// <param name="Actor">Keys of different callers are different keys.</param>
/// <param name="Request">SHA-256 over what was asked for: the same key with another request is refused.</param>
public sealed record Once(string Actor, string Key, byte[] Request);

/// <summary>Answers to requests with an Idempotency-Key, kept for <see cref="CaseLimits.AnswerAge"/>.</summary>
public static class CaseAnswers
{
    public const string Schema =
        """
        CREATE TABLE case_answer (
            actor TEXT NOT NULL, key TEXT NOT NULL, case_id TEXT NOT NULL, request BLOB NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (actor, key));
        CREATE INDEX case_answer_at ON case_answer (at);
        """;

    /// <summary>The answer given before, a refusal when the key came with another request, or null for a new key.</summary>
    public static CaseOutcome? Find(SqliteConnection store, SqliteTransaction transaction, Once once, DateTimeOffset now)
    {
        var found = store.QueryFirstOrDefault<Kept>(
            "SELECT request, answer FROM case_answer WHERE actor = @Actor AND key = @Key AND at > @oldest",
            new { once.Actor, once.Key, oldest = CaseTime.Of(now - CaseLimits.AnswerAge) },
            transaction);
        if (found is null)
        {
            return null;
        }

        return found.Request.AsSpan().SequenceEqual(once.Request)
            ? new CaseOutcome(JsonSerializer.Deserialize<CaseRow>(found.Answer), null, false)
            : new CaseOutcome(null, CaseRefusals.KeyReused, false);
    }

    public static void Keep(SqliteConnection store, SqliteTransaction transaction, Once once, CaseRow answer, DateTimeOffset now)
    {
        store.Execute(
            "DELETE FROM case_answer WHERE at <= @oldest", new { oldest = CaseTime.Of(now - CaseLimits.AnswerAge) }, transaction);
        store.Execute(
            "INSERT INTO case_answer (actor, key, case_id, request, answer, at) VALUES (@Actor, @Key, @Id, @Request, @answer, @at)",
            new { once.Actor, once.Key, answer.Id, once.Request, answer = JsonSerializer.Serialize(answer, FieldValueConverter.Readable), at = CaseTime.Of(now) },
            transaction);
        // Rows are numbered one after the other, so the newest say how many there can be at most.
        store.Execute(
            "DELETE FROM case_answer WHERE rowid <= (SELECT max(rowid) FROM case_answer) - @Answers", new { CaseLimits.Answers }, transaction);
    }

    /// <summary>Forgets what was answered about a case: it may say what is being erased.</summary>
    public static void Forget(SqliteConnection store, SqliteTransaction transaction, string id) =>
        store.Execute("DELETE FROM case_answer WHERE case_id = @id", new { id }, transaction);

    private sealed record Kept(byte[] Request, string Answer);
}

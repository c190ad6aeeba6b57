using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Cases of one value of a field.</summary>
/// <param name="Micros">How long they were open together, in microseconds.</param>
internal sealed record ParetoRow(string? Value, long Cases, long Micros);

/// <summary>Counts cases by a field as their histories have it.</summary>
internal static class CasePareto
{
    // What became a part of another case is counted there. The field is what was said last and is not erased.
    private const string Sql =
        $"""
        WITH counted AS (
            SELECT id, coalesce(closed_at, @now) - opened_at AS lasted, (
                SELECT json_extract(content, @path) FROM case_event
                WHERE case_id = case_row.id AND kind = '{CaseEventText.Fields}' AND content IS NOT NULL AND json_type(content, @path) IS NOT NULL
                ORDER BY seq DESC LIMIT 1) AS value
            FROM case_row
            WHERE type = @Case AND opened_at >= @from AND opened_at < @to AND merged_into IS NULL AND (@exercise IS NULL OR exercise = @exercise) AND (@Thing IS NULL OR thing = @Thing)
                AND (@scopes IS NULL OR party || '/' || region IN (SELECT value FROM json_each(@scopes))))
        SELECT CAST(value AS TEXT) AS Value, count(*) AS Cases, sum(lasted) AS Micros FROM counted GROUP BY value ORDER BY Cases DESC, Micros DESC, Value
        """;

    /// <param name="field">A field's id, as the case type has it.</param>
    /// <param name="scopes">"party/region" of those that the caller may see; null for all.</param>
    public static IReadOnlyList<ParetoRow> Read(
        SqliteConnection store, ParetoQuery query, string field, long from, long to, long now, IReadOnlyCollection<string>? scopes) => store
        .Query<ParetoRow>(Sql, new
        {
            query.Case,
            query.Thing,
            exercise = Exercises.Of(query.Exercise),
            path = $"$.{JsonNamingPolicy.CamelCase.ConvertName(nameof(CaseFieldsChanged.Fields))}.{field}",
            from,
            to,
            now,
            scopes = scopes is null ? null : JsonSerializer.Serialize(scopes),
        })
        .AsList();
}

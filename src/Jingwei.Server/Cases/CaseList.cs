using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Which cases a list is about; what is null does not narrow it.</summary>
/// <param name="Assignee">The user whose cases are wanted.</param>
/// <param name="Scopes">"party/region" of those that the caller may see; null for all.</param>
public sealed record CaseFilter(
    string? Type, string? State, bool? Open, string? Assignee, string? Thing, bool? Late, string? Query, IReadOnlyCollection<string>? Scopes);

/// <summary>Reads pages of cases, newest first.</summary>
internal static class CaseList
{
    private const string Narrowed =
        """
        WHERE (@before IS NULL OR ordinal < @before) AND (@Type IS NULL OR type = @Type) AND (@State IS NULL OR state = @State)
            AND (@final IS NULL OR final = @final) AND (@Assignee IS NULL OR assignee = @Assignee) AND (@Thing IS NULL OR thing = @Thing)
            AND (@Late IS NULL OR late = @Late)
            AND (@scopes IS NULL OR party || '/' || region IN (SELECT value FROM json_each(@scopes)))
        """;

    public static Page<CaseRow> Read(SqliteConnection store, CaseFilter filter, PageRequest page)
    {
        var parameters = new DynamicParameters(new
        {
            filter.Type,
            filter.State,
            filter.Assignee,
            filter.Thing,
            filter.Late,
            final = !filter.Open,
            scopes = filter.Scopes is null ? null : JsonSerializer.Serialize(filter.Scopes),
            // A cursor that says nothing starts at the front.
            before = long.TryParse(page.After, CultureInfo.InvariantCulture, out var before) ? before : (long?)null,
            limit = page.Limit + 1,
        });
        var sql = new StringBuilder($"SELECT {CaseProjection.Columns} FROM case_row {Narrowed}");
        AddTerms(sql, parameters, filter.Query);
        sql.Append(" ORDER BY ordinal DESC LIMIT @limit");
        var rows = store.Query<CaseRow>(sql.ToString(), parameters).AsList();
        if (rows.Count <= page.Limit)
        {
            return new(rows, null);
        }

        rows.RemoveAt(page.Limit);
        return new(rows, PageRequest.Encode(rows[^1].Ordinal.ToString(CultureInfo.InvariantCulture)));
    }

    // Pairs find the candidates by index; that they stand next to each other is seen in the text itself.
    private static void AddTerms(StringBuilder sql, DynamicParameters parameters, string? query)
    {
        var terms = CaseSearch.Terms(query ?? "");
        for (var term = 0; term < terms.Count; term++)
        {
            parameters.Add($"term{term}", terms[term]);
            sql.Append(CultureInfo.InvariantCulture, $" AND instr(search, @term{term}) > 0");
            var pairs = CaseSearch.Pairs(terms[term]).Distinct(StringComparer.Ordinal).ToList();
            for (var pair = 0; pair < pairs.Count; pair++)
            {
                parameters.Add($"gram{term}_{pair}", pairs[pair]);
                sql.Append(CultureInfo.InvariantCulture, $" AND id IN (SELECT case_id FROM case_gram WHERE gram = @gram{term}_{pair})");
            }

            if (pairs.Count == 0)
            {
                // One character alone begins a pair, or ends a word and is indexed by itself.
                sql.Append(CultureInfo.InvariantCulture, $" AND id IN (SELECT case_id FROM case_gram WHERE gram >= @term{term} AND gram < @term{term} || char(1114111))");
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>Which cases a list is about; what is null does not narrow it.</summary>
/// <param name="Assignee">The user for whom cases wait: as assignee, as who acts for him, or for one of their tasks.</param>
/// <param name="Scopes">"party/region" of those that the caller may see; null for all.</param>
public sealed record CaseFilter(
    string? Type, string? State, bool? Open, string? Assignee, string? Thing, bool? Late, string? Query, IReadOnlyCollection<string>? Scopes)
{
    /// <summary>False: what is real; true: exercises; null: both.</summary>
    public bool? Exercise { get; init; } = false;

    /// <summary>True: those in which somebody above waits for an answer.</summary>
    public bool Supervised { get; init; }
}

/// <summary>Which cases are asked for, in a query: `true` exercises, `all` both, `false` or nothing what is real.</summary>
/// <param name="Only">True: exercises; false: what is real; null: both.</param>
public sealed record Exercises(bool? Only)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Exercises? asked)
    {
        asked = text switch { "true" => new(true), "all" => new((bool?)null), "false" => new(false), _ => null };
        return asked is not null;
    }

    /// <summary>What a filter has for it.</summary>
    public static bool? Of(Exercises? asked) => asked is null ? false : asked.Only;
}

/// <summary>In a query: `open` asks for cases in which somebody above waits for an answer.</summary>
public sealed record Supervised
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Supervised? asked)
    {
        asked = text == "open" ? new() : null;
        return asked is not null;
    }
}

/// <summary>How many cases stand in a state.</summary>
public sealed record CaseCount(string Type, string State, long Cases, long Late);

/// <summary>Reads pages of cases, newest first.</summary>
internal static class CaseList
{
    private const string Narrowed =
        """
        WHERE (@before IS NULL OR ordinal < @before) AND (@Type IS NULL OR type = @Type) AND (@State IS NULL OR state = @State)
            AND (@final IS NULL OR final = @final) AND (@Thing IS NULL OR thing = @Thing) AND (@Late IS NULL OR late = @Late)
            AND (@Supervised = 0 OR supervisions > 0) AND (@Exercise IS NULL OR exercise = @Exercise)
            AND (@Assignee IS NULL OR assignee = @Assignee OR id IN (SELECT case_id FROM case_holder WHERE user = @Assignee))
            AND (@scopes IS NULL OR party || '/' || region IN (SELECT value FROM json_each(@scopes)))
        """;

    public static Page<CaseRow> Read(SqliteConnection store, CaseFilter filter, PageRequest page)
    {
        var sql = new StringBuilder($"SELECT {CaseProjection.Columns} FROM case_row {Narrowed}");
        var parameters = Parameters(filter);
        // A cursor that says nothing starts at the front.
        parameters.Add("before", long.TryParse(page.After, CultureInfo.InvariantCulture, out var before) ? before : null);
        parameters.Add("limit", page.Limit + 1);
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

    /// <summary>How many of them stand in each state.</summary>
    public static IReadOnlyList<CaseCount> Count(SqliteConnection store, CaseFilter filter)
    {
        var sql = new StringBuilder($"SELECT type, state, count(*) AS Cases, sum(late) AS Late FROM case_row {Narrowed}");
        var parameters = Parameters(filter);
        parameters.Add("before", null);
        AddTerms(sql, parameters, filter.Query);
        sql.Append(" GROUP BY type, state ORDER BY type, state");
        return store.Query<CaseCount>(sql.ToString(), parameters).AsList();
    }

    private static DynamicParameters Parameters(CaseFilter filter) => new(new
    {
        filter.Type,
        filter.State,
        filter.Assignee,
        filter.Thing,
        filter.Late,
        filter.Exercise,
        filter.Supervised,
        final = !filter.Open,
        scopes = filter.Scopes is null ? null : JsonSerializer.Serialize(filter.Scopes),
    });

    // Each term may be said by another event of the case.
    private static void AddTerms(StringBuilder sql, DynamicParameters parameters, string? query)
    {
        var terms = CaseSearch.Terms(query ?? "");
        for (var term = 0; term < terms.Count; term++)
        {
            parameters.Add($"term{term}", CaseSearch.Question(terms[term]));
            sql.Append(CultureInfo.InvariantCulture, $"""
                 AND id IN (SELECT case_id FROM case_event WHERE position IN (SELECT rowid FROM case_words WHERE case_words MATCH @term{term}))
                """);
        }
    }
}

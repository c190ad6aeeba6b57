using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jingwei.Server.Telemetry.Engine;

namespace Jingwei.Server.Telemetry.Queries;

/// <summary>
/// Runs an operator's own SELECT on a connection of its own: read-only, its settings locked, with limits of time and rows. What
/// the engine's parser says the text is decides; it must be a SELECT without table functions, settings, output files or
/// functions that reach outside.
/// </summary>
public sealed partial class OperatorSql(Readings readings, TelemetryOptions options) : IDisposable
{
    private readonly SemaphoreSlim opening = new(1);
    private EngineConnection? connection;

    /// <summary>Why the text is not run; null when it may be.</summary>
    /// <exception cref="EngineException">It is no SQL.</exception>
    public async Task<string?> FaultAsync(string? sql)
    {
        if (string.IsNullOrWhiteSpace(sql))
        {
            return "sql is missing.";
        }

        var (reader, text) = (await OpenAsync(), Statement(sql));
        var tree = await reader.QueryTextAsync($"EXPLAIN AST {text}", "TSVRaw");
        if (!tree.StartsWith("SelectWithUnionQuery", StringComparison.Ordinal))
        {
            return "Only SELECT is run here.";
        }

        // What stands behind a SELECT, such as INTO OUTFILE, FORMAT or another statement, does not show in its tree; and cannot stand in parentheses.
        await reader.QueryTextAsync($"EXPLAIN AST SELECT * FROM ({text}\n)", "TSVRaw");
        if (TableFunction().IsMatch(tree))
        {
            return "Table functions are refused.";
        }

        // Another database of the engine may show files as tables.
        var others = await reader.QueryTextAsync($"SELECT name FROM system.databases WHERE name NOT IN ('{readings.Store.Database}', 'system')", "TSVRaw");
        if (others.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(other => tree.Contains($"Identifier {other}.", StringComparison.Ordinal)) is { } named)
        {
            return $"The database {named} is refused.";
        }

        return Clause().Match(tree) is { Success: true } clause ? $"{clause.Value.Trim()} is refused." : null;
    }

    /// <summary>The answer as {columns: [{name, type}], rows: [[...]]}.</summary>
    /// <exception cref="EngineException">The engine refused it, or it met a limit.</exception>
    public async Task<JsonObject> RunAsync(string sql)
    {
        var answer = JsonNode.Parse(await (await OpenAsync()).QueryTextAsync(Statement(sql), "JSONCompact"))!;
        return new JsonObject { ["columns"] = answer["meta"]!.DeepClone(), ["rows"] = answer["data"]!.DeepClone() };
    }

    public void Dispose()
    {
        // The host ends it before the engine, and the container that made it ends it once more.
        Interlocked.Exchange(ref connection, null)?.Dispose();
        opening.Dispose();
    }

    private static string Statement(string sql) => sql.Trim().TrimEnd(';');

    private async Task<EngineConnection> OpenAsync()
    {
        await opening.WaitAsync();
        try
        {
            if (connection is null)
            {
                var opened = await readings.Store.Engine.OpenAnotherAsync("operator queries");
                // Read-only last: it locks the settings.
                await opened.ExecuteAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    SET max_execution_time = {options.QueryTime.TotalSeconds}, max_result_rows = {options.QueryRows}, result_overflow_mode = 'throw',
                        max_memory_usage = {options.Engine.QueryMemoryBytes}, output_format_json_quote_64bit_integers = 0, asterisk_include_alias_columns = 1
                    """));
                await opened.ExecuteAsync($"USE {readings.Store.Database}");
                await opened.ExecuteAsync("SET readonly = 1");
                connection = opened;
            }

            return connection;
        }
        finally
        {
            opening.Release();
        }
    }

    // A table expression whose child is a function.
    [GeneratedRegex(@"TableExpression[^\n]*\n\s*Function ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableFunction();

    // Clauses and functions that change settings, write, wait or reach files, dictionaries and the network.
    [GeneratedRegex(
        @"\b(Set\b|INTO OUTFILE|Function (file|url|remote\w*|cluster\w*|s3\w*|hdfs\w*|input|executable|sleep\w*|dictGet\w*|dictHas|joinGet\w*|mysql|postgresql|sqlite|jdbc|odbc|python|catboostEvaluate|modelEvaluate)\b)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clause();
}

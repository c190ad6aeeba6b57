using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry;

public sealed record OperatorQuery(string? Sql);

/// <summary>Ad-hoc SQL over the engine's tables, for the platform's operator alone; reads only.</summary>
public static class QueryEndpoints
{
    public static void MapQuery(this IEndpointRouteBuilder routes) => routes.MapPost("/api/query", Post).Requires(Right.Administer).WithSummary("Read-only SQL over all readings, for the platform's operator.");

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> Post(Caller caller, OperatorQuery query, OperatorSql sql)
    {
        if (!caller.May(Right.Administer, Scope.Everything))
        {
            return Problems.Forbidden("Only the platform's operator may query across all parties.");
        }

        try
        {
            return await sql.FaultAsync(query.Sql) is { } fault
                ? Problems.Invalid("query-refused", fault)
                : TypedResults.Ok(await sql.RunAsync(query.Sql!));
        }
        catch (EngineException error)
        {
            return Problems.Invalid("query-failed", error.Message);
        }
    }
}

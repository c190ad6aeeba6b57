using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jingwei.Server.Rules.Trying;

/// <summary>The bench for rules: what a rule would have raised, beside what was raised.</summary>
public static class RuleTryEndpoints
{
    private const int MostDays = 400;

    private static readonly byte[] NewLine = [(byte)'\n'];

    public static void MapRuleTry(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/rules/try", Try).Requires(Right.View)
            .WithSummary("Runs a rule, also a changed one, over the past of the things that the caller sees; a line of JSON for each alarm and for progress.")
            .Produces<RuleTryEnd>(StatusCodes.Status200OK, "application/x-ndjson");

    private static async Task<IResult> Try(
        Caller caller, RuleTryRequest request, [AsParameters] ThingFilter filter, Visible visible, PackCatalog packs, RuleTries tries, TimeProvider clock,
        IOptions<JsonOptions> json, HttpContext context, CancellationToken cancellation)
    {
        var (tried, faults) = TriedRules.Read(request, packs.Current);
        if (tried is null)
        {
            return Problems.Invalid("bad-rule", "Nothing was tried. Each mistake is told with its place.", faults);
        }

        var (from, to) = (request.From, request.To ?? clock.GetUtcNow());
        if (from >= to || (to - from).TotalDays > MostDays)
        {
            return Problems.Invalid("bad-time", $"from is before to, and at most {MostDays} days before.");
        }

        using var turn = tries.TryBegin();
        if (turn is null)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(StatusCodes.Status429TooManyRequests, "busy", "Another rule is being tried.", "Try again when it is done.");
        }

        context.Response.ContentType = "application/x-ndjson";
        var things = visible.Things(caller, filter with { Type = tried.Rule.Type }).ToList();
        await foreach (var line in tries.RunAsync(tried, things, Instant.Of(from), Instant.Of(to), cancellation))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, line, json.Value.SerializerOptions, cancellation);
            await context.Response.Body.WriteAsync(NewLine, cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }

        return Results.Empty;
    }
}

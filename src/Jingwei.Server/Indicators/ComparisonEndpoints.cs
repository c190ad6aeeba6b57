using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Indicators;

/// <summary>A figure beside other periods and peers.</summary>
public static class ComparisonEndpoints
{
    private static readonly string[] Among = ["region", "party", "parent", "everywhere"];

    public static void MapComparison(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/indicators/{indicator}/{thing}/comparison", Get).Requires(Right.View).WithSummary("A value beside those of other periods and of peers.");

    private static Results<Ok<ComparisonItem>, ProblemHttpResult> Get(
        Caller caller, string indicator, string thing, DateTimeOffset? at, string? peers, Subjects subjects, Comparing comparing, LiveIndicators live,
        IndicatorHistory history)
    {
        if (subjects.Visible(caller, thing) is null)
        {
            return Problems.NotFound("thing");
        }

        if (!Among.Contains(peers ?? Among[0]))
        {
            return Problems.Invalid("bad-peers", $"peers: one of {string.Join(", ", Among)}.");
        }

        return IndicatorEndpoints.ValueOf(indicator, thing, at, live, history) is { } value && comparing.Of(caller, value, peers ?? Among[0]) is { } item
            ? TypedResults.Ok(item)
            : Problems.NotFound("indicator value");
    }
}

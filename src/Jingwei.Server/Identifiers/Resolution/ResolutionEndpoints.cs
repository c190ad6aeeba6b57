using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Statistics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>Resolution by HTTP, and how often it was asked for.</summary>
internal static class ResolutionEndpoints
{
    // A quarter and some days: what a bar for each day of fits a screen.
    private const int MostDays = 100;

    public static void MapResolution(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(HandleAnswers.Path + "{prefix}/{**suffix}", (HttpContext context, HandleAnswers answers) => answers.AnswerAsync(context)).AllowAnonymous()
            .WithSummary("Resolves an identifier in the Handle proxy's form; `type` and `index` choose values, `purpose` says what they are wanted for.");
        routes.MapGet("/api/identifier-counts", Counts).Requires(Right.View)
            .WithSummary("Registrations and resolutions by day, prefix and asker, from one day to another; of `prefix`, or of all that the caller may see.");
    }

    private static Results<Ok<Page<DayCount>>, ProblemHttpResult> Counts(
        Caller caller, string? prefix, DateOnly? from, DateOnly? to, Prefixes.Prefixes prefixes, PrefixRights rights, ResolutionCounts counts, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (first, last) = (from ?? today.AddDays(1 - MostDays), to ?? today);
        if (last < first || last.DayNumber - first.DayNumber >= MostDays)
        {
            return Problems.Invalid("bad-days", $"from and to are days, at most {MostDays} of them.");
        }

        var name = prefix is null ? null : PrefixName.Of(prefix);
        if (prefix is not null && (name is null || prefixes.Find(name) is not { } found || !rights.MaySee(caller, found)))
        {
            return Problems.NotFound("prefix");
        }

        return TypedResults.Ok(new Page<DayCount>(
            [.. counts.List(name, first, last).Where(count => prefixes.Find(count.Prefix) is { } counted && rights.MaySee(caller, counted))], null));
    }
}

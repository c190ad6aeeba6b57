using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Console;

public sealed record ProgressReport(Label? Name, long Done, long Total);

/// <summary>Long work: reported by programs that do it, watched in the console.</summary>
public static class ProgressEndpoints
{
    private const int MaximumName = 200;

    public static void MapProgress(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/progress", (Progress progress) => TypedResults.Ok(new Page<ProgressItem>([.. progress.All], null))).Requires(Right.View).WithSummary("Long work and how far it has come.");
        routes.MapPut("/api/progress/{task}", Report).Requires(Right.Configure).WithMetadata(new NotAudited()).WithSummary("Reports a step of long work.");
    }

    private static Results<NoContent, ProblemHttpResult> Report(Caller caller, string task, ProgressReport report, Progress progress)
    {
        // Everybody sees it, so only who configures everything says it.
        if (!caller.May(Right.Configure, new(TreePath.Root(Parties.Root), TreePath.Root(Regions.Root))))
        {
            return Problems.Forbidden("Progress is reported by whoever configures the whole platform.");
        }

        if (Ids.Fault(task) is { } fault)
        {
            return Problems.Invalid("bad-id", fault);
        }

        if (report.Name is not { Zh.Length: > 0 and <= MaximumName, En.Length: > 0 and <= MaximumName } name || report.Done < 0 || report.Total <= 0 || report.Done > report.Total)
        {
            return Problems.Invalid("bad-progress", "Progress has a name in zh and en, and done lies between 0 and total.");
        }

        return progress.Report(task, name, report.Done, report.Total)
            ? TypedResults.NoContent()
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-tasks", "Too much long work is reported at once.", null);
    }
}

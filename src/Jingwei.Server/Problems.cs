using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Jingwei.Server;

/// <summary>RFC 9457 answers: a stable code for programs, a sentence for people.</summary>
public static class Problems
{
    /// <summary>
    /// Lets the framework's own refusals be problems too. No trace id: two answers that say the same have the same body, whatever is behind them.
    /// </summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddProblemDetails(options => options.CustomizeProblemDetails = written => written.ProblemDetails.Extensions.Remove("traceId"));

    /// <summary>404, the same whether it does not exist or the caller may not see it.</summary>
    public static ProblemHttpResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.", null);

    /// <summary>403 on something that the caller can see but has no right to change.</summary>
    public static ProblemHttpResult Forbidden(string detail) =>
        Of(StatusCodes.Status403Forbidden, "forbidden", "This needs a right that you do not have.", detail);

    /// <summary>409.</summary>
    public static ProblemHttpResult Conflict(string code, string detail, object? existing = null) =>
        Of(StatusCodes.Status409Conflict, code, "This conflicts with what is there.", detail, existing is null ? null : ("existing", existing));

    /// <summary>412: the version that the caller changed is not the newest any more.</summary>
    public static ProblemHttpResult Stale() =>
        Of(StatusCodes.Status412PreconditionFailed, "stale-version", "Somebody changed this meanwhile.", "Read it again and repeat the change.");

    /// <summary>400 with every mistake that was found.</summary>
    public static ProblemHttpResult Invalid(string code, string detail, IReadOnlyList<string>? errors = null) =>
        Of(StatusCodes.Status400BadRequest, code, "The request is not valid.", detail, errors is null ? null : ("errors", errors));

    /// <summary>Any other refusal.</summary>
    public static ProblemHttpResult Of(int status, string code, string title, string? detail, (string Name, object Value)? extra = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"urn:jingwei:problem:{code}" };
        problem.Extensions["code"] = code;
        if (extra is { } member)
        {
            problem.Extensions[member.Name] = member.Value;
        }

        return TypedResults.Problem(problem);
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Jingwei.Server.Access;

/// <summary>
/// What a route demands before its code runs: a right somewhere at least. The route then checks the very party and
/// region. A route that demands nothing is closed (see <see cref="DenyByDefault"/>).
/// </summary>
public static class Requirements
{
    private const string SignedIn = "signed-in";
    private const string Deliver = "deliver";

    /// <summary>The caller must hold <paramref name="right"/> over something.</summary>
    public static T Requires<T>(this T route, Right right) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(PolicyOf(right));

    /// <summary>The caller must be signed in: his own session and password.</summary>
    public static T RequiresSignIn<T>(this T route) where T : IEndpointConventionBuilder => route.RequireAuthorization(SignedIn);

    /// <summary>A thing for itself, or a caller with the right to operate: readings.</summary>
    public static T RequiresDelivery<T>(this T route) where T : IEndpointConventionBuilder => route.RequireAuthorization(Deliver);

    public static void DenyByDefault(AuthorizationOptions options)
    {
        options.FallbackPolicy = Policy(_ => false);
        options.DefaultPolicy = options.FallbackPolicy;
        options.AddPolicy(SignedIn, Policy(_ => true));
        options.AddPolicy(Deliver, Policy(caller => caller.Kind == CallerKind.Thing || caller.MayAnywhere(Right.Operate)));
        foreach (var right in Enum.GetValues<Right>())
        {
            options.AddPolicy(PolicyOf(right), Policy(caller => caller.MayAnywhere(right)));
        }
    }

    /// <summary>The caller of an authenticated request.</summary>
    public static Caller? Caller(this ClaimsPrincipal principal) =>
        principal.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller;

    private static string PolicyOf(Right right) => $"right:{right}";

    private static AuthorizationPolicy Policy(Func<Caller, bool> allows) =>
        new AuthorizationPolicyBuilder(HttpSignIn.SchemeName)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.User.Caller() is { } caller && allows(caller))
            .Build();
}

/// <summary>Answers a refusal with problem details instead of an empty body.</summary>
public sealed class RefusalAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (context.Items.ContainsKey(HttpSignIn.HeaderMissing))
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden, "header-missing", "This request may have been forged.",
                $"A change with the cookie needs the header {HttpSignIn.SameOriginHeader}.").ExecuteAsync(context);
        }

        if (!authorizeResult.Forbidden)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Answer(context, authorizeResult.Forbidden).ExecuteAsync(context);
    }

    private static IResult Answer(HttpContext context, bool isForbidden)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RefusalForm>() is { } form)
        {
            return form.Answer(isForbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
        }

        return isForbidden
            ? Problems.Forbidden("None of your grants gives it; ask an administrator of your party.")
            : Problems.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.", null);
    }
}

/// <summary>The form in which routes of a standard refuse whoever may not.</summary>
/// <param name="Answer">Gets the status, 401 or 403; gives the answer.</param>
public sealed record RefusalForm(Func<int, IResult> Answer);

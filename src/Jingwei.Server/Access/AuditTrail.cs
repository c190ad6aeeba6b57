namespace Jingwei.Server.Access;

/// <summary>Writes the audit: every request that is not a plain read, and every refused one.</summary>
public sealed class AuditTrail(Audit audit) : IMiddleware
{
    /// <summary>The actor of a request that nobody signed in for.</summary>
    public const string Nobody = "-";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var thrown = true;
        try
        {
            await next(context);
            thrown = false;
        }
        finally
        {
            // A request that broke may have changed something before it did.
            Record(context, thrown ? StatusCodes.Status500InternalServerError : context.Response.StatusCode);
        }
    }

    private void Record(HttpContext context, int status)
    {
        var request = context.Request;
        var refused = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        if (!refused && (IsRead(request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<NotAudited>() is not null))
        {
            return;
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
        audit.Record(Actor(context), $"{request.Method} {route}", request.Path.ToString(), status);
    }

    private static string Actor(HttpContext context) => context.User.Caller() switch
    {
        { } caller => caller.Actor,
        null => context.Items[SignInEndpoints.AttemptedUser] as string is { Length: > 0 } tried ? tried : Nobody,
    };

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}

/// <summary>Marks the routes whose requests are accounted for elsewhere: readings. Refusals are written all the same.</summary>
public sealed class NotAudited;

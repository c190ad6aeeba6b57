namespace Jingwei.Server.Access;

/// <summary>Writes the audit: every request that is not a plain read, and every refused one.</summary>
public sealed class AuditTrail(Audit audit) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var request = context.Request;
        var status = context.Response.StatusCode;
        var refused = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        if ((IsRead(request.Method) && !refused) || context.GetEndpoint()?.Metadata.GetMetadata<NotAudited>() is not null)
        {
            return;
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
        var actor = context.User.Caller()?.Id ?? context.Items[SignInEndpoints.AttemptedUser] as string ?? "-";
        audit.Record(actor, $"{request.Method} {route}", request.Path.ToString(), status);
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}

/// <summary>Marks the routes whose requests are accounted for elsewhere: readings.</summary>
public sealed class NotAudited;

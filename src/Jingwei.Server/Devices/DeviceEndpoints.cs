using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Devices;

/// <param name="Secret">Shown this once; only its hash is kept.</param>
public sealed record NewCredentials(string User, string Secret);

/// <param name="Secret">One that the thing has already, such as its access token on another platform; null: one is made.</param>
public sealed record GivenCredentials(string? Secret)
{
    /// <summary>A request without a body asks for a new secret. A body that is no JSON of this form has a secret that nobody can use.</summary>
    public static async ValueTask<GivenCredentials?> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return new GivenCredentials(Secret: null);
        }

        try
        {
            return await context.Request.ReadFromJsonAsync<GivenCredentials>(context.RequestAborted);
        }
        catch (JsonException)
        {
            return new GivenCredentials("");
        }
    }
}

/// <summary>Secrets of things.</summary>
public static class DeviceEndpoints
{
    public static void MapDeviceRoutes(this IEndpointRouteBuilder routes)
    {
        var thing = routes.MapGroup("/api/things/{id}");
        thing.MapPost("/credentials", Renew).Requires(Right.Configure).WithSummary("Makes the secret of a thing, shown this once, or takes one that it has already; an older one ends.");
        thing.MapDelete("/credentials", Revoke).Requires(Right.Configure).WithSummary("Ends the secret of a thing.");
    }

    private static Results<Created<NewCredentials>, ProblemHttpResult> Renew(
        Caller caller, string id, GivenCredentials? given, Visible visible, Things things, Credentials credentials, DeviceServer devices)
    {
        if (Refusal(caller, id, Right.Configure, visible, things) is { } refusal)
        {
            return refusal;
        }

        var secret = given?.Secret;
        if (secret is null)
        {
            secret = credentials.Renew(id);
        }
        else if (Credentials.Fault(secret) is { } fault)
        {
            return Problems.Invalid("invalid-secret", fault);
        }
        else if (!credentials.TrySet(id, secret))
        {
            return Problems.Conflict("secret-taken", "Another thing has this secret; each needs its own.");
        }

        devices.SignOut(id);
        return TypedResults.Created($"/api/things/{Uri.EscapeDataString(id)}/credentials", new NewCredentials(id, secret));
    }

    private static Results<NoContent, ProblemHttpResult> Revoke(
        Caller caller, string id, Visible visible, Things things, Credentials credentials, DeviceServer devices)
    {
        if (Refusal(caller, id, Right.Configure, visible, things) is { } refusal)
        {
            return refusal;
        }

        credentials.Remove(id);
        devices.SignOut(id);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult? Refusal(Caller caller, string id, Right right, Visible visible, Things things) =>
        visible.Thing(caller, id) is not { } thing ? Problems.NotFound("thing")
        : caller.May(right, things.ScopeOf(thing)) ? null
        : Problems.Forbidden("Your grants over this thing do not go that far.");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
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

public sealed record NewCommand(string? Command, JsonNode? Parameters);

public sealed record AcceptedCommand(string Id);

/// <summary>Secrets of things and commands to them.</summary>
public static class DeviceEndpoints
{
    public static void MapDeviceRoutes(this IEndpointRouteBuilder routes)
    {
        var thing = routes.MapGroup("/api/things/{id}");
        thing.MapPost("/credentials", Renew).Requires(Right.Configure).WithSummary("Makes the secret of a thing, shown this once, or takes one that it has already; an older one ends.");
        thing.MapDelete("/credentials", Revoke).Requires(Right.Configure).WithSummary("Ends the secret of a thing.");
        thing.MapPost("/commands", Send).Requires(Right.Operate).WithSummary("Sends a command to a thing.");
        thing.MapGet("/commands", List).Requires(Right.View).WithSummary("Commands to a thing and their answers, newest first.");
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

    private static async Task<Results<Accepted<AcceptedCommand>, ProblemHttpResult>> Send(
        Caller caller, string id, NewCommand request, Visible visible, Things things, PackCatalog packs, Commands commands)
    {
        if (Refusal(caller, id, Right.Operate, visible, things) is { } refusal)
        {
            return refusal;
        }

        things.TryGet(id, out var thing);
        var known = packs.Current.Type(thing!.Type)?.Commands ?? [];
        if (known.All(command => command.Id != request.Command))
        {
            return Problems.Invalid("unknown-command", $"This thing takes: {string.Join(", ", known.Select(command => command.Id))}.");
        }

        if (request.Parameters?.ToJsonString().Length > Commands.MaximumParameters)
        {
            return Problems.Invalid("too-large", $"Parameters have at most {Commands.MaximumParameters} characters of JSON.");
        }

        var sent = await commands.SendAsync(id, request.Command!, request.Parameters, caller.Id);
        return TypedResults.Accepted($"/api/things/{Uri.EscapeDataString(id)}/commands", new AcceptedCommand(sent.Id));
    }

    private static Results<Ok<Page<SentCommand>>, ProblemHttpResult> List(Caller caller, string id, Visible visible, Commands commands, PageRequest page)
    {
        if (visible.Thing(caller, id) is null)
        {
            return Problems.NotFound("thing");
        }

        var items = commands.List(id, page.After, page.Limit);
        return TypedResults.Ok(new Page<SentCommand>(items, items.Count < page.Limit ? null : PageRequest.Encode(items[^1].Id)));
    }

    private static ProblemHttpResult? Refusal(Caller caller, string id, Right right, Visible visible, Things things) =>
        visible.Thing(caller, id) is not { } thing ? Problems.NotFound("thing")
        : caller.May(right, things.ScopeOf(thing)) ? null
        : Problems.Forbidden("Your grants over this thing do not go that far.");
}

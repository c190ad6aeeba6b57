using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Devices.Commanding;

public sealed record NewCommand(string? Command, JsonNode? Parameters);

/// <param name="Status">unconfirmed: it is sent once it is confirmed.</param>
public sealed record AcceptedCommand(string Id, CommandStatus Status);

/// <summary>Commands to a thing: send, confirm, take back, look back.</summary>
internal static class CommandEndpoints
{
    public static void MapCommandRoutes(this IEndpointRouteBuilder routes)
    {
        var commands = routes.MapGroup("/api/things/{id}/commands");
        commands.MapPost("", Send).Requires(Right.Operate).WithSummary("Sends a command to a thing; a dangerous one waits to be confirmed.");
        commands.MapGet("", List).Requires(Right.View).WithSummary("Commands to a thing and their answers, newest first.");
        commands.MapGet("/{command}", Get).Requires(Right.View).WithSummary("A command to a thing and its answer.");
        commands.MapPost("/{command}/confirm", Confirm).Requires(Right.Operate).WithSummary("Confirms a dangerous command: it is sent.");
        commands.MapPost("/{command}/cancel", Cancel).Requires(Right.Operate).WithSummary("Takes back a command that was not sent yet.");
    }

    /// <summary>Why the caller may not send a command to a thing; null when he may.</summary>
    internal static ProblemHttpResult? Refusal(Caller caller, Thing thing, Command? command, JsonNode? parameters, ThingType? type, Things things)
    {
        if (!caller.May(Right.Operate, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("Your grants over this thing do not go that far.");
        }

        if (command is null)
        {
            return Problems.Invalid("unknown-command", $"This thing takes: {string.Join(", ", (type?.Commands ?? []).Select(each => each.Id))}.");
        }

        if (!caller.May(command.Right, things.ScopeOf(thing)))
        {
            return Problems.Forbidden($"The command {command.Id} needs the right to {command.Right.ToString().ToLowerInvariant()}.");
        }

        if (parameters?.ToJsonString().Length > CommandLimits.Parameters)
        {
            return Problems.Invalid("too-large", $"Parameters have at most {CommandLimits.Parameters} characters of JSON.");
        }

        return CommandParameters.Faults(command.Parameters, parameters) is { Count: > 0 } faults
            ? Problems.Invalid("bad-parameters", string.Join(' ', faults), faults)
            : null;
    }

    private static async Task<Results<Accepted<AcceptedCommand>, ProblemHttpResult>> Send(
        Caller caller, string id, NewCommand request, Visible visible, Things things, PackCatalog packs, Commands commands)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        var type = packs.Current.Type(thing.Type);
        var command = type?.Commands.FirstOrDefault(each => each.Id == request.Command);
        if (Refusal(caller, thing, command, request.Parameters, type, things) is { } refusal)
        {
            return refusal;
        }

        var sent = await commands.SendAsync(id, command!, request.Parameters, caller.Id);
        return TypedResults.Accepted($"/api/things/{Uri.EscapeDataString(id)}/commands/{sent.Id}", new AcceptedCommand(sent.Id, sent.Status));
    }

    private static Results<Ok<Page<SentCommand>>, ProblemHttpResult> List(
        Caller caller, string id, Visible visible, CommandStore store, TimeProvider clock, PageRequest page)
    {
        if (visible.Thing(caller, id) is null)
        {
            return Problems.NotFound("thing");
        }

        var items = store.List(id, page.After, page.Limit);
        return TypedResults.Ok(new Page<SentCommand>(
            [.. items.Select(row => row.ToCommand(clock.GetUtcNow()))], items.Count < page.Limit ? null : PageRequest.Encode(items[^1].Id)));
    }

    private static Results<Ok<SentCommand>, ProblemHttpResult> Get(Caller caller, string id, string command, Visible visible, CommandStore store, TimeProvider clock) =>
        visible.Thing(caller, id) is null ? Problems.NotFound("thing")
        : Of(id, command, store) is { } row ? TypedResults.Ok(row.ToCommand(clock.GetUtcNow()))
        : Problems.NotFound("command");

    private static async Task<Results<Ok<SentCommand>, ProblemHttpResult>> Confirm(
        Caller caller, string id, string command, Visible visible, Things things, PackCatalog packs, Commands commands, CommandStore store)
    {
        if (visible.Thing(caller, id) is not { } thing || Of(id, command, store) is not { } row)
        {
            return Problems.NotFound("command");
        }

        var declared = packs.Current.Type(thing.Type)?.Commands.FirstOrDefault(each => each.Id == row.Command);
        if (!caller.May(declared?.Right ?? Right.Operate, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("Your grants over this thing do not go that far.");
        }

        if (declared?.Confirm == Confirmation.Other && row.By == caller.Id)
        {
            return Problems.Forbidden("Somebody other than who sent it has to confirm it.");
        }

        return row.Status == nameof(CommandStatus.Unconfirmed) && await commands.ConfirmAsync(row, caller.Id) is { } sent ? TypedResults.Ok(sent) : Late();
    }

    private static Results<Ok<SentCommand>, ProblemHttpResult> Cancel(
        Caller caller, string id, string command, Visible visible, Things things, Commands commands, CommandStore store, TimeProvider clock)
    {
        if (visible.Thing(caller, id) is not { } thing || Of(id, command, store) is not { } row)
        {
            return Problems.NotFound("command");
        }

        if (!caller.May(Right.Operate, things.ScopeOf(thing)))
        {
            return Problems.Forbidden("Your grants over this thing do not go that far.");
        }

        return commands.Cancel(row) ? TypedResults.Ok(store.Find(row.Id)!.ToCommand(clock.GetUtcNow())) : Late();
    }

    private static CommandRow? Of(string thing, string id, CommandStore store) => store.Find(id) is { } row && row.Thing == thing ? row : null;

    private static ProblemHttpResult Late() => Problems.Conflict("not-waiting", "The command does not wait any more.");
}

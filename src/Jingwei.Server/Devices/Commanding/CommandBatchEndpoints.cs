using System.Text.Json.Nodes;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Devices.Commanding;

public sealed record NewBatch(string? Command, JsonNode? Parameters, IReadOnlyList<string>? Things);

public sealed record AcceptedBatch(string Id, int Total);

/// <summary>The same command to many things: all of it is checked before any of it is sent. Its sender, and who operates everything, see it.</summary>
internal static class CommandBatchEndpoints
{
    public static void MapCommandBatchRoutes(this IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/api/command-batches").Requires(Right.Operate);
        batches.MapPost("", Send).WithSummary("Sends a command to many things, one after the other.");
        batches.MapGet("", List).WithSummary("Batches of commands, newest first, with how many of their commands stand where.");
        batches.MapGet("/{id}", Get).WithSummary("A batch of commands and how far it is.");
        batches.MapGet("/{id}/commands", Commands).WithSummary("The commands of a batch.");
        batches.MapPost("/{id}/confirm", Confirm).WithSummary("Confirms the dangerous commands of a batch: they are sent.");
        batches.MapPost("/{id}/cancel", Cancel).WithSummary("Takes back what of a batch was not sent yet.");
    }

    private static Results<Accepted<AcceptedBatch>, ProblemHttpResult> Send(
        Caller caller, NewBatch request, Visible visible, Things things, PackCatalog packs, Commands commands)
    {
        var ids = (request.Things ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 or > CommandLimits.Batch)
        {
            return Problems.Invalid("bad-things", $"things: 1 to {CommandLimits.Batch} ids.");
        }

        var targets = new List<(string Thing, Command Command)>();
        foreach (var id in ids)
        {
            if (visible.Thing(caller, id) is not { } thing)
            {
                return Problems.Invalid("bad-things", $"things: there is no thing {id}.");
            }

            var type = packs.Current.Type(thing.Type);
            var command = type?.Commands.FirstOrDefault(each => each.Id == request.Command);
            if (CommandEndpoints.Refusal(caller, thing, command, request.Parameters, type, things) is { } refusal)
            {
                return refusal;
            }

            targets.Add((id, command!));
        }

        var batch = commands.SendToMany(targets, request.Command!, request.Parameters, caller.Id);
        return TypedResults.Accepted($"/api/command-batches/{batch}", new AcceptedBatch(batch, targets.Count));
    }

    private static Ok<Page<CommandBatch>> List(Caller caller, CommandStore store, PageRequest page)
    {
        var rows = store.ListBatches(caller.May(Right.Operate, Scope.Everything) ? null : caller.Id, page.After, page.Limit);
        return TypedResults.Ok(new Page<CommandBatch>([.. rows.Select(row => row.ToBatch())], rows.Count < page.Limit ? null : PageRequest.Encode(rows[^1].Id)));
    }

    private static Results<Ok<CommandBatch>, ProblemHttpResult> Get(Caller caller, string id, CommandStore store) =>
        Visible(caller, id, store) is { } row ? TypedResults.Ok(row.ToBatch()) : Problems.NotFound("batch");

    private static Results<Ok<Page<SentCommand>>, ProblemHttpResult> Commands(
        Caller caller, string id, CommandStore store, Visible visible, TimeProvider clock, PageRequest page)
    {
        if (Visible(caller, id, store) is null)
        {
            return Problems.NotFound("batch");
        }

        var rows = store.OfBatch(id, page.After, page.Limit);
        return TypedResults.Ok(new Page<SentCommand>(
            [.. rows.Where(row => visible.Thing(caller, row.Thing) is not null).Select(row => row.ToCommand(clock.GetUtcNow()))],
            rows.Count < page.Limit ? null : PageRequest.Encode(rows[^1].Id)));
    }

    private static Results<Ok<CommandBatch>, ProblemHttpResult> Confirm(
        Caller caller, string id, CommandStore store, Commands commands, PackCatalog packs, Things things)
    {
        if (Visible(caller, id, store) is not { } batch)
        {
            return Problems.NotFound("batch");
        }

        foreach (var row in store.OfBatch(id, null, CommandLimits.Batch))
        {
            var declared = things.TryGet(row.Thing, out var thing) ? packs.Current.Type(thing.Type)?.Commands.FirstOrDefault(each => each.Id == row.Command) : null;
            if (thing is not null && !caller.May(declared?.Right ?? Right.Operate, things.ScopeOf(thing)))
            {
                return Problems.Forbidden("Your grants over these things do not go that far.");
            }

            if (declared?.Confirm == Confirmation.Other && batch.By == caller.Id)
            {
                return Problems.Forbidden("Somebody other than who sent it has to confirm it.");
            }
        }

        commands.ConfirmBatch(id, caller.Id);
        return TypedResults.Ok(store.FindBatch(id)!.ToBatch());
    }

    private static Results<Ok<CommandBatch>, ProblemHttpResult> Cancel(Caller caller, string id, CommandStore store, Commands commands)
    {
        if (Visible(caller, id, store) is null)
        {
            return Problems.NotFound("batch");
        }

        commands.CancelBatch(id);
        return TypedResults.Ok(store.FindBatch(id)!.ToBatch());
    }

    private static BatchRow? Visible(Caller caller, string id, CommandStore store) =>
        store.FindBatch(id) is { } row && (row.By == caller.Id || caller.May(Right.Operate, Scope.Everything)) ? row : null;
}

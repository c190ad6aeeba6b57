using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Blocking;

/// <summary>Something is to be blocked.</summary>
/// <param name="Kind">`identifier` or `party`.</param>
public sealed record NewBlock(string? Kind, string? Target, string? Reason);

/// <summary>A block as the API shows it.</summary>
/// <param name="TargetName">The name of a party; of an identifier the identifier.</param>
public sealed record BlockItem(BlockKind Kind, string Target, string TargetName, string Reason, string By, string ByName, DateTimeOffset At);

/// <summary>What the node does not answer: identifiers by whoever reviews their prefix, parties by the platform's operator.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/identifier-blocks", List).Requires(Right.Administer)
            .WithSummary("What is blocked, as far as the caller could block it; `kind` (`identifier` or `party`) narrows it, and with it `target` to one.");
        routes.MapPost("/api/identifier-blocks", Add).Requires(Right.Administer).WithSummary("Blocks an identifier or a party, with a reason.");
        routes.MapDelete("/api/identifier-blocks/{kind}/{**target}", Remove).Requires(Right.Administer).WithSummary("Ends a block.");
    }

    private static Results<Ok<Page<BlockItem>>, ProblemHttpResult> List(
        Caller caller, string? kind, string? target, Blocks blocks, PrefixRights rights, Parties parties, Actors actors, PageRequest page)
    {
        var named = Named(kind);
        if (named is null && (kind is not null || target is not null))
        {
            return Problems.Invalid("bad-block", "kind: identifier or party; target goes with it.");
        }

        var found = target is null ? blocks.All.Where(block => named is null || block.Kind == named)
            : TargetOf(named!.Value, target, parties) is { } key && blocks.Find(named.Value, key) is { } one ? [one]
            : [];
        return TypedResults.Ok(Page.Cut(
            found.Where(block => MayBlock(caller, block.Kind, block.Target, rights)).OrderBy(KeyOf, StringComparer.Ordinal).Select(block => Item(block, parties, actors)),
            item => $"{item.Kind}/{item.Target}",
            page));
    }

    private static Results<Created<BlockItem>, ProblemHttpResult> Add(
        Caller caller, NewBlock request, Blocks blocks, PrefixRights rights, Parties parties, Actors actors)
    {
        if (Named(request.Kind) is not { } kind || TargetOf(kind, request.Target, parties) is not { } target)
        {
            return Problems.Invalid("bad-block", "kind is identifier or party, target one of them.");
        }

        if (PrefixFaults.OfWhy(request.Reason) is { } fault)
        {
            return Problems.Invalid("bad-reason", fault);
        }

        if (!MayBlock(caller, kind, target, rights))
        {
            return Problems.Forbidden("Identifiers are blocked by whoever reviews their prefix, parties by the platform's operator.");
        }

        return blocks.Add(kind, target, request.Reason!.Trim(), caller.Actor) is { } added
            ? TypedResults.Created($"/api/identifier-blocks/{kind.ToString().ToLowerInvariant()}/{Uri.EscapeDataString(target)}", Item(added, parties, actors))
            : Problems.Conflict("blocked-already", $"It is blocked already, or there are {Blocks.Most} blocks.");
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Caller caller, string kind, string target, Blocks blocks, PrefixRights rights, Parties parties) =>
        Named(kind) is { } named && TargetOf(named, target, parties) is { } key && MayBlock(caller, named, key, rights) && blocks.Remove(named, key)
            ? TypedResults.NoContent()
            : Problems.NotFound("block");

    private static BlockKind? Named(string? kind) => kind switch { "identifier" => BlockKind.Identifier, "party" => BlockKind.Party, _ => null };

    private static string? TargetOf(BlockKind kind, string? target, Parties parties) =>
        kind == BlockKind.Party ? target is not null && target != Parties.Root && parties.Find(target) is not null ? target : null
        : IdentifierName.KeyOf(target) is { } key ? Encoding.UTF8.GetString(key) : null;

    private static bool MayBlock(Caller caller, BlockKind kind, string target, PrefixRights rights) =>
        kind == BlockKind.Party ? caller.May(Right.Administer, Scope.Everything)
        : IdentifierName.PrefixOf(Encoding.UTF8.GetBytes(target)) is { } prefix && rights.MayReview(caller, prefix);

    private static string KeyOf(Block block) => $"{block.Kind}/{block.Target}";

    private static BlockItem Item(Block block, Parties parties, Actors actors) => new(
        block.Kind, block.Target, block.Kind == BlockKind.Party ? parties.Find(block.Target)?.Name ?? block.Target : block.Target, block.Reason, block.By, actors.NameOf(block.By), block.At);
}

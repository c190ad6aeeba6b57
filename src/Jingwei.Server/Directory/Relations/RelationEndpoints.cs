using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Directory.Relations;

/// <summary>A relation as one of its two things shows it.</summary>
/// <param name="Back">True where the other thing is the first: it feeds this one.</param>
public sealed record RelationItem(string Kind, Label Name, bool Back, string Other, string OtherName, string OtherType);

/// <summary>Relations between things: seen from both ends, changed by who configures one end and sees the other.</summary>
public static class RelationEndpoints
{
    public static void MapRelations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/relation-kinds", () => TypedResults.Ok(new Page<RelationKind>(RelationKind.All, null))).Requires(Right.View).WithSummary("The kinds of relations.");
        routes.MapGet("/api/things/{id}/relations", List).Requires(Right.View).WithSummary("What a thing has to do with others, both ways.");
        routes.MapPut("/api/things/{id}/relations/{kind}/{other}", Add).Requires(Right.Configure).WithSummary("Relates a thing to another.");
        routes.MapDelete("/api/things/{id}/relations/{kind}/{other}", Remove).Requires(Right.Configure).WithSummary("Ends a relation.");
    }

    private static Results<Ok<Page<RelationItem>>, ProblemHttpResult> List(Caller caller, string id, Visible visible, Relations relations) =>
        visible.Thing(caller, id) is null
            ? Problems.NotFound("thing")
            : TypedResults.Ok(new Page<RelationItem>([.. relations.Of(id).Select(relation => Item(caller, id, relation, visible)).OfType<RelationItem>()], null));

    private static Results<NoContent, ProblemHttpResult> Add(Caller caller, string id, string kind, string other, Visible visible, Things things, Relations relations)
    {
        if (Refusal(caller, id, kind, other, visible, things) is { } refusal)
        {
            return refusal;
        }

        return relations.Add(new Relation(id, kind, other), caller) == RelationOutcome.TooMany
            ? Problems.Conflict("too-many-relations", $"A thing has at most {Relations.Most} relations.")
            : TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Caller caller, string id, string kind, string other, Visible visible, Things things, Relations relations)
    {
        if (Refusal(caller, id, kind, other, visible, things) is { } refusal)
        {
            return refusal;
        }

        return relations.Remove(new Relation(id, kind, other), caller) ? TypedResults.NoContent() : Problems.NotFound("relation");
    }

    private static ProblemHttpResult? Refusal(Caller caller, string id, string kind, string other, Visible visible, Things things)
    {
        if (visible.Thing(caller, id) is not { } thing)
        {
            return Problems.NotFound("thing");
        }

        if (RelationKind.Find(kind) is null)
        {
            return Problems.Invalid("bad-kind", $"The kind of a relation is one of {string.Join(", ", RelationKind.All.Select(each => each.Id))}.");
        }

        if (visible.Thing(caller, other) is not { } second || other == id)
        {
            return Problems.Invalid("unknown-thing", $"There is no other thing \"{other}\".");
        }

        return caller.May(Right.Configure, things.ScopeOf(thing)) || caller.May(Right.Configure, things.ScopeOf(second))
            ? null
            : Problems.Forbidden("You can only relate things of which you configure one.");
    }

    private static RelationItem? Item(Caller caller, string id, Relation relation, Visible visible)
    {
        var isBack = relation.Other == id;
        return RelationKind.Find(relation.Kind) is { } kind && visible.Thing(caller, isBack ? relation.Thing : relation.Other) is { } other
            ? new(kind.Id, isBack ? kind.Back : kind.Name, isBack, other.Id, other.Name, other.Type)
            : null;
    }
}

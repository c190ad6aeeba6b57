using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Rotas;

/// <param name="Instead">Whom the person stands in for; null: for everybody.</param>
public sealed record RotaChangeRequest(DateTimeOffset? From, DateTimeOffset? To, string? Person, string? Instead);

/// <summary>A person and a time within the turn that he has.</summary>
public sealed record SwapSide(string? Person, DateTimeOffset? At);

/// <summary>Two people take each other's turns.</summary>
public sealed record SwapRequest(SwapSide? First, SwapSide? Second);

/// <summary>A person of a turn by name.</summary>
public sealed record TurnPerson(string Id, string Name);

/// <param name="People">Who has it, with all changes.</param>
public sealed record TurnItem(string Rota, string Shift, string ShiftName, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TurnPerson> People);

/// <summary>Turns as they are, and changes of them. Who configures the rota makes any; others give away what is theirs.</summary>
internal static class RotaChangeEndpoints
{
    // A quarter, as it is planned.
    private static readonly TimeSpan LongestView = TimeSpan.FromDays(100);

    public static void MapRotaChanges(this RouteGroupBuilder rotas)
    {
        rotas.MapGet("/{id}/turns", Turns).Requires(Right.View).WithSummary("Who has which shift of a rota, with all changes; by default for two weeks from now.");
        rotas.MapGet("/{id}/changes", List).Requires(Right.View).WithSummary("What was changed in a rota.");
        rotas.MapPost("/{id}/changes", Add).Requires(Right.Operate).WithSummary("Puts somebody on call instead of others for a time.");
        rotas.MapDelete("/{id}/changes/{change:long}", Undo).Requires(Right.Configure).WithSummary("Takes a change of a rota back.");
        rotas.MapPost("/{id}/swaps", Swap).Requires(Right.Operate).WithSummary("Lets two people take each other's turns.");
    }

    internal static TurnItem Item(Turn turn, Users users) => new(
        turn.Rota, turn.Shift, turn.ShiftName, turn.From, turn.To, [.. turn.People.Select(person => new TurnPerson(person, users.Find(person)?.Name ?? person))]);

    private static Results<Ok<Page<TurnItem>>, ProblemHttpResult> Turns(
        Caller caller, string id, DateTimeOffset? from, DateTimeOffset? to, RotaBook book, Users users, TimeProvider clock)
    {
        if (RotaEndpoints.Visible(caller, id, book) is not { } kept)
        {
            return Problems.NotFound("rota");
        }

        var start = from ?? clock.GetUtcNow();
        var end = to ?? start.AddDays(14);
        return end <= start || end - start > LongestView
            ? Problems.Invalid("bad-period", $"to: after from, at most {LongestView.TotalDays:0} days.")
            : TypedResults.Ok(new Page<TurnItem>([.. book.Turns(kept, start, end).Select(turn => Item(turn, users))], null));
    }

    private static Results<Ok<Page<RotaChange>>, ProblemHttpResult> List(Caller caller, string id, RotaBook book) =>
        RotaEndpoints.Visible(caller, id, book) is { } kept
            ? TypedResults.Ok(new Page<RotaChange>([.. kept.Changes.OrderByDescending(change => change.Id)], null))
            : Problems.NotFound("rota");

    private static Results<Ok<RotaChange>, ProblemHttpResult> Add(Caller caller, string id, RotaChangeRequest request, RotaBook book, Users users)
    {
        if (RotaEndpoints.Visible(caller, id, book) is not { } kept)
        {
            return Problems.NotFound("rota");
        }

        if (request is not { From: { } from, To: { } to } || to <= from || to - from > LongestView)
        {
            return Problems.Invalid("bad-period", $"from, to: to is after from, at most {LongestView.TotalDays:0} days.");
        }

        if (request.Person is not { } person || users.Find(person) is null)
        {
            return Problems.Invalid("bad-person", "person: there is no such user.");
        }

        if (!MayChange(caller, kept, book, request.Instead))
        {
            return Problems.Forbidden("You can give away only turns of your own.");
        }

        return book.Change(id, new RotaChange(0, id, from, to, person, request.Instead, caller.Id)) is { } made ? TypedResults.Ok(made[0]) : TooMany();
    }

    private static Results<NoContent, ProblemHttpResult> Undo(Caller caller, string id, long change, RotaBook book) =>
        RotaEndpoints.Visible(caller, id, book) is not { } kept ? Problems.NotFound("rota")
        : !caller.May(Right.Configure, book.ScopeOf(kept.Rota)) ? RotaEndpoints.NotYours()
        : book.Undo(id, change) ? TypedResults.NoContent()
        : Problems.NotFound("change");

    private static Results<Ok<Page<RotaChange>>, ProblemHttpResult> Swap(Caller caller, string id, SwapRequest request, RotaBook book)
    {
        if (RotaEndpoints.Visible(caller, id, book) is not { } kept)
        {
            return Problems.NotFound("rota");
        }

        if (TurnOf(kept, request.First, book) is not { } first || TurnOf(kept, request.Second, book) is not { } second || request.First!.Person == request.Second!.Person)
        {
            return Problems.Invalid("bad-swap", "first, second: each names a person and a time at which he is on call; they are two people.");
        }

        if (!MayChange(caller, kept, book, request.First.Person) && !MayChange(caller, kept, book, request.Second.Person))
        {
            return Problems.Forbidden("You can swap only turns of your own.");
        }

        var (one, other) = (request.First.Person!, request.Second.Person!);
        return book.Change(id, new(0, id, first.From, first.To, other, one, caller.Id), new(0, id, second.From, second.To, one, other, caller.Id)) is { } made
            ? TypedResults.Ok(new Page<RotaChange>(made, null))
            : TooMany();
    }

    private static Turn? TurnOf(KeptRota kept, SwapSide? side, RotaBook book) =>
        side is { Person: { } person, At: { } at } ? book.Turns(kept, at, at.AddTicks(1)).FirstOrDefault(turn => turn.People.Contains(person)) : null;

    private static bool MayChange(Caller caller, KeptRota kept, RotaBook book, string? instead) =>
        caller.May(Right.Configure, book.ScopeOf(kept.Rota)) || (caller.Kind == CallerKind.User && instead == caller.Id);

    private static ProblemHttpResult TooMany() => Problems.Conflict("too-many-changes", $"A rota has at most {RotaBook.MaximumChanges} changes.");
}

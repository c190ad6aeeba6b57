using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Notifications.Rotas;

/// <summary>Who has a rota's duty at a time, and who takes over.</summary>
/// <param name="Now">The turns that hold the time; empty where nobody has it.</param>
/// <param name="Next">The first turn after it that somebody else has, within a month; null where there is none.</param>
public sealed record DutyItem(string Rota, string Name, string Party, string Region, IReadOnlyList<TurnItem> Now, TurnItem? Next);

/// <summary>Who is on call by each rota, and who comes after.</summary>
internal static class DutyEndpoints
{
    // Longer than most turns last; a rota that one person has for longer names nobody.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(31);

    public static void MapDuty(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/on-call/rotas", List).Requires(Right.View).WithSummary("Who is on call by each rota at a time, and who takes over.");

    private static Ok<Page<DutyItem>> List(
        Caller caller, DateTimeOffset? at, RotaBook book, Users users, TimeProvider clock, PageRequest page)
    {
        var time = at ?? clock.GetUtcNow();
        var cut = Page.Cut(book.All.Where(kept => caller.May(Right.View, book.ScopeOf(kept.Rota))), kept => kept.Rota.Id, page);
        return TypedResults.Ok(new Page<DutyItem>([.. cut.Items.Select(kept => Item(kept, time, book, users))], cut.Next));
    }

    internal static DutyItem Item(KeptRota kept, DateTimeOffset at, RotaBook book, Users users)
    {
        var now = book.Turns(kept, at, at.AddTicks(1)).ToList();
        var people = now.SelectMany(turn => turn.People).ToHashSet(StringComparer.Ordinal);
        var next = book.Turns(kept, at, at + Ahead).FirstOrDefault(turn => turn.From > at && !people.SetEquals(turn.People));
        return new(
            kept.Rota.Id, kept.Rota.Name, kept.Rota.Party, kept.Rota.Region, [.. now.Select(turn => RotaChangeEndpoints.Item(turn, users))],
            next is null ? null : RotaChangeEndpoints.Item(next, users));
    }
}

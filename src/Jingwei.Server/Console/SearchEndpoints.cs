using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Console;

/// <param name="Kind">thing, case, user or view: what the console opens.</param>
/// <param name="Detail">What tells it from others of the same name.</param>
public sealed record SearchHit(string Kind, string Id, Label Name, Label Detail);

/// <summary>One field that finds anything the caller may see.</summary>
public static class SearchEndpoints
{
    // As many as fit under the search field without scrolling.
    private const int MostPerKind = 8;

    // Longer than any name that it could find.
    private const int MaximumQuestion = Ids.MaximumName;

    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/api/search", Search).Requires(Right.View).WithSummary("Finds things, cases, boards and users by any part of a name.");

    private static Ok<Page<SearchHit>> Search(
        Caller caller, string? q, ThingSearch things, PackCatalog packs, PackParties enabled, CaseStore cases, CaseView view, Users users, Parties parties)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > MaximumQuestion)
        {
            return TypedResults.Ok(new Page<SearchHit>([], null));
        }

        var hits = things.Find(caller, q, MostPerKind)
            .Select(thing => new SearchHit("thing", thing.Id, Label.Of(thing.Name), packs.Current.KnownType(thing.Type)?.Name ?? Label.Of(thing.Type)))
            .Concat(cases.List(caller, new CaseFilter(null, null, null, null, null, null, q, null) { Exercise = null }, new PageRequest(null, MostPerKind)).Items
                .Select(view.Item)
                .Select(item => new SearchHit("case", item.Id, item.Exercise ? CaseWording.OfExercise(item.TitleLabel) : item.TitleLabel, item.StateName)))
            .Concat(packs.Current.Packs.Where(pack => enabled.Shows(pack.Id, caller)).SelectMany(pack => pack.Views)
                .Where(each => Holds(each.Name.Zh, q) || Holds(each.Name.En, q))
                .Select(each => new SearchHit("view", each.Id, each.Name, new Label("看板", "Board"))))
            .Concat(caller.MayAnywhere(Right.Administer) ? People(caller, q, users, parties) : []);
        return TypedResults.Ok(new Page<SearchHit>([.. hits], null));
    }

    private static IEnumerable<SearchHit> People(Caller caller, string q, Users users, Parties parties) => users.All
        .Where(user => UserEndpoints.Administers(caller, parties, user.Party) && (Holds(user.Name, q) || Holds(user.Id, q)))
        .Take(MostPerKind)
        .Select(user => new SearchHit("user", user.Id, Label.Of(user.Name), Label.Of(user.Id)));

    private static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

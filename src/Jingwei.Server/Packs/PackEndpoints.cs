using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Packs;

/// <summary>What packs declare, for whoever may see anything. Packs are the platform's, not a party's.</summary>
internal static class PackEndpoints
{
    public static void MapPackEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/packs", List).Requires(Right.View).WithSummary("The packs that are installed.");
        routes.MapGet("/api/packs/{id}", Get).Requires(Right.View).WithSummary("Everything that a pack declares.");
        routes.MapGet("/api/types", ListTypes).Requires(Right.View).WithSummary("The types of things.");
        routes.MapGet("/api/views", ListViews).Requires(Right.View).WithSummary("The boards that packs declare.");
    }

    private static Ok<Page<PackItem>> List(PackCatalog catalog, PackParties enabled, PageRequest page) =>
        TypedResults.Ok(Cut(catalog.Current.Packs, pack => pack.Id, pack => PackItem.Of(pack, enabled.Of(pack.Id)), page));

    private static Results<Ok<PackDetail>, ProblemHttpResult> Get(string id, PackCatalog catalog, PackParties enabled) =>
        catalog.Current.Packs.FirstOrDefault(pack => pack.Id == id) is { } pack
            ? TypedResults.Ok(PackDetail.Of(pack, enabled.Of(id)))
            : Problems.NotFound("pack");

    private static Ok<Page<TypeInfo>> ListTypes(PackCatalog catalog, PageRequest page) =>
        TypedResults.Ok(Cut(
            catalog.Current.Types.Select(TypeInfo.Of).Concat(catalog.Current.Retired.Types.Values.Select(type => TypeInfo.Of(type) with { Abstract = true, Retired = true })),
            type => type.Id, type => type, page));

    private static Ok<Page<ViewItem>> ListViews(Caller caller, PackCatalog catalog, PackParties enabled, PageRequest page) =>
        TypedResults.Ok(Cut(catalog.Current.Packs.Where(pack => enabled.Shows(pack.Id, caller)).SelectMany(pack => pack.Views), view => view.Id, ViewItem.Of, page));

    private static Page<TItem> Cut<T, TItem>(IEnumerable<T> all, Func<T, string> id, Func<T, TItem> item, PageRequest page)
    {
        var cut = Page.Cut(all.OrderBy(id, StringComparer.Ordinal), id, page);
        return new Page<TItem>([.. cut.Items.Select(item)], cut.Next);
    }
}

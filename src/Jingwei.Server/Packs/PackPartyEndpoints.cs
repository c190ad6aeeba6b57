using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Packs;

public sealed record PackPartiesRequest(IReadOnlyList<string>? Parties);

/// <summary>For whom a pack is enabled.</summary>
public static class PackPartyEndpoints
{
    public static void MapPackParties(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/packs/{id}/parties", Set).Requires(Right.Administer).WithSummary("Enables a pack for some tenants alone, or with root for all.");

    private static Results<Ok<PackItem>, ProblemHttpResult> Set(Caller caller, string id, PackPartiesRequest request, PackCatalog catalog, PackParties enabled, Parties parties)
    {
        if (catalog.Current.Packs.FirstOrDefault(pack => pack.Id == id) is not { } pack)
        {
            return Problems.NotFound("pack");
        }

        if (!caller.May(Right.Administer, Scope.Everything))
        {
            return Problems.Forbidden("Packs are the platform's: only its operator says for whom they are.");
        }

        if (request.Parties is not { Count: > 0 } wanted || wanted.FirstOrDefault(party => party != Parties.Root && parties.Find(party)?.Parent != Parties.Root) is not null)
        {
            return Problems.Invalid("bad-parties", "parties names root, for all, or parties at the top of the tree.");
        }

        enabled.Set(id, wanted);
        return TypedResults.Ok(PackItem.Of(pack, enabled.Of(id)));
    }
}

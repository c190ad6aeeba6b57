using Jingwei.Server.Access;
using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Signing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Packs;

/// <summary>What came into force.</summary>
/// <param name="Added">Ids of packs that are new.</param>
/// <param name="Changed">Ids of packs whose files are other than before.</param>
/// <param name="Removed">Ids of packs whose folder is gone; what their things have read stays.</param>
public sealed record PackReloadAnswer(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed);

/// <summary>
/// Reads the folder of packs anew while the server runs. The whole set is checked first and put in force at once; with any problem in any pack
/// everything stays as it is. Open alarms and cases stay; delays and windows of rules that are the same go on.
/// </summary>
public static class PackReload
{
    public static void MapPackReload(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/packs/reload", Reload).Requires(Right.Administer).WithSummary("Reads the packs' folder anew, and puts what is there in force at once if none has a problem.");

    /// <summary>Puts what the folder holds in force; answers the problems instead when there are any.</summary>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The system denies access to a file.</exception>
    internal static (PackReloadAnswer? Answer, IReadOnlyList<PackProblem> Problems) Run(PackCatalog catalog, string folder, PackTrust? trust = null, PackMigrations? migrations = null)
    {
        lock (catalog.Changing)
        {
            var loaded = TrustedPacks.Load(folder, trust ?? PackTrust.Anyone);
            if (loaded.Packs is not { } next)
            {
                return (null, loaded.Problems);
            }

            if (migrations?.Problems(next) is { Count: > 0 } against)
            {
                return (null, against);
            }

            var before = catalog.Current.Packs.ToDictionary(pack => pack.Id, StringComparer.Ordinal);
            var after = next.Packs.ToDictionary(pack => pack.Id, StringComparer.Ordinal);
            var answer = new PackReloadAnswer(
                [.. after.Keys.Except(before.Keys, StringComparer.Ordinal)],
                [.. after.Where(pack => before.TryGetValue(pack.Key, out var old) && old.Digest != pack.Value.Digest).Select(pack => pack.Key)],
                [.. before.Keys.Except(after.Keys, StringComparer.Ordinal)]);
            if (answer is not { Added: [], Changed: [], Removed: [] })
            {
                KillPoint.Reach("pack-read");
                catalog.Swap(next);
                KillPoint.Reach("pack-swapped");
                migrations?.Note(next);
            }

            return (answer, []);
        }
    }

    private static Results<Ok<PackReloadAnswer>, ProblemHttpResult> Reload(Caller caller, PackCatalog catalog, PackMigrations migrations, ServerOptions options)
    {
        if (!caller.May(Right.Administer, Scope.Everything))
        {
            return Problems.Forbidden("Packs are the platform's: only its operator may put them in force.");
        }

        if (options.PacksFolder is not { } folder || !System.IO.Directory.Exists(folder))
        {
            return Problems.Conflict("no-packs-folder", "The server was started without a folder of packs; name one with --packs.");
        }

        try
        {
            var (answer, problems) = Run(catalog, folder, options.PackTrust, migrations);
            return answer is null
                ? Problems.Invalid("bad-packs", "The packs have problems; what was in force stays.", [.. problems.Select(problem => problem.ToString())])
                : TypedResults.Ok(answer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Problems.Conflict("packs-unreadable", fault.Message);
        }
    }
}

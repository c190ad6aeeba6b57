using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Packs.Installing;

/// <param name="Reload">What came into force.</param>
public sealed record InstallAnswer(PackChange Change, PackReloadAnswer Reload);

/// <summary>Packs put in and taken out while the server runs.</summary>
public static class InstallEndpoints
{
    // A pack is text; a demo may bring data.
    private const int LargestFile = 64 << 20;

    public static void MapPackInstall(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/packs/install", InstallAsync).Requires(Right.Administer).WithMetadata(new BodyLimit(LargestFile))
            .WithSummary("Takes the ZIP file of a pack, checks it beside the others, and puts it in force.");
        routes.MapDelete("/api/packs/{id}", Uninstall).Requires(Right.Administer).WithSummary("Takes a pack out; things, readings and cases of it stay readable.");
    }

    private static async Task<Results<Ok<InstallAnswer>, ProblemHttpResult>> InstallAsync(
        Caller caller, HttpRequest request, PackCatalog catalog, PackMigrations migrations, ServerOptions options, CancellationToken cancellation)
    {
        if (Refusal(caller, options) is { } refusal)
        {
            return refusal;
        }

        var file = Path.Combine(options.Data, $"incoming-{Path.GetRandomFileName()}.zip");
        try
        {
            await using (var into = File.Create(file))
            {
                await request.Body.CopyToAsync(into, cancellation);
            }

            lock (catalog.Changing)
            {
                var (change, problems) = new PackInstall(options.PacksFolder!, options.PackTrust, migrations.Followed).Add(file);
                return change is null ? Bad(problems) : Reloaded(change, catalog, migrations, options);
            }
        }
        catch (InvalidDataException fault)
        {
            return Problems.Invalid("bad-file", $"The file is no ZIP file of a pack: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Problems.Conflict("packs-unreadable", fault.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Results<Ok<InstallAnswer>, ProblemHttpResult> Uninstall(Caller caller, string id, PackCatalog catalog, PackMigrations migrations, ServerOptions options)
    {
        if (Refusal(caller, options) is { } refusal)
        {
            return refusal;
        }

        lock (catalog.Changing)
        {
            return new PackInstall(options.PacksFolder!, options.PackTrust).Remove(id) is { } change ? Reloaded(change, catalog, migrations, options) : Problems.NotFound("pack");
        }
    }

    private static Results<Ok<InstallAnswer>, ProblemHttpResult> Reloaded(PackChange change, PackCatalog catalog, PackMigrations migrations, ServerOptions options)
    {
        var (answer, problems) = PackReload.Run(catalog, options.PacksFolder!, options.PackTrust, migrations);
        return answer is null ? Bad(problems) : TypedResults.Ok(new InstallAnswer(change, answer));
    }

    private static ProblemHttpResult Bad(IReadOnlyList<PackProblem> problems) =>
        Problems.Invalid("bad-packs", "The packs have problems; what was in force stays.", [.. problems.Select(problem => problem.ToString())]);

    private static ProblemHttpResult? Refusal(Caller caller, ServerOptions options) =>
        !caller.May(Right.Administer, Scope.Everything) ? Problems.Forbidden("Packs are the platform's: only its operator may put them in and take them out.")
        : options.PacksFolder is null ? Problems.Conflict("no-packs-folder", "The server was started without a folder of packs; name one with --packs.")
        : null;
}

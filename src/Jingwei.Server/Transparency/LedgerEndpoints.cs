using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Tiles;
using Jingwei.Server.Access;
using Jingwei.Server.Transparency.Witnessing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Transparency;

/// <summary>The ledger as it stands.</summary>
/// <param name="Origin">Its name, for ever.</param>
/// <param name="Key">The verifier key of its checkpoints (signed-note).</param>
/// <param name="Size">Entries under the newest checkpoint.</param>
/// <param name="Root">Root of the tree over them, in base64.</param>
/// <param name="Waiting">Entries that are durable and not published yet.</param>
/// <param name="Checkpoint">The signed note.</param>
/// <param name="Cosigned">The newest checkpoint that witnesses cosigned; null where none is.</param>
/// <param name="Witnesses">Those that are asked to cosign it.</param>
/// <param name="WitnessKeys">The verifier keys of this server's own cosignatures, for ledgers that it is to witness.</param>
/// <param name="MayConfigure">Whether the caller may set who witnesses it.</param>
public sealed record LedgerItem(
    string Origin, string Key, long Size, string Root, long Waiting, string Checkpoint, bool Public, CosignedItem? Cosigned, IReadOnlyList<LedgerWitnessItem> Witnesses,
    IReadOnlyList<string> WitnessKeys, bool MayConfigure);

/// <summary>A cosigned checkpoint.</summary>
/// <param name="Checkpoint">The signed note with the cosignatures.</param>
public sealed record CosignedItem(long Size, string Checkpoint, IReadOnlyList<CosignatureItem> Cosignatures);

/// <summary>A witness as everybody sees it.</summary>
/// <param name="Failing">Whether it did not cosign when it was asked last.</param>
public sealed record LedgerWitnessItem(string Name, string Key, long Size, DateTimeOffset? CosignedAt, bool Failing);

/// <summary>The ledger: its files as C2SP tlog-tiles has them, and how it stands.</summary>
internal static class LedgerEndpoints
{
    private const string Path = "/ledger/";

    // A full tile never changes (tlog-tiles, Merkle Tree); a checkpoint does every second.
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string Never = "no-cache";

    public static void MapLedgerFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path + "{**file}", File).AllowAnonymous()
            .WithSummary("The ledger's files: checkpoint, tile/<level>/<index>, tile/entries/<index> (c2sp.org/tlog-tiles).");
        routes.MapGet("/api/ledger", Get).Requires(Right.View).WithSummary("How the ledger stands, and the key that verifies it.");
    }

    private static Ok<LedgerItem> Get(
        Caller caller, ServerLedger ledger, ServerOptions options, WitnessBook book, Cosigning cosigning, CosignedCheckpoints cosigned, ServerWitness witness)
    {
        var published = ledger.Published;
        return TypedResults.Ok(new LedgerItem(
            ledger.Key.Name, ledger.Key.ToString(), published.Checkpoint.Size, Convert.ToBase64String(published.Checkpoint.Root.ToArray()),
            ledger.Size - published.Checkpoint.Size, Text(published), options.PublicLedger, Item(cosigned.Newest, book),
            [.. book.Witnesses.Select(each => Item(each, cosigning.OutcomeOf(each)))], [.. witness.Keys.Select(key => key.ToString())],
            caller.May(Right.Administer, Scope.Everything)));
    }

    private static CosignedItem? Item(CheckpointNote? cosigned, WitnessBook book) => cosigned is null ? null : new(
        cosigned.Checkpoint.Size, Text(cosigned), [.. CosignatureTimes.Of(cosigned.Note.Signatures, book.Witnesses.Select(each => each.Verifier))]);

    private static LedgerWitnessItem Item(AskedWitness witness, WitnessOutcome outcome) =>
        new(witness.Name, witness.Key, outcome.KnownSize, outcome.CosignedAt, outcome.Fault is not null);

    private static string Text(CheckpointNote checkpoint) => System.Text.Encoding.UTF8.GetString(checkpoint.Note.ToBytes());

    private static IResult File(string file, ServerLedger ledger, CosignedCheckpoints cosigned, ServerOptions options, HttpContext context)
    {
        if (!options.PublicLedger && context.User.Caller()?.MayAnywhere(Right.View) != true)
        {
            return context.User.Caller() is null
                ? Problems.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.", null)
                : Problems.NotFound("file of the ledger");
        }

        if (file == "checkpoint")
        {
            context.Response.Headers.CacheControl = Never;
            return TypedResults.Bytes(cosigned.Give(ledger.Published).Note.ToBytes(), "text/plain; charset=utf-8");
        }

        if (Read(ledger.Folder, file) is not { } bytes)
        {
            return Problems.NotFound("file of the ledger");
        }

        context.Response.Headers.CacheControl = ForEver;
        return TypedResults.Bytes(bytes, "application/octet-stream");
    }

    // A partial tile goes when the full one is there. No path but a tile's leads into the folder.
    private static byte[]? Read(string folder, string file)
    {
        try
        {
            return Tile.TryRead(file, out _) ? System.IO.File.ReadAllBytes(System.IO.Path.Combine(folder, file)) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

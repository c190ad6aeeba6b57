using Jingwei.Ledger.Notes;
using Jingwei.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Transparency.Witnessing;

/// <param name="Url">The witness's submission prefix; requests go to `add-checkpoint` below it.</param>
/// <param name="Key">The verifier key of its cosignatures (signed-note).</param>
public sealed record WitnessRequest(string? Url, string? Key);

/// <summary>A witness that is asked to cosign this ledger.</summary>
/// <param name="Size">Entries that it cosigned last, as far as is known here.</param>
/// <param name="Fault">Why it did not cosign when it was asked last.</param>
public sealed record WitnessItem(string Name, string Url, string Key, long Size, DateTimeOffset? CosignedAt, DateTimeOffset? AskedAt, string? Fault);

/// <param name="Origin">The log's origin line; by default the name of its key.</param>
/// <param name="Key">The verifier key of its checkpoints (signed-note).</param>
public sealed record WatchedLogRequest(string? Origin, string? Key);

/// <summary>A log that this server witnesses.</summary>
/// <param name="Size">Entries under the checkpoint that was cosigned last; null where none was.</param>
public sealed record WatchedLogItem(string Name, string Origin, string Key, long? Size, DateTimeOffset? CosignedAt);

/// <summary>
/// Who witnesses this ledger and which ones it witnesses: set by the platform's operator alone, as the server calls the addresses, and its
/// cosignature speaks for all parties.
/// </summary>
internal static class WitnessSettingEndpoints
{
    private const string NoKey = "key: This is no verifier key; it is written name+ID+key.";

    public static void MapWitnessSettings(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/api/ledger").Requires(Right.Administer).AddEndpointFilter(ForOperatorAsync);
        settings.MapGet("/witnesses", Witnesses).WithSummary("Witnesses that are asked to cosign this ledger, with what came of it last.");
        settings.MapPut("/witnesses/{name}", PutWitness).WithSummary("Adds a witness, or changes it; it is asked at once.");
        settings.MapDelete("/witnesses/{name}", RemoveWitness).WithSummary("Asks a witness no more.");
        settings.MapGet("/logs", Logs).WithSummary("Logs of other nodes that this server witnesses.");
        settings.MapPut("/logs/{name}", PutLog).WithSummary("Witnesses a log, or changes its key.");
        settings.MapDelete("/logs/{name}", RemoveLog).WithSummary("Witnesses a log no more; what was cosigned last of it stays known.");
    }

    private static async ValueTask<object?> ForOperatorAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.User.Caller()?.May(Right.Administer, Scope.Everything) == true
            ? await next(context)
            : Problems.Forbidden("Only the platform's operator sets who witnesses the ledger.");

    private static Ok<Page<WitnessItem>> Witnesses(WitnessBook book, Cosigning cosigning) =>
        TypedResults.Ok(new Page<WitnessItem>([.. book.Witnesses.Select(witness => Item(witness, cosigning))], null));

    private static Results<Ok<WitnessItem>, ProblemHttpResult> PutWitness(string name, WitnessRequest request, WitnessBook book, WitnessClient client, Cosigning cosigning)
    {
        var key = NoteVerifier.Read(request.Key?.Trim() ?? "").Value;
        List<string> faults =
        [
            .. Ids.Fault(name) is { } id ? [$"name: {id}"] : Array.Empty<string>(),
            .. client.Fault(request.Url) is { } url ? [$"url: {url}"] : Array.Empty<string>(),
            .. key is null ? [NoKey] : key.Type == SignatureType.Ed25519 ? ["key: This is the key of a log, not of a witness."] : Array.Empty<string>(),
        ];
        if (faults.Count > 0)
        {
            return Invalid(faults);
        }

        var witness = new AskedWitness(name, request.Url!, key!.ToString());
        return book.Witnesses.Any(other => other.Name != name && other.Key == witness.Key) ? Problems.Conflict("known-key", "Another witness has this key.")
            : !book.Save(witness) ? Problems.Conflict("too-many-witnesses", $"There are at most {AskedWitness.Most} witnesses.")
            : TypedResults.Ok(Item(witness, cosigning));
    }

    private static Results<NoContent, ProblemHttpResult> RemoveWitness(string name, WitnessBook book) =>
        book.RemoveWitness(name) ? TypedResults.NoContent() : Problems.NotFound("witness");

    private static Ok<Page<WatchedLogItem>> Logs(WitnessBook book, ServerWitness witness) =>
        TypedResults.Ok(new Page<WatchedLogItem>([.. book.Logs.Select(log => Item(log, witness))], null));

    private static Results<Ok<WatchedLogItem>, ProblemHttpResult> PutLog(string name, WatchedLogRequest request, WitnessBook book, ServerWitness witness, ServerLedger ledger)
    {
        var key = NoteVerifier.Read(request.Key?.Trim() ?? "").Value;
        List<string> faults =
        [
            .. Ids.Fault(name) is { } id ? [$"name: {id}"] : Array.Empty<string>(),
            .. Ids.NameFault(request.Origin) is { } origin ? [$"origin: {origin}"] : Array.Empty<string>(),
            .. key is null ? [NoKey] : key.Type != SignatureType.Ed25519 ? ["key: This is the key of a witness, not of a log."] : Array.Empty<string>(),
        ];
        if (faults.Count > 0)
        {
            return Invalid(faults);
        }

        var log = new WatchedLog(name, string.IsNullOrWhiteSpace(request.Origin) ? key!.Name : request.Origin.Trim(), key!.ToString());
        return log.Origin == ledger.Key.Name ? Problems.Conflict("own-ledger", "This is the ledger of this server, which others witness.")
            : book.Logs.Any(other => other.Name != name && other.Origin == log.Origin) ? Problems.Conflict("known-origin", "Another log has this origin.")
            : !book.Save(log) ? Problems.Conflict("too-many-logs", $"At most {WatchedLog.Most} logs are witnessed.")
            : TypedResults.Ok(Item(log, witness));
    }

    private static Results<NoContent, ProblemHttpResult> RemoveLog(string name, WitnessBook book) =>
        book.RemoveLog(name) ? TypedResults.NoContent() : Problems.NotFound("log");

    private static ProblemHttpResult Invalid(List<string> faults) => Problems.Invalid("bad-witness", "Nothing was changed. Each mistake is told with its field.", faults);

    private static WitnessItem Item(AskedWitness witness, Cosigning cosigning)
    {
        var outcome = cosigning.OutcomeOf(witness);
        return new(witness.Name, witness.Url, witness.Key, outcome.KnownSize, outcome.CosignedAt, outcome.AskedAt, outcome.Fault);
    }

    private static WatchedLogItem Item(WatchedLog log, ServerWitness witness)
    {
        var latest = witness.Latest(log.Origin);
        var at = latest is null ? null : CosignatureTimes.Of(latest.Note.Signatures, witness.Keys).Max(each => (DateTimeOffset?)each.At);
        return new(log.Name, log.Origin, log.Key, latest?.Checkpoint.Size, at);
    }
}

using Jingwei.Ledger.Notes;
using Jingwei.Ledger.Witnessing;
using Jingwei.Server.Access;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>This server as a witness over HTTP (C2SP tlog-witness). Who asks is known by the log's signature alone.</summary>
internal static class WitnessEndpoints
{
    // Submission and monitoring prefix.
    private const string Prefix = "/ledger/witness";

    public static void MapWitness(this IEndpointRouteBuilder routes)
    {
        // Logs ask every few seconds, for ever: what came of it is the checkpoint that is kept.
        routes.MapPost(Prefix + "/add-checkpoint", AddAsync).AllowAnonymous().WithMetadata(new BodyLimit(NoteLimits.Default.Bytes), new NotAudited())
            .WithSummary("Cosigns a checkpoint of a log that the operator named (c2sp.org/tlog-witness).");
        routes.MapGet(Prefix + "/{hash}/checkpoint", Latest).AllowAnonymous()
            .WithSummary("The checkpoint that was cosigned last of a log, by the SHA-256 of its origin in hexadecimal (c2sp.org/tlog-witness).");
    }

    private static async Task<IResult> AddAsync(ServerWitness witness, HttpContext context, CancellationToken cancellation)
    {
        if (!witness.Watches)
        {
            return Problems.NotFound("witness");
        }

        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, cancellation);
        }
        catch (BadHttpRequestException fault)
        {
            return Problems.Of(fault.StatusCode, "bad-body", "The request is not valid.", $"A request to a witness has at most {NoteLimits.Default.Bytes} bytes.");
        }

        if (witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length)) is not { } answer)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "witness-unavailable", "The witness cannot keep what it cosigns.", "Nothing was cosigned. Ask again later.");
        }

        if (answer.Status == WitnessAnswer.Ok)
        {
            KillPoint.Reach("witness-kept");
        }

        return TypedResults.Text(answer.Body, answer.ContentType, answer.Status);
    }

    private static IResult Latest(string hash, ServerWitness witness, WitnessBook book) =>
        book.Logs.FirstOrDefault(log => Witness.OriginHash(log.Origin) == hash) is { } log && witness.Latest(log.Origin) is { } checkpoint
            ? TypedResults.Bytes(checkpoint.Note.ToBytes(), "text/plain; charset=utf-8")
            : Problems.NotFound("witness");
}

using Jingwei.Server.Access;
using Jingwei.Server.Telemetry.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Telemetry;

/// <summary>A line that was refused.</summary>
/// <param name="Line">Its number in the request, from 1.</param>
/// <param name="Code">A stable code; see <see cref="RejectReason"/>.</param>
public sealed record FailedLine(int Line, string Code, string Reason);

/// <summary>A refusal in the forms that InfluxDB 1 (`error`) and 2 (`code`, `message`) give it, with each line.</summary>
public sealed record WriteRefusal(string Code, string Message, string Error, IReadOnlyList<FailedLine> Lines);

/// <summary>InfluxDB's write routes: 204 when everything is in the synced log, 400 with the failed lines when part was refused.</summary>
public static class WriteEndpoints
{
    // Lets the engine catch up before the client comes again.
    private const string RetryAfterFull = "1";

    // Somebody has to mend the disk and start the server.
    private const string RetryAfterStopped = "60";

    public static void MapWrite(this IEndpointRouteBuilder routes)
    {
        var limit = new BodyLimit(routes.ServiceProvider.GetRequiredService<TelemetryOptions>().WriteBytes);
        routes.MapPost("/write", (Caller caller, string? db, string? precision, LineRequest lines, HttpContext context, CancellationToken cancellation) =>
            WriteAsync(caller, db, precision, lines, context, cancellation)).RequiresDelivery().WithMetadata(new NotAudited(), limit).WithSummary("Takes InfluxDB line protocol in (version 1).");
        routes.MapPost("/api/v2/write", (Caller caller, string? bucket, string? precision, LineRequest lines, HttpContext context, CancellationToken cancellation) =>
            WriteAsync(caller, bucket, precision, lines, context, cancellation)).RequiresDelivery().WithMetadata(new NotAudited(), limit).WithSummary("Takes InfluxDB line protocol in (version 2).");
    }

    private static async Task<IResult> WriteAsync(
        Caller caller, string? database, string? precision, LineRequest lines, HttpContext context, CancellationToken cancellation)
    {
        using var body = lines.NewBody(context.Request.ContentLength ?? 0);
        var fault = await ReadBodyAsync(context.Request, body, lines, cancellation);
        if (fault == BodyFault.NoRoom)
        {
            return Busy(context);
        }

        var channel = lines.Channel(database);
        var refusal = channel is null
            ? new(StatusCodes.Status404NotFound, "not found", RejectReason.UnknownChannel, $"database not found: \"{database}\"")
            : Fault(fault, lines.Limit) ?? PrecisionFault(precision);
        var result = refusal is null
            ? await lines.AcceptAsync(caller, channel!, body.Written, precision, cancellation)
            : await lines.RefuseAsync(channel, refusal.Reason, refusal.Message, body.Written, cancellation);
        switch (result.Status)
        {
            case IntakeStatus.Busy:
                return Busy(context);
            case IntakeStatus.Stopped:
                context.Response.Headers.RetryAfter = RetryAfterStopped;
                return Refuse(StatusCodes.Status503ServiceUnavailable, "unavailable", "intake has stopped; the server must be started again");
            default:
                return refusal is not null ? Refuse(refusal.Status, refusal.Code, refusal.Message)
                    : result.Rejected == 0 ? TypedResults.NoContent() : RefuseLines(result);
        }
    }

    private static RequestFault? PrecisionFault(string? precision) => LineWrite.TryPrecision(precision, out _, out _)
        ? null
        : new(StatusCodes.Status400BadRequest, "invalid", RejectReason.Unparsable, $"unknown precision \"{precision}\"; expected ns, us, ms or s");

    private static JsonHttpResult<WriteRefusal> Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterFull;
        return Refuse(StatusCodes.Status503ServiceUnavailable, "unavailable", "intake is full; write again later");
    }

    private static JsonHttpResult<WriteRefusal> RefuseLines(in LineResult result)
    {
        var lines = result.Named.Select(reject => new FailedLine(reject.Line, reject.AnswerCode, reject.Answer)).ToList();
        var message = $"partial write: line {lines[0].Line}: {lines[0].Reason} dropped={result.Rejected}";
        return TypedResults.Json(new WriteRefusal("invalid", message, message, lines), statusCode: StatusCodes.Status400BadRequest);
    }

    private static JsonHttpResult<WriteRefusal> Refuse(int status, string code, string message) =>
        TypedResults.Json(new WriteRefusal(code, message, message, []), statusCode: status);

    /// <summary>Reads the body, unpacked, or as much of it as came until it proved unreadable or too large.</summary>
    private static async Task<BodyFault?> ReadBodyAsync(HttpRequest request, PooledBody body, LineRequest lines, CancellationToken cancellation)
    {
        if (!request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return await body.FillAsync(request.Body, lines.Limit, cancellation);
        }

        using var packed = lines.NewBody(request.ContentLength ?? 0);
        return await packed.FillAsync(request.Body, lines.Limit, cancellation) ?? await body.UnpackAsync(packed, lines.Limit, cancellation);
    }

    private static RequestFault? Fault(BodyFault? fault, int limit) => fault switch
    {
        BodyFault.NoGzip => new(
            StatusCodes.Status400BadRequest, "invalid", RejectReason.Unparsable, "the body is not one whole gzip, as Content-Encoding says"),
        BodyFault.TooLarge => new(
            StatusCodes.Status413PayloadTooLarge, "request too large", RejectReason.TooLarge, $"a request has at most {limit} bytes, unpacked"),
        _ => null,
    };

    /// <summary>Why a request is refused as a whole.</summary>
    private sealed record RequestFault(int Status, string Code, string Reason, string Message);
}

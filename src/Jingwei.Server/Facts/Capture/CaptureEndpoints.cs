using System.Buffers;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Xml;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Rest;
using Jingwei.Server.Facts.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts.Capture;

/// <summary>Takes events in (EPCIS 2.0, 12.7.2): many as a document, or one. Both are answered when they are on disk.</summary>
internal static class CaptureEndpoints
{
    // What most captures have at most, in bytes.
    private const int FirstBytes = 1 << 20;

    private static readonly SemaphoreSlim Bodies = new(FactLimits.BodiesTogether);
    private static readonly SemaphoreSlim Reading = new(FactLimits.CapturesTogether);

    public static void MapCapture(this IEndpointRouteBuilder routes)
    {
        // Not audited: each fact says by itself who recorded it when.
        routes.MapPost("/capture", CaptureAsync).Requires(Right.Operate).WithMetadata(new BodyLimit(null), new NotAudited()).Produces(StatusCodes.Status202Accepted)
            .WithSummary("Captures an EPCISDocument or EPCISQueryDocument in JSON or XML (2.0, or 1.2 in XML) for a party; by default the caller's own. Location names the job.");
        routes.MapGet("/capture", List).Requires(Right.View).Produces<IReadOnlyList<CaptureJob>>().WithSummary("Capture jobs of a party, newest first.");
        routes.MapGet("/capture/{id}", Find).Requires(Right.View).Produces<CaptureJob>().WithSummary("A capture job.");
        routes.MapPost("/events", CaptureEventAsync).Requires(Right.Operate).WithMetadata(new BodyLimit(null), new NotAudited()).Produces(StatusCodes.Status201Created)
            .WithSummary("Captures one event. Location names it; where it came without an id that is the hash of its content.");
    }

    private static async Task<IResult> CaptureAsync(Caller caller, string? party, HttpContext context, FactRights rights, Capturing capturing)
    {
        var behaviour = context.Request.Headers[EpcisHeaders.CaptureErrorBehaviour].ToString();
        if (behaviour is not ("" or "rollback" or "proceed"))
        {
            return new EpcisProblemResult(EpcisProblemType.Validation, $"{EpcisHeaders.CaptureErrorBehaviour} is rollback or proceed.");
        }

        party ??= rights.HomeOf(caller);
        if (!rights.MayCapture(caller, party))
        {
            return new EpcisProblemResult(EpcisProblemType.Security, "You do not operate the party for which events are captured; `party` names another.");
        }

        return await ReadAsync(context, document =>
        {
            if (document.Kind is EpcisDocumentKind.Event or EpcisDocumentKind.EventArray)
            {
                return new EpcisProblemResult(EpcisProblemType.Validation, "This is no EPCISDocument; one event by itself goes to /epcis/events.");
            }

            var job = capturing.Capture(document, party, caller.Actor, behaviour == "proceed");
            if (job.Errors.Any(error => error.Status == StatusCodes.Status400BadRequest) && behaviour != "proceed")
            {
                return Refusal(job.Errors);
            }

            // What only the store could know stands in the job, as the standard has it.
            EpcisHeaders.Write(context.Response);
            return TypedResults.Accepted($"/epcis/capture/{job.CaptureID}");
        });
    }

    private static async Task<IResult> CaptureEventAsync(Caller caller, string? party, HttpContext context, FactRights rights, Capturing capturing)
    {
        party ??= rights.HomeOf(caller);
        if (!rights.MayCapture(caller, party))
        {
            return new EpcisProblemResult(EpcisProblemType.Security, "You do not operate the party for which events are captured; `party` names another.");
        }

        return await ReadAsync(context, document =>
        {
            if (document.Kind != EpcisDocumentKind.Event && document.IsValid)
            {
                return new EpcisProblemResult(EpcisProblemType.Validation, "This is not one event; documents go to /epcis/capture.");
            }

            var (id, outcome, errors) = capturing.CaptureEvent(document, party, caller.Actor);
            if (errors.Count > 0)
            {
                return Refusal(errors);
            }

            if (outcome != FactOutcome.Captured)
            {
                return new EpcisProblemResult(EpcisProblemType.ResourceAlreadyExists, outcome == FactOutcome.Duplicate ? "This very event was captured before." : "Another event has this id.");
            }

            EpcisHeaders.Write(context.Response);
            return TypedResults.Created($"/epcis/events/{Uri.EscapeDataString(id)}");
        });
    }

    private static JsonHttpResult<List<CaptureJob>> List(Caller caller, int? perPage, string? nextPageToken, HttpContext context, FactRights rights, FactStore store)
    {
        var view = rights.ViewOf(caller);
        var most = Math.Clamp(perPage ?? FactLimits.PerPage, 1, FactLimits.MostPerPage);
        var jobs = new List<CaptureJob>();
        store.WalkJobs(nextPageToken, (_, party, content) =>
        {
            if (view.Of(party).SeesAll)
            {
                jobs.Add(JsonSerializer.Deserialize<CaptureJob>(content, Capturing.JobJson)!);
            }

            return jobs.Count <= most;
        });
        if (jobs.Count > most)
        {
            jobs.RemoveAt(most);
            PageLink.Write(context, jobs[^1].CaptureID);
        }

        return TypedResults.Json(jobs, Capturing.JobJson);
    }

    private static IResult Find(Caller caller, string id, FactRights rights, FactStore store) =>
        store.FindJob(id) is var (party, content) && rights.ViewOf(caller).Of(party).SeesAll
            ? TypedResults.Bytes(content, "application/json")
            : new EpcisProblemResult(EpcisProblemType.NoSuchResource, "There is no such capture job.");

    private static async Task<IResult> ReadAsync(HttpContext context, Func<EpcisDocument, IResult> take)
    {
        if (EpcisHeaders.Refuse(context.Request) is { } refusal)
        {
            return refusal;
        }

        if (EpcisMediaTypes.Sent(context.Request) is not { } media)
        {
            return new EpcisProblemResult(EpcisProblemType.UnsupportedMediaType, "Content-Type is application/json, application/ld+json or application/xml.");
        }

        // What comes in slowly keeps none of the places from what is there.
        await Bodies.WaitAsync(context.RequestAborted);
        try
        {
            if (await ReadBodyAsync(context) is not { } body)
            {
                EpcisHeaders.Describe(context.Response, true);
                return new EpcisProblemResult(EpcisProblemType.CaptureLimitExceeded, $"A capture has at most {FactLimits.CaptureBytes} bytes; send it in parts.");
            }

            await Reading.WaitAsync(context.RequestAborted);
            return Read(context, media, body, take);
        }
        finally
        {
            Bodies.Release();
        }
    }

    // Gives its place back.
    private static IResult Read(HttpContext context, EpcisMedia media, ArrayBufferWriter<byte> body, Func<EpcisDocument, IResult> take)
    {
        try
        {
            using var document = media == EpcisMedia.Xml ? EpcisXmlReader.Read(body.WrittenMemory, Capturing.Limits, keepWebUris: true) : EpcisReader.ReadJson(body.WrittenMemory, Capturing.Limits);
            if (document.EventCount > FactLimits.CaptureEvents)
            {
                EpcisHeaders.Describe(context.Response, true);
                return new EpcisProblemResult(EpcisProblemType.CaptureLimitExceeded, $"A capture has at most {FactLimits.CaptureEvents} events; send it in parts.");
            }

            return take(document);
        }
        finally
        {
            Reading.Release();
        }
    }

    private static async Task<ArrayBufferWriter<byte>?> ReadBodyAsync(HttpContext context)
    {
        var length = context.Request.ContentLength ?? 0;
        if (length > FactLimits.CaptureBytes)
        {
            return null;
        }

        // As long as it turns out to be, and not as long as it says that it is.
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(length + 1, 4096, FirstBytes));
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(body.GetMemory(), context.RequestAborted);
            if (read == 0)
            {
                return body;
            }

            body.Advance(read);
            if (body.WrittenCount > FactLimits.CaptureBytes)
            {
                return null;
            }
        }
    }

    private static EpcisProblemResult Refusal(IReadOnlyList<CaptureError> errors)
    {
        var first = EpcisProblemType.All.First(type => type.Type == errors[0].Type);
        return new(first, errors[0].Path is { } path ? $"{path}: {errors[0].Detail}" : errors[0].Detail, errors);
    }
}

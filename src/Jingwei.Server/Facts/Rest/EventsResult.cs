using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Xml;
using Jingwei.Server.Facts.Queries;

namespace Jingwei.Server.Facts.Rest;

/// <summary>Answers with a page of events as an EPCISQueryDocument, and with the link to the next page.</summary>
/// <param name="next">The token of the next page; null at the end.</param>
internal sealed class EventsResult(FactPage page, string? queryName, DateTimeOffset now, string? next) : IResult
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public bool IsEmpty => page.Facts.Count == 0;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var told = page;
        var (request, response) = (httpContext.Request, httpContext.Response);
        var media = EpcisMediaTypes.Wanted(request) ?? EpcisMedia.Json;
        response.ContentType = EpcisMediaTypes.ContentType(media);
        EpcisHeaders.Write(response);
        if (next is not null)
        {
            PageLink.Write(httpContext, next);
        }

        var translated = EpcisHeaders.WantsDigitalLinks(request) ? page.Events.Select(DigitalLinkForm.Of).ToList() : [];
        try
        {
            Write(response.BodyWriter, media, [.. page.Events.Select((read, at) => translated.ElementAtOrDefault(at)?.Events[0] ?? read)]);
        }
        finally
        {
            translated.ForEach(document => document?.Dispose());
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>Writes events as the answer to a query.</summary>
    public static void Write(PipeWriter body, EpcisMedia media, IReadOnlyList<EpcisEvent> events, DateTimeOffset now, string? queryName, string? subscription = null)
    {
        if (media == EpcisMedia.Xml)
        {
            using var stream = body.AsStream(leaveOpen: true);
            EpcisXmlWriter.WriteQueryDocument(stream, events, now, queryName ?? "SimpleEventQuery", subscription);
            return;
        }

        using var json = new Utf8JsonWriter(body, Relaxed);
        EpcisWriter.WriteQueryDocument(json, events, now, queryName ?? "SimpleEventQuery", subscription);
    }

    private void Write(PipeWriter body, EpcisMedia media, IReadOnlyList<EpcisEvent> events) => Write(body, media, events, now, queryName);
}

using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Xml;
using Jingwei.Server.Facts.Queries;

namespace Jingwei.Server.Facts.Rest;

/// <summary>Answers with a page of events as an EPCISQueryDocument, and with the link to the next page.</summary>
/// <param name="next">The token of the next page; null at the end.</param>
internal sealed class EventsResult(FactPage page, EpcForms forms, string? queryName, DateTimeOffset now, string? next) : IResult
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private const string SimpleQuery = "SimpleEventQuery";

    public bool IsEmpty => page.Facts.Count == 0;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var told = page;
        var (request, response) = (httpContext.Request, httpContext.Response);
        var media = EpcisMediaTypes.Wanted(request) ?? EpcisMedia.Json;
        response.ContentType = EpcisMediaTypes.ContentType(request);
        EpcisHeaders.Write(response);
        if (next is not null)
        {
            PageLink.Write(httpContext, next);
        }

        using var formed = forms.Of(page.Events, EpcisHeaders.EpcFormat(request));
        if (media == EpcisMedia.Xml)
        {
            WriteXml(response.BodyWriter, formed.Events, EpcisHeaders.XmlForm(request));
        }
        else
        {
            WriteJson(response.BodyWriter, formed.Events, now, queryName);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>Writes events as the answer to a query, in JSON.</summary>
    public static void WriteJson(PipeWriter body, IReadOnlyList<EpcisEvent> events, DateTimeOffset now, string? queryName, string? subscription = null)
    {
        using var json = new Utf8JsonWriter(body, Relaxed);
        EpcisWriter.WriteQueryDocument(json, events, now, queryName ?? SimpleQuery, subscription);
    }

    private void WriteXml(PipeWriter body, IReadOnlyList<EpcisEvent> events, CbvXmlForm form)
    {
        using var stream = body.AsStream(leaveOpen: true);
        EpcisXmlWriter.WriteQueryDocument(stream, events, now, queryName ?? SimpleQuery, null, form);
    }
}

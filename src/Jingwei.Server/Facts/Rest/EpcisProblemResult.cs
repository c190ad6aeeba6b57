using System.Text;
using System.Xml;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Server.Facts.Capture;

namespace Jingwei.Server.Facts.Rest;

/// <summary>Answers with an exception of EPCIS as problem details (RFC 7807), in JSON or XML as the caller wants it.</summary>
/// <param name="Errors">Each thing that is wrong with what was sent; null where that says nothing more.</param>
internal sealed record EpcisProblemResult(EpcisProblemType Problem, string? Detail, IReadOnlyList<CaptureError>? Errors = null) : IResult
{
    private const string XmlNamespace = "urn:ietf:rfc:7807";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        EpcisHeaders.Write(response);
        if (EpcisMediaTypes.Wanted(httpContext.Request) == EpcisMedia.Xml)
        {
            response.ContentType = EpcisProblemType.XmlMediaType;
            return response.Body.WriteAsync(ToXml(), httpContext.RequestAborted).AsTask();
        }

        var body = new { type = Problem.Type, title = Problem.Title, status = Problem.Status, detail = Detail, errors = Errors };
        return response.WriteAsJsonAsync(body, Capturing.JobJson, EpcisProblemType.MediaType, httpContext.RequestAborted);
    }

    // RFC 7807, appendix A.
    private byte[] ToXml()
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("problem", XmlNamespace);
            xml.WriteElementString("type", XmlNamespace, Problem.Type);
            xml.WriteElementString("title", XmlNamespace, Problem.Title);
            xml.WriteElementString("status", XmlNamespace, XmlConvert.ToString(Problem.Status));
            if (Detail is not null)
            {
                xml.WriteElementString("detail", XmlNamespace, Detail);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }
}

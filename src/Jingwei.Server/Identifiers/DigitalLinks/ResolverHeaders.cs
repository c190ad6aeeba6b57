using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;
using Microsoft.Net.Http.Headers;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>The headers of every answer of a resolver (GS1-Conformant Resolver Standard 1.2, conformance).</summary>
internal static class ResolverHeaders
{
    /// <summary>The methods that a resolver has.</summary>
    public const string Methods = "GET, HEAD, OPTIONS";

    private const string Exposed = "Link, Content-Length, Location";

    // A day: what browsers keep of an answer at most is less (Fetch standard, 4.10).
    private const string PreflightSeconds = "86400";

    /// <summary>Lets pages of any origin read the answer, without cookies: so what only its owner sees stays his.</summary>
    public static void Open(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlExposeHeaders = Exposed;
    }

    /// <summary>Answers what a page's browser asks before it asks (Fetch standard, CORS-preflight).</summary>
    public static IResult Preflight(HttpContext context)
    {
        Open(context.Response);
        context.Response.Headers.AccessControlAllowHeaders = $"{HeaderNames.Accept}, {HeaderNames.AcceptLanguage}, {HeaderNames.Authorization}";
        context.Response.Headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.Headers.Allow = Methods;
        return TypedResults.NoContent();
    }

    /// <summary>Where the linkset is, on what the answer depends, and, of a compressed Digital Link, the one for which it stands.</summary>
    /// <param name="level">The finest level.</param>
    /// <param name="uncompressed">Null where the request was not compressed.</param>
    public static void Write(HttpResponse response, LinkLevel level, string stem, DigitalLink? uncompressed)
    {
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptLanguage}";
        response.Headers.Append(HeaderNames.Link, LinkHeader.ToLinkset(level, stem));
        if (uncompressed is not null)
        {
            response.Headers.Append(HeaderNames.Link, LinkHeader.ToUncompressed(uncompressed));
        }
    }

    /// <summary>Where the file is that makes JSON-LD of a linkset.</summary>
    public static void WriteContext(HttpResponse response) => response.Headers.Append(HeaderNames.Link, LinkHeader.LinksetContext);
}

using Microsoft.Net.Http.Headers;

namespace Jingwei.Server.Facts.Rest;

/// <summary>How EPCIS documents are written.</summary>
internal enum EpcisMedia
{
    Json,
    Xml,
}

/// <summary>Which form is sent, and which is wanted.</summary>
internal static class EpcisMediaTypes
{
    private const string Plain = "application/json";
    private const string Linked = "application/ld+json";

    /// <summary>The form of what was sent; null where it is none that is understood.</summary>
    public static EpcisMedia? Sent(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? Of(type.MediaType.ToString()) : null;

    /// <summary>The form that is wanted most, JSON where nothing is said; null where none that is known is wanted.</summary>
    public static EpcisMedia? Wanted(HttpRequest request) => Named(request) is { } type ? Of(type) : null;

    /// <summary>The media type of an answer: of those of its form the one that was asked for.</summary>
    public static string ContentType(HttpRequest request) => Named(request) switch
    {
        { } type when Of(type) == EpcisMedia.Xml => "application/xml; charset=utf-8",
        Plain => Plain,
        _ => Linked,
    };

    // The media type that is wanted most among those that are known; null for none.
    private static string? Named(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        return accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var wanted) ? Linked
            : wanted.Where(type => type.Quality != 0).OrderByDescending(type => type.Quality ?? 1)
                .Select(type => type.MatchesAllTypes || type.MediaType == "application/*" ? Linked : type.MediaType.ToString().ToLowerInvariant())
                .FirstOrDefault(type => Of(type) is not null);
    }

    private static EpcisMedia? Of(string type) => type.ToLowerInvariant() switch
    {
        Plain or Linked or "application/problem+json" => EpcisMedia.Json,
        "application/xml" or "text/xml" or "application/problem+xml" => EpcisMedia.Xml,
        _ => null,
    };
}

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
    /// <summary>The form of what was sent; null where it is none that is understood.</summary>
    public static EpcisMedia? Sent(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? Of(type.MediaType.ToString()) : null;

    /// <summary>The form that is wanted most, JSON where nothing is said; null where none that is known is wanted.</summary>
    public static EpcisMedia? Wanted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            return EpcisMedia.Json;
        }

        foreach (var type in wanted.Where(type => type.Quality != 0).OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MatchesAllTypes || type.MediaType == "application/*")
            {
                return EpcisMedia.Json;
            }

            if (Of(type.MediaType.ToString()) is { } media)
            {
                return media;
            }
        }

        return null;
    }

    public static string ContentType(EpcisMedia media) => media == EpcisMedia.Xml ? "application/xml; charset=utf-8" : "application/ld+json";

    private static EpcisMedia? Of(string type) => type.ToLowerInvariant() switch
    {
        "application/json" or "application/ld+json" or "application/problem+json" => EpcisMedia.Json,
        "application/xml" or "text/xml" or "application/problem+xml" => EpcisMedia.Xml,
        _ => null,
    };
}

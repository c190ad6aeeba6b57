using Microsoft.AspNetCore.Http.Features;

namespace Jingwei.Server.Facts.Rest;

/// <summary>Segments of a path that hold addresses of their own, slashes and all.</summary>
internal static class RawPath
{
    /// <summary>The path as it was sent: decoded, a `%` in an identifier would be the beginning of an escape.</summary>
    public static string Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    /// <summary>A segment with its escapes undone, counted from 0; empty where there is none.</summary>
    public static string Segment(HttpContext context, int at)
    {
        var segments = Of(context).TrimStart('/').Split('/');
        return at < segments.Length ? Uri.UnescapeDataString(segments[at]) : "";
    }
}

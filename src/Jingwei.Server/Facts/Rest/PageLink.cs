using Microsoft.AspNetCore.Http.Extensions;

namespace Jingwei.Server.Facts.Rest;

/// <summary>The link to the next page (EPCIS 2.0, 12.6.2): it never expires, since it says where to go on and nothing is kept for it.</summary>
internal static class PageLink
{
    public static void Write(HttpContext context, string token)
    {
        var query = new QueryBuilder(context.Request.Query.Where(pair => pair.Key != "nextPageToken").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")))
        {
            { "nextPageToken", token },
        };
        context.Response.Headers.Link = $"<{RawPath.Of(context)}{query.ToQueryString()}>; rel=\"next\"";
    }
}

using Microsoft.Net.Http.Headers;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>Whether somebody looks with a browser (RFC 9110, section 12.5.1).</summary>
internal static class PagePreference
{
    private const string Html = "text/html";

    /// <summary>True when the request would rather have a page than JSON.</summary>
    public static bool PrefersPage(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !accept.ToString().Contains(Html, StringComparison.OrdinalIgnoreCase) || !MediaTypeHeaderValue.TryParseList(accept, out var types))
        {
            return false;
        }

        double Weight(string wanted) => types
            .Where(type => type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
        return Weight(Html) > Weight("application/json");
    }
}

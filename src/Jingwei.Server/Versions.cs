using System.Globalization;

namespace Jingwei.Server;

/// <summary>Versions as requests and answers carry them: ETag and If-Match (RFC 9110, sections 8.8.3 and 13.1.1).</summary>
internal static class Versions
{
    public static void Show(HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that the caller has seen; null when he takes any.</summary>
    public static long? Seen(HttpContext context)
    {
        var asked = context.Request.Headers.IfMatch.ToString().Trim();
        if (asked is "" or "*")
        {
            return null;
        }

        var bare = (asked.StartsWith("W/", StringComparison.Ordinal) ? asked[2..] : asked).Trim('"');
        // What is no version of ours is none that there is.
        return long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>Makes a URI fit for a header of HTTP, whatever was entered as one.</summary>
internal static class UriText
{
    private static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>The URI with every character escaped that URIs do not have (RFC 3987, 3.1): those of other scripts, and those that would end the header.</summary>
    internal static string Clean(string uri)
    {
        if (uri.AsSpan().IndexOfAnyExcept(UriCharacters) < 0)
        {
            return uri;
        }

        var clean = new StringBuilder(uri.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(uri))
        {
            _ = b < 0x80 && UriCharacters.Contains((char)b) ? clean.Append((char)b) : clean.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return clean.ToString();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Jingwei.Server.Identifiers;

/// <summary>
/// The identifier in a request's target, as it was sent: a path in which percent-encoded characters were taken for what they are would be
/// another name.
/// </summary>
internal static class TargetName
{
    /// <summary>Writes the name that stands behind a path, in UTF-8; empty where it is none, one byte too long where it is too long.</summary>
    /// <param name="path">With the slash at its end.</param>
    /// <param name="name">One byte longer than the longest name.</param>
    public static ReadOnlySpan<byte> Of(HttpContext context, string path, Span<byte> name)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        if (!target.StartsWith(path, StringComparison.Ordinal))
        {
            // In another form than that of an origin server (RFC 9112, section 3.2), or with other letters' case.
            target = context.Request.Path.ToUriComponent();
        }

        var query = target.IndexOf('?');
        return Decode((query < 0 ? target : target[..query])[path.Length..], name);
    }

    private static ReadOnlySpan<byte> Decode(ReadOnlySpan<char> encoded, Span<byte> name)
    {
        var at = 0;
        for (var from = 0; from < encoded.Length; from++)
        {
            if (at == name.Length)
            {
                return name;
            }

            if (encoded[from] == '%' && encoded.Length - from > 2 && TryHex(encoded.Slice(from + 1, 2), out var value))
            {
                (name[at++], from) = (value, from + 2);
            }
            else if (char.IsAscii(encoded[from]))
            {
                name[at++] = (byte)encoded[from];
            }
            else
            {
                return [];
            }
        }

        return name[..at];
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}

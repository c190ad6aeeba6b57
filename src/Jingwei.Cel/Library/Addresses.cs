using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Jingwei.Cel.Library;

/// <summary>
/// IP addresses and CIDR blocks as text, read strictly: four decimal numbers, or RFC 4291's forms of IPv6. System.Net by itself
/// also reads octal, hexadecimal and shortened IPv4, brackets and zones.
/// </summary>
internal static class Addresses
{
    private const int Groups = 8;

    private static readonly SearchValues<char> OfV6 = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The address, or what is wrong with the text.</summary>
    public static (IPAddress? Address, string Problem) Parse(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return (null, $"IP Address with zone value is not allowed: '{text}'");
        }

        var isV6 = text.Contains(':', StringComparison.Ordinal);
        if (!(isV6 ? IsV6(text) : IsV4(text)) || !IPAddress.TryParse(text, out var address))
        {
            return (null, $"IP Address '{text}' parse error during conversion from string");
        }

        if (!address.IsIPv4MappedToIPv6)
        {
            return (address, "");
        }

        // ::ffff:c0a8:1 is the IPv4 address that it stands for; written with points it is refused.
        return text.Contains('.', StringComparison.Ordinal) ? (null, Mapped(text)) : (address.MapToIPv4(), "");
    }

    /// <summary>The block, or what is wrong with the text.</summary>
    public static (CelNetwork? Network, string Problem) ParseNetwork(string text)
    {
        var slash = text.LastIndexOf('/');
        var (address, problem) = Parse(slash < 0 ? text : text[..slash]);
        if (address is null)
        {
            return (null, problem);
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (most == 32 && text.Contains(':', StringComparison.Ordinal))
        {
            return (null, Mapped(text));
        }

        return slash >= 0 && TryOctet(text.AsSpan(slash + 1), out var length) && length <= most
            ? (new CelNetwork(address, length), "")
            : (null, $"CIDR '{text}' parse error during conversion from string: after '/' stands the length of the prefix, 0 to {most}");
    }

    /// <summary>RFC 5952; .NET would write some IPv6 addresses with an IPv4 address at their end.</summary>
    public static string Format(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        var octets = address.GetAddressBytes();
        var (start, length) = LongestZeros(octets);
        var text = new StringBuilder();
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            text.Append(text.Length > 0 && text[^1] != ':' ? ":" : "").Append(CultureInfo.InvariantCulture, $"{Group(octets, i):x}");
        }

        return text.ToString();
    }

    /// <summary>The first of the longest runs of zero groups that are at least two; start is -1 where there is none.</summary>
    private static (int Start, int Length) LongestZeros(byte[] octets)
    {
        var (best, longest) = (-1, 1);
        var run = 0;
        for (var i = 0; i < Groups; i++)
        {
            run = Group(octets, i) == 0 ? run + 1 : 0;
            if (run > longest)
            {
                (best, longest) = (i + 1 - run, run);
            }
        }

        return (best, longest);
    }

    private static int Group(byte[] octets, int index) => (octets[2 * index] << 8) | octets[(2 * index) + 1];

    private static bool IsV4(ReadOnlySpan<char> text)
    {
        var fields = 0;
        foreach (var range in text.Split('.'))
        {
            if (++fields > 4 || !TryOctet(text[range], out _))
            {
                return false;
            }
        }

        return fields == 4;
    }

    /// <summary>0 to 255 in decimal without leading zeros, which elsewhere would mean octal.</summary>
    private static bool TryOctet(ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        return (text.Length == 1 || !text.StartsWith('0')) && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out octet);
    }

    private static string Mapped(string text) => $"IPv4-mapped IPv6 address is not allowed: '{text}'";

    private static bool IsV6(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(OfV6) && (!text.Contains('.') || IsV4(text[(text.LastIndexOf(':') + 1)..]));
}

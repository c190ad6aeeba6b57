using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Jingwei.Server.Hosting;

/// <summary>Reads the addresses that the operator writes.</summary>
internal static class Addresses
{
    public static bool TryHttp(string? text, [NotNullWhen(true)] out IPEndPoint? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && Ip(uri.Host) is { } ip)
        {
            address = new(ip, uri.Port);
            return true;
        }

        fault = $"--http takes http://ADDRESS:PORT with an IP address, localhost or 0.0.0.0; got \"{text}\".";
        return false;
    }

    public static bool TryEndPoint(string option, string? text, [NotNullWhen(true)] out IPEndPoint? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = null;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon > 0 && Ip(text![..colon]) is { } ip && ushort.TryParse(text[(colon + 1)..], out var port))
        {
            address = new(ip, port);
            return true;
        }

        fault = $"{option} takes ADDRESS:PORT with an IP address, localhost or 0.0.0.0; got \"{text}\".";
        return false;
    }

    /// <summary>Whether a text is what addresses begin with: `https://id.example.cn`, without a path or a slash at its end.</summary>
    public static bool IsStem(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && text == uri.GetLeftPart(UriPartial.Authority) && uri.UserInfo.Length == 0;

    private static IPAddress? Ip(string host) =>
        host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : null;
}

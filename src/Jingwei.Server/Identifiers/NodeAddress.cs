namespace Jingwei.Server.Identifiers;

/// <summary>Where others reach this node: what its Digital Links and codes begin with.</summary>
internal sealed class NodeAddress(IdentifierOptions options)
{
    /// <summary>Where the console shows an identifier to people.</summary>
    public const string PagePath = "/id/";

    /// <summary>The address that the operator has said, or else the one that was called; no slash at its end.</summary>
    public string Of(HttpRequest request) => options.PublicUrl ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";

    /// <summary>The page of an identifier.</summary>
    /// <param name="stem">As <see cref="Of"/> gives it.</param>
    public static string PageOf(string stem, string handle)
    {
        var parts = handle.Split('/');
        // Dots between slashes would be taken for folders (RFC 3986, 5.2.4).
        var slash = parts.Any(part => part is "." or "..") ? "%2F" : "/";
        return $"{stem}{PagePath}{parts[0]}/{string.Join(slash, parts.Skip(1).Select(Uri.EscapeDataString))}";
    }
}

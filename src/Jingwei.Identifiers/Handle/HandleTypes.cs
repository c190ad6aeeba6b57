namespace Jingwei.Identifiers.Handle;

/// <summary>The types that the handle system itself reads (RFC 3651, 3.2; Handle.Net technical manual, 4).</summary>
public static class HandleTypes
{
    public const string Url = "URL";
    public const string Email = "EMAIL";

    /// <summary>Who may do what with the handle, or with handles below a prefix.</summary>
    public const string Admin = "HS_ADMIN";

    /// <summary>A site: servers and how they are reached.</summary>
    public const string Site = "HS_SITE";

    /// <summary>As <see cref="Site"/>, for a prefix's derived prefixes alone.</summary>
    public const string SitePrefix = "HS_SITE.PREFIX";

    /// <summary>The name that <see cref="SitePrefix"/> had before.</summary>
    public const string NaDelegate = "HS_NA_DELEGATE";

    /// <summary>A handle whose sites serve this prefix.</summary>
    public const string Serv = "HS_SERV";

    /// <summary>As <see cref="Serv"/>, for a prefix's derived prefixes alone.</summary>
    public const string ServPrefix = "HS_SERV.PREFIX";

    public const string PublicKey = "HS_PUBKEY";

    /// <summary>A secret; never for the public to read.</summary>
    public const string SecretKey = "HS_SECKEY";

    /// <summary>A list of values, as a group of administrators.</summary>
    public const string ValueList = "HS_VLIST";

    /// <summary>The handle of which this one is another name.</summary>
    public const string Alias = "HS_ALIAS";

    /// <summary>A JSON Web Token in which an authority vouches for a key.</summary>
    public const string Cert = "HS_CERT";

    /// <summary>A JSON Web Token over digests of the handle's values.</summary>
    public const string Signature = "HS_SIGNATURE";

    /// <summary>How the handles below a prefix behave: state, templates; XML.</summary>
    public const string Namespace = "HS_NAMESPACE";

    /// <summary>Whether a value's type is the one asked for: case of ASCII letters does not count, and a type asked for with a dot at its end means all below it and itself (RFC 3652, 3.2).</summary>
    public static bool Matches(ReadOnlySpan<byte> asked, ReadOnlySpan<byte> type)
    {
        if (asked is not [.., (byte)'.'])
        {
            return HandleComparer.EqualFolded(asked, type);
        }

        return HandleComparer.EqualFolded(asked[..^1], type) || (type.Length >= asked.Length && HandleComparer.EqualFolded(asked, type[..asked.Length]));
    }

    /// <inheritdoc cref="IsOrBelow(string, string)"/>
    public static bool IsOrBelow(ReadOnlySpan<byte> type, ReadOnlySpan<byte> named) =>
        type.Length >= named.Length && HandleComparer.EqualFolded(type[..named.Length], named) && (type.Length == named.Length || type[named.Length] == (byte)'.');

    /// <summary>Whether a type is the one named or below it, as `HS_SITE.6` is below `HS_SITE`.</summary>
    public static bool IsOrBelow(string type, string named) =>
        type.StartsWith(named, StringComparison.OrdinalIgnoreCase) && (type.Length == named.Length || type[named.Length] == '.');
}

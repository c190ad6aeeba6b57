using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Server.Identifiers.Codes;

/// <summary>What the codes of an identifier say.</summary>
/// <param name="Page">Where people read it.</param>
/// <param name="DigitalLink">Its GS1 Digital Link, which its QR code says; null where it is no GS1 key, and its codes say the page.</param>
/// <param name="Elements">The element string that its GS1 DataMatrix says, as people read it: `(01)06912345678902(21)1`; null where it is no GS1 key.</param>
public sealed record IdentifierCode(string Handle, string Page, string? DigitalLink, string? Elements);

/// <summary>Knows which identifiers of this node are GS1 keys.</summary>
internal sealed class IdentifierCodes(CompanyPrefixes.CompanyPrefixes companies)
{
    public static IdentifierCode Of(string handle, string stem, DigitalLink? link) =>
        new(handle, NodeAddress.PageOf(stem, handle), link?.ToString(), link?.Elements.ToString());

    /// <summary>The Digital Link of an identifier that is named as the path of one, below the prefix that its company has here; null for others.</summary>
    /// <param name="stem">What the Digital Links of this node begin with.</param>
    public DigitalLink? LinkOf(string handle, string stem)
    {
        var slash = handle.IndexOf('/', StringComparison.Ordinal);
        var uri = stem + handle[slash..];
        return DigitalLink.Read(uri).Value is { } link && link.Stem == stem && link.ToString() == uri && link.Query.Length == 0 &&
            companies.PrefixOf(link.Key) == handle[..slash]
            ? link
            : null;
    }
}

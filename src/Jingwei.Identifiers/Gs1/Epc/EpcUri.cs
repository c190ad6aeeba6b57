using System.Text;
using Jingwei.Identifiers.Gs1.Content;
using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>
/// A pure identity EPC URI, class or pattern of a GS1 key (Tag Data Standard 2.x, sections 6 to 8):
/// `EpcUri.Read("urn:epc:id:sgtin:4012345.011111.987").Value?.ToDigitalLink()` is `https://id.gs1.org/01/04012345111118/21/987`.
/// Only what <see cref="Read"/> and <see cref="From"/> give is checked.
/// </summary>
public sealed record EpcUri
{
    /// <summary>Longest URI in characters. Default 256: the longest, a UPUI whose every character is escaped, has about 130.</summary>
    public const int LongestUri = 256;

    /// <summary>Shortest company prefix in digits that the schemes have.</summary>
    public const int ShortestCompanyPrefix = 6;

    /// <summary>Longest company prefix in digits.</summary>
    public const int LongestCompanyPrefix = 12;

    /// <summary>The extension of a GLN that has none (Tag Data Standard, 6.3.3).</summary>
    public const string NoExtension = "0";

    public required EpcScheme Scheme { get; init; }

    public required EpcUriKind Kind { get; init; }

    /// <summary>GS1 Company Prefix, 6 to 12 digits; null for any, in patterns.</summary>
    public required string? CompanyPrefix { get; init; }

    /// <summary>What the company gave: item reference with the indicator in front, serial reference, location reference, asset reference and so on, never escaped; null for any, in patterns.</summary>
    public required string? Reference { get; init; }

    /// <summary>Number of the piece, two digits (`itip`); null elsewhere, and for any in patterns.</summary>
    public string? Piece { get; init; }

    /// <summary>Count of the pieces, two digits (`itip`); null elsewhere, and for any in patterns.</summary>
    public string? Total { get; init; }

    /// <summary>Serial number, extension or lot, never escaped; null where the scheme has none, and for any in patterns.</summary>
    public string? Serial { get; init; }

    /// <summary>Reads a URI. Escapes of any letter case are read; every character must be one that the key may have.</summary>
    public static Gs1Reading<EpcUri> Read(string uri) => EpcUriReader.Read(uri);

    /// <summary>
    /// The EPC URI of a key with its qualifiers, as of the path of a Digital Link. A key with a serial number is an identity, a GTIN with
    /// a lot alone a class, a key without a serial number that could have one the pattern of all its serial numbers. Elements beyond
    /// key and serial number are left out: an EPC has no place for them.
    /// </summary>
    /// <param name="elements">The key first, then its qualifiers.</param>
    /// <param name="companyPrefixLength">Digits of the GS1 Company Prefix: 6 to 12. The key does not tell; whoever gave it knows.</param>
    public static Gs1Reading<EpcUri> From(IReadOnlyList<Gs1Element> elements, int companyPrefixLength) => EpcOfElements.Find(elements, companyPrefixLength);

    /// <summary>The key and its qualifier as elements; empty for a pattern that fits more than the objects of one class.</summary>
    public IReadOnlyList<Gs1Element> Elements()
    {
        var form = EpcForm.Of(Scheme);
        if (CompanyPrefix is null || Reference is null || (form.HasPieces && (Piece is null || Total is null)))
        {
            return [];
        }

        // A location without its extension is another location, not the class of those with one.
        if (form.SerialLength > 0 && Serial is null && Scheme is EpcScheme.Sgln)
        {
            return [];
        }

        var key = new Gs1Element(form.Key, Key(form, CompanyPrefix, Reference));
        return form.SerialIdentifier is { } qualifier && Serial is not null && !(Scheme == EpcScheme.Sgln && Serial == NoExtension)
            ? [key, new(qualifier, Serial)]
            : [key];
    }

    /// <summary>The canonical Digital Link of the same object or class, `https://id.gs1.org/...` (Digital Link URI syntax, canonical form); null when <see cref="Elements"/> is empty.</summary>
    public string? ToDigitalLink()
    {
        var elements = Elements();
        return elements.Count == 0 ? null : DigitalLink.Write(DigitalLink.CanonicalStem, elements, [], []);
    }

    /// <summary>The URI, escaped where it must be and nowhere else.</summary>
    public override string ToString()
    {
        var form = EpcForm.Of(Scheme);
        var uri = new StringBuilder("urn:epc:")
            .Append(Kind switch { EpcUriKind.Identity => "id:", EpcUriKind.Class => "class:", _ => "idpat:" })
            .Append(form.Name).Append(':').Append(CompanyPrefix ?? "*");
        AppendPart(uri, Reference);
        if (form.HasPieces)
        {
            AppendPart(uri, Piece);
            AppendPart(uri, Total);
        }

        if (form.SerialLength > 0)
        {
            AppendPart(uri, Serial);
        }

        return uri.ToString();
    }

    private string Key(EpcForm form, string prefix, string reference)
    {
        if (form.Digits == 0)
        {
            return prefix + reference;
        }

        var digits = form.LeadsKey ? string.Concat(reference.AsSpan(0, 1), prefix, reference.AsSpan(1)) : form.Filler + prefix + reference;
        var key = digits + CheckDigit.Of(digits);
        return form.HasPieces ? key + Piece + Total : form.SerialIdentifier is null ? key + Serial : key;
    }

    private static void AppendPart(StringBuilder uri, string? part)
    {
        uri.Append('.');
        if (part is null)
        {
            uri.Append('*');
        }
        else
        {
            PercentEncoding.AppendToUrn(uri, part);
        }
    }
}

using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Epc;

namespace Jingwei.Identifiers.Epcis;

/// <summary>
/// Writes identifiers that come as Digital Links as EPC URNs, the way back from <see cref="CanonicalIdentifier"/>. It needs the length of the GS1 Company
/// Prefix, which a Digital Link does not tell (Tag Data Standard 2.x, 7.1): who does not know it leaves the link as it is.
/// </summary>
public static class UrnIdentifier
{
    /// <summary>The EPC URN of a Digital Link of any domain; anything else, and what no URN stands for, comes back as it is.</summary>
    /// <param name="uri">The identifier.</param>
    /// <param name="isClass">Whether a class may stand there, as in quantity lists: a lot, or the pattern of all serial numbers of one product.</param>
    /// <param name="lengthOf">Digits of the company prefix with which these digits begin; null, or a length that URNs do not have, where nobody knows.</param>
    public static string Of(string uri, bool isClass, Func<string, int?> lengthOf)
    {
        if (!uri.StartsWith("http", StringComparison.Ordinal))
        {
            return uri;
        }

        var canonical = CanonicalIdentifier.Of(uri);
        if (!canonical.StartsWith(DigitalLink.CanonicalStem, StringComparison.Ordinal) || DigitalLink.Read(canonical).Value is not { } link)
        {
            return uri;
        }

        var digits = EpcOfElements.CompanyPart(link.Path);
        return !digits.IsEmpty && lengthOf(digits.ToString()) is { } length && EpcUri.From(link.Path, length).Value is { } epc && (isClass || epc.Kind == EpcUriKind.Identity) &&
            epc.ToDigitalLink() == canonical
            ? epc.ToString()
            : uri;
    }
}

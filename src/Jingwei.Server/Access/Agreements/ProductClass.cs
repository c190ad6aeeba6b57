using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Access.Agreements;

/// <summary>
/// Classes of identifiers as agreements name them: an identifier in canonical form (`https://id.gs1.org/01/06901234000016`, `88.118.5/LAM`), which
/// stands for itself and what continues it behind a letter that is neither letter nor digit; with a star at the end for everything that begins so.
/// </summary>
public static class ProductClass
{
    private const char Star = '*';

    /// <summary>The class as it is compared: EPC URIs and their patterns as Digital Links.</summary>
    public static string Of(string written)
    {
        if (written.StartsWith("urn:epc:idpat:", StringComparison.Ordinal))
        {
            return CanonicalIdentifier.Of(written).TrimEnd(Star).TrimEnd('/');
        }

        return written.EndsWith(Star) ? written : CanonicalIdentifier.Of(written);
    }

    /// <param name="class">As <see cref="Of"/> gives it.</param>
    /// <param name="identifier">In canonical form.</param>
    public static bool Holds(string @class, string identifier)
    {
        if (@class.EndsWith(Star))
        {
            return identifier.AsSpan().StartsWith(@class.AsSpan(0, @class.Length - 1), StringComparison.OrdinalIgnoreCase);
        }

        return identifier.StartsWith(@class, StringComparison.OrdinalIgnoreCase) &&
            (identifier.Length == @class.Length || !char.IsLetterOrDigit(identifier[@class.Length]));
    }
}

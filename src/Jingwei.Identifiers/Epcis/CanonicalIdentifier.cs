using System.Text;
using Jingwei.Identifiers.Epcis.Hashing;

namespace Jingwei.Identifiers.Epcis;

/// <summary>One way to write an identifier, whether it comes as an EPC URI or as a Digital Link of any domain, so that two can be compared.</summary>
public static class CanonicalIdentifier
{
    [ThreadStatic]
    private static PreHashBuffer? spare;

    /// <summary>The constrained canonical Digital Link (`https://id.gs1.org/01/.../21/...`) of an EPC URI, class, pattern or Digital Link; anything else comes back as it is.</summary>
    public static string Of(string uri)
    {
        if (!uri.StartsWith("urn:epc:", StringComparison.Ordinal) && !uri.StartsWith("http", StringComparison.Ordinal))
        {
            return uri;
        }

        var buffer = spare ??= new();
        buffer.Clear();
        var written = Encoding.UTF8.GetBytes(uri);
        return HashIdentifiers.TryWrite(buffer, written) && !buffer.Written.SequenceEqual(written) ? Encoding.UTF8.GetString(buffer.Written) : uri;
    }
}

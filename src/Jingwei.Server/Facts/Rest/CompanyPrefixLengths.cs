using Jingwei.Server.Identifiers.CompanyPrefixes;

namespace Jingwei.Server.Facts.Rest;

/// <summary>How long the company prefix of a key is, as far as this installation knows: by the table that the operator gave, else by the GS1 Company Prefixes that were registered and approved here.</summary>
internal sealed class CompanyPrefixLengths(ServerOptions options, CompanyPrefixes registered)
{
    /// <param name="digits">What of the key begins with the company prefix.</param>
    /// <returns>0 where the table says that such keys have none; null where nobody knows.</returns>
    public int? Of(string digits) => options.Facts.CompanyPrefixes?.LengthOf(digits) ?? registered.LengthOf(digits);
}

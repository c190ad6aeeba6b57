using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>What an entry is known by when it comes again.</summary>
internal static class EntryId
{
    /// <summary>The id that is given, else the link, else one made of what the entry says.</summary>
    public static string Of(string? given, string? link, XElement entry, string title, string? summary, ProblemList problems)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given.Trim();
        }

        var id = link ?? $"urn:sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{summary}\n{entry.Value}")))}";
        problems.Warning(ProblemCode.Missing, entry, $"The entry has no id; it is known by {(link is null ? "what it says" : "its link")}.");
        return id;
    }
}

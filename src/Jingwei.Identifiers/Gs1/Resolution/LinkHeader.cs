using System.Text;
using Jingwei.Identifiers.Gs1.DigitalLinks;

namespace Jingwei.Identifiers.Gs1.Resolution;

/// <summary>Values of the header `Link` (RFC 8288).</summary>
public static class LinkHeader
{
    /// <summary>To the file that makes JSON-LD of a linkset; belongs to every linkset that is answered (GS1-Conformant Resolver Standard 1.2, linkset context file).</summary>
    public const string LinksetContext = "<https://ref.gs1.org/standards/resolver/linkset-context>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

    /// <summary>To the linkset of a level; belongs to every answer, redirections too.</summary>
    /// <param name="level">The finest level that answers the request.</param>
    /// <param name="stem">What the resolver's Digital Links begin with.</param>
    public static string ToLinkset(LinkLevel level, string stem) =>
        $"<{UriText.Clean(level.Anchor(stem))}?linkType=linkset>; rel=\"linkset\"; type=\"{LinkResolution.LinksetMediaType}\"";

    /// <summary>To the Digital Link that a compressed one stands for; belongs to every answer to such a one (GS1-Conformant Resolver Standard 1.2, conformance).</summary>
    /// <param name="link">The Digital Link as <see cref="Compression.CompressedLink.Read"/> gave it.</param>
    public static string ToUncompressed(DigitalLink link) => $"<{UriText.Clean(link.ToString())}>; rel=\"owl:sameAs\"";

    /// <summary>One link with all its attributes, as a header has it and, separated by commas, the document `application/linkset` (RFC 9264, 4.1).</summary>
    /// <param name="link">The link.</param>
    /// <param name="anchor">The object from which the link goes.</param>
    public static string Of(Link link, string anchor)
    {
        var header = new StringBuilder().Append('<').Append(UriText.Clean(link.Href)).Append(">; rel=\"").Append(UriText.Clean(link.Type))
            .Append("\"; anchor=\"").Append(UriText.Clean(anchor)).Append('"');
        foreach (var language in link.Languages)
        {
            Append(header, "hreflang", language);
        }

        if (link.MediaType is not null)
        {
            Append(header, "type", link.MediaType);
        }

        Append(header, "title", link.Title);
        foreach (var context in link.Contexts)
        {
            Append(header, "context", context);
        }

        return header.ToString();
    }

    // RFC 8288, 3.4.1: a parameter whose value has other characters than those of ASCII is written with a star and escaped (RFC 8187).
    private static void Append(StringBuilder header, string name, string value)
    {
        header.Append("; ").Append(name);
        if (value.All(c => c is >= ' ' and <= '~'))
        {
            header.Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            header.Append("*=UTF-8''").Append(Uri.EscapeDataString(value));
        }
    }
}

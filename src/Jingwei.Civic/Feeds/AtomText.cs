using System.Xml.Linq;

namespace Jingwei.Civic.Feeds;

/// <summary>Atom's constructs of text and links (RFC 4287, 3.1 and 4.2.7).</summary>
internal static class AtomText
{
    private static readonly XName XmlBase = XNamespace.Xml + "base";

    /// <summary>The text of a construct, HTML or not; empty when there is none.</summary>
    public static string Plain(XElement? construct) => construct?.Attribute("type")?.Value.ToLowerInvariant() switch
    {
        _ when construct is null => "",
        "html" or "text/html" => PlainText.OfHtml(construct.Value),
        "xhtml" or "application/xhtml+xml" => PlainText.OfHtml(string.Concat(construct.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)))),
        _ => construct.Value.Trim(),
    };

    /// <summary>Where the first link of that relation leads; one without a relation is `alternate`.</summary>
    public static string? Link(IEnumerable<XElement> links, string relation, Uri? address) =>
        Resolve(links.FirstOrDefault(link => (link.Attribute("rel")?.Value ?? "alternate") == relation)?.Attribute("href")?.Value, address);

    /// <summary>What relative links in an element are relative to (XML Base).</summary>
    public static Uri? Base(XElement element, Uri? outer) =>
        element.Attribute(XmlBase)?.Value is { } given && (outer is null ? Uri.TryCreate(given, UriKind.Absolute, out var inner) : Uri.TryCreate(outer, given, out inner)) ? inner : outer;

    /// <summary>An absolute link, or the link as it is where nothing says what it is relative to; null for none.</summary>
    public static string? Resolve(string? link, Uri? address)
    {
        var trimmed = link?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : address is not null && Uri.TryCreate(address, trimmed, out var whole) ? whole.AbsoluteUri : trimmed;
    }
}

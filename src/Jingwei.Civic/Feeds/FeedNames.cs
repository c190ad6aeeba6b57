using System.Xml.Linq;

namespace Jingwei.Civic.Feeds;

/// <summary>The vocabularies that feeds are made of.</summary>
internal static class FeedNames
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public static readonly XNamespace Rss1 = "http://purl.org/rss/1.0/";
    public static readonly XNamespace Rss090 = "http://my.netscape.com/rdf/simple/0.9/";
    public static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    public static readonly XNamespace GeoRss = "http://www.georss.org/georss";
    public static readonly XNamespace Gml = "http://www.opengis.net/gml";
    public static readonly XNamespace Geo = "http://www.w3.org/2003/01/geo/wgs84_pos#";

    /// <summary>The media type of alerts, and the one that the same proposal had beside it.</summary>
    public static bool IsAlert(string? mediaType) =>
        mediaType?.Split(';')[0].Trim().ToLowerInvariant() is "application/cap+xml" or "application/common-alerting-protocol+xml";

    /// <summary>A media type that alerts are also served as.</summary>
    public static bool IsXml(string? mediaType) =>
        mediaType?.Split(';')[0].Trim().ToLowerInvariant() is { } type && (type.EndsWith("/xml", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)) && type is not ("application/xhtml+xml" or "image/svg+xml" or "application/atom+xml" or "application/rss+xml");
}
